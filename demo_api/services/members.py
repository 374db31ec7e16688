"""The club."""

from demo_api.models.member import MemberCreate, MemberPrivate
from demo_api.models.types import now


def join(data: MemberCreate) -> MemberPrivate:
    """Return a new member, who is nowhere stored."""
    return MemberPrivate(name=data.name, password=data.password, since=now().date(), points=0, note="New.")
