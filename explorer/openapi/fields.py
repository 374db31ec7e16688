"""A form from a schema: the one door to all that a form asks.

`field_spec` says what may be entered at one place, `children`, `child`, `item` and `members` what lies below it,
`member_for` and `starting_value` which values go with it.
"""

from explorer.openapi.field_specs import FieldKind, FieldSpec, child, children, field_spec, item, members, takes_file
from explorer.openapi.field_values import member_for, starting_member, starting_value

__all__ = [
    "FieldKind",
    "FieldSpec",
    "child",
    "children",
    "field_spec",
    "item",
    "member_for",
    "members",
    "starting_member",
    "starting_value",
    "takes_file",
]
