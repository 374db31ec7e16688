"""A part of a JSON form with rows inside: an object, a list, or the chosen member of a union."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.openapi.fields import FieldKind, FieldSpec, members
from explorer.openapi.hints import Hint
from explorer.openapi.json_positions import Pointer
from explorer.ui import names
from explorer.ui.models.json_entries import is_container
from explorer.ui.models.json_parts import (
    Part,
    Place,
    Shape,
    declared_members,
    member_now,
    part_of,
    parts_of,
)
from explorer.ui.override import override
from explorer.ui.widgets.body.json_foot import MORE_ROWS, GroupFoot
from explorer.ui.widgets.body.json_heading import GroupHeading
from explorer.ui.widgets.body.json_host import JsonHost, path_text
from explorer.ui.widgets.body.json_row import JsonRow
from explorer.ui.widgets.body.retire import retire
from explorer.ui.wording import count_text

_OPEN_DEPTH = 2
_OPEN_ROWS = 40


class JsonGroup(QWidget):
    """A heading that folds, and below it the rows; they are built when they are first unfolded."""

    def __init__(
        self, host: JsonHost, pointer: Pointer, part: Part, depth: int, model: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.pointer = pointer
        self.part = part
        self._host = host
        self._depth = depth
        self._model = model
        self._spec = part.spec
        self._declared: tuple[FieldSpec, ...] = ()
        self._member = -1
        self._parts: list[Part] = []
        self._nodes: dict[str | int | None, JsonRow | JsonGroup] = {}
        self._most = MORE_ROWS
        self._turn = 0
        self._content: QWidget | None = None
        self._is_root = not pointer and part.shape is Shape.GROUP
        self.setObjectName(names.BODY_FIELD.format(path=path_text(pointer)))
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._heading = None if self._is_root else GroupHeading(host, self, depth, model)
        if self._heading is not None:
            layout.addWidget(self._heading)
        self._choose_member(part.value)
        self._unfolded = self._opens_by_itself()
        self._fill()

    # --- what is shown ------------------------------------------------------------------------------------------------
    @property
    def unfolded(self) -> bool:
        """Whether the rows are on show."""
        return self._unfolded

    @property
    def spec(self) -> FieldSpec:
        """What the model says; of a union, what its chosen member says."""
        return self._spec

    @property
    def declared(self) -> tuple[FieldSpec, ...]:
        """The members that the model declares."""
        return self._declared

    @property
    def member(self) -> int:
        """The chosen member of a union; -1 where there is no choice."""
        return self._member

    def set_part(self, part: Part) -> None:
        """Show another value of the same shape."""
        changed = part.value != self.part.value
        self.part = part
        if changed:
            self._choose_member(part.value)
        if self._content is not None:
            self._reconcile()
        if self._heading is not None:
            self._heading.show_part()
        self.show_hints()

    def show_hints(self) -> None:
        """Show the remarks about this part here, and those about the parts in their rows."""
        if self._heading is not None:
            self._heading.set_hints(self._own_hints())
        for node in self._nodes.values():
            node.show_hints()

    def set_unfolded(self, unfolded: bool) -> None:
        """Show the rows, or hide them."""
        if unfolded == self._unfolded:
            return
        self._unfolded = unfolded
        self._host.fold(self.pointer, unfolded)
        self._fill()

    def focus_widgets(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        found = self._heading.focus_widgets() if self._heading is not None else []
        if self._content is not None and self._unfolded:
            for part in self._parts:
                if part.key in self._nodes:
                    found += self._nodes[part.key].focus_widgets()
            found += self._foot.focus_widgets()
        return found

    def find_node(self, pointer: Pointer) -> JsonRow | JsonGroup | None:
        """Return the row for a place, unfolded and built as far as needed; the nearest one around it, if need be."""
        if pointer == self.pointer and not (self.part.shape is Shape.UNION and None in self._nodes):
            return self
        self.set_unfolded(True)
        inside = pointer[len(self.pointer) :]
        key = inside[0] if inside else None
        if isinstance(key, int) and key >= self._most:
            self._most = key + 1
            self._reconcile()
        self._host.builder.finish()
        node = self._nodes.get(key) or self._nodes.get(None)
        if isinstance(node, JsonGroup):
            return node.find_node(pointer)
        return node or self

    # --- rows ---------------------------------------------------------------------------------------------------------
    def _fill(self) -> None:
        if self._unfolded and self._content is None:
            self._content = content = QWidget(self)
            self._rows = QVBoxLayout(content)
            self._rows.setContentsMargins(0, 0, 0, 0)
            self._rows.setSpacing(0)
            self._foot = GroupFoot(self._host, self, self._depth + (not self._is_root))
            self._rows.addWidget(self._foot)
            self._column.addWidget(content)
            self._reconcile()
        if self._content is not None:
            self._content.setVisible(self._unfolded)
        if self._heading is not None:
            self._heading.show_part()
        self.show_hints()
        self._host.arranged()

    def _reconcile(self) -> None:
        """Keep the rows that still fit, take away those that do not, and have the missing ones built."""
        self._turn += 1
        parts = self._shown_parts()
        wanted = {part.key: part for part in parts}
        gone = [k for k, node in self._nodes.items() if k not in wanted or not _fits(node, wanted[k])]
        for key in gone:
            retire(self._nodes.pop(key))
        self._parts = parts
        for part in parts:
            node = self._nodes.get(part.key)
            if node is not None and not _same(node.part, part):
                node.set_part(part)
        self._foot.show_part(hidden=len(self._all_keys()) - len(parts))
        if gone:
            self._host.arranged()
        if len(self._nodes) < len(parts):
            self._host.builder.start(self._build(self._turn))

    def _build(self, turn: int) -> Iterator[None]:
        for place, part in enumerate(self._parts):
            if turn != self._turn:
                return  # the value changed in the meantime; a newer turn goes on
            if part.key in self._nodes:
                continue
            self._nodes[part.key] = node = self._make(part)
            self._rows.insertWidget(place, node)
            node.show()
            yield
        self._host.arranged()

    def _make(self, part: Part) -> JsonRow | JsonGroup:
        pointer = self.pointer if part.key is None else (*self.pointer, part.key)
        depth = self._depth if self._is_root else self._depth + 1
        kind = JsonGroup if part.shape in (Shape.GROUP, Shape.UNION) else JsonRow
        return kind(self._host, pointer, part, depth, self._spec.model, self._content or self)

    def _shown_parts(self) -> list[Part]:
        value, document = self.part.value, self._host.document
        if not is_container(value):
            return [part_of(None, self._spec, value, Place.WHOLE, document)]
        if self.part.shape is Shape.UNION and self._spec.kind is FieldKind.UNION:
            return [part_of(None, self._spec, value, Place.WHOLE, document)]  # a union inside a union
        shown = value
        if isinstance(value, list):
            shown = value[: self._most]
        elif len(value) > len(self._declared) + self._most:
            names_ = {child.name for child in self._declared}
            foreign = [name for name in value if name not in names_][self._most :]
            shown = {name: child for name, child in value.items() if name not in set(foreign)}
        return parts_of(self._spec, self._declared, shown, document)

    def _all_keys(self) -> list[str | int | None]:
        value = self.part.value
        if isinstance(value, list) and self._parts and self._parts[0].key is not None:
            return list(range(len(value)))
        if isinstance(value, dict) and not (self._parts and self._parts[0].key is None):
            return list(dict.fromkeys([*(child.name for child in self._declared), *value]))
        return [part.key for part in self._parts]

    def show_more(self) -> None:
        """Show some more rows of a long list."""
        self._most += MORE_ROWS
        self._reconcile()

    def _choose_member(self, value: object) -> None:
        spec, document = self.part.spec, self._host.document
        if self.part.shape is Shape.UNION:
            number = member_now(spec, value, document)
            if number == self._member:
                return
            self._member = number
            spec = members(spec, document)[number]
        elif self._declared or self._spec is not self.part.spec:
            return
        if not _is_of(spec, value):
            spec = FieldSpec(name=spec.name, model=spec.model)
        self._spec = spec
        self._declared = declared_members(spec, document)
        for node in self._nodes.values():  # rows of another member, even where names are the same
            retire(node)
        self._nodes = {}

    def _opens_by_itself(self) -> bool:
        remembered = self._host.unfolded(self.pointer)
        if remembered is not None:
            return remembered
        value = self.part.value
        size = len(value) if is_container(value) else 1
        return self._is_root or (len(self.pointer) <= _OPEN_DEPTH and size <= _OPEN_ROWS)

    def _own_hints(self) -> tuple[Hint, ...]:
        own = self._host.hints_at(self.pointer)
        if self.part.shape is Shape.UNION and None in self._nodes:
            own = ()  # its row says them
        if self._unfolded:
            keys = {part.key for part in self._parts}
            lost = [
                hint
                for pointer, hints in self._host.hints_below(self.pointer)
                if pointer[len(self.pointer)] not in keys and None not in keys
                for hint in hints
            ]
            return (*own, *lost)
        inside = [hint for _, hints in self._host.hints_below(self.pointer) for hint in hints if hint.error]
        if inside:
            own = (*own, Hint(message=f"{count_text(len(inside), 'problem')} inside", loc=("body", *self.pointer)))
        return own

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._is_root or self._content is None or not self._unfolded or self._heading is None:
            return
        px = self._host.themes.theme.px
        left = self._heading.name_left() - px(8)
        top = self._heading.height()
        painter = QPainter(self)
        height = self.height() - top - px(8)
        painter.fillRect(QRect(left, top, 1, max(0, height)), self._host.themes.theme.color("bd"))


def _fits(node: JsonRow | JsonGroup, part: Part) -> bool:
    """Tell whether a row can show a part, or another one must take its place."""
    same_kind = node.part.shape is part.shape and node.part.place is part.place
    is_list = isinstance(part.value, list)
    return same_kind and (not is_container(part.value) or isinstance(node.part.value, list) == is_list)


def _same(old: Part, new: Part) -> bool:
    """Tell whether a row shows a part already: a key press in a form of 100 fields changes one of them.

    Values are told apart as they are spelled, for to Python 1, 1.0 and true are equal.
    """
    same_kind = old.shape is new.shape and old.place is new.place and old.spec == new.spec
    return same_kind and repr(old.value) == repr(new.value)


def _is_of(spec: FieldSpec, value: object) -> bool:
    if isinstance(value, list):
        return spec.kind is FieldKind.ARRAY
    if isinstance(value, dict):
        return spec.kind in (FieldKind.OBJECT, FieldKind.MAP, FieldKind.UNION)
    return True
