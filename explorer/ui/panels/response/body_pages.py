"""The body itself: laid out, as a tree, as it came, and byte by byte."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.client.viewers.content import BodyContent, ContentKind
from explorer.ui.models.response_state import ResponseState
from explorer.ui.override import override
from explorer.ui.panels.response.page import ResponsePage
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.body_page import BodyPage
from explorer.ui.widgets.counted_tabs import Tab
from explorer.ui.widgets.text_page import PrettyView, RawView

V = TypeVar("V", bound=BodyPage)


class _BodyViewPage(ResponsePage):
    label = ""

    @classmethod
    @override
    def tab(cls, state: ResponseState) -> Tab | None:
        content = state.content
        if content is None or state.live or not cls.fits(content):
            return None
        return Tab(cls.key, cls.label)

    @override
    def show_state(self, state: ResponseState) -> None:
        if state.content is not None:
            self._view.set_body(state.content)
        else:
            self._view.set_nothing()

    @override
    def open_search(self) -> bool:
        return self._view.search.open()

    @override
    def step_search(self, by: int) -> None:
        self._view.search.step(by)

    @override
    def focus_chain(self) -> list[QWidget]:
        return self._view.focus_chain()

    @classmethod
    def fits(cls, content: BodyContent) -> bool:
        """Whether the view has something to show of a body."""
        raise NotImplementedError

    def _hold(self, view: V) -> V:
        """Show a view, and nothing else."""
        self._view: BodyPage = view
        layout = QVBoxLayout(self)
        layout.addWidget(view)
        self.themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)
        return view


class PrettyPage(_BodyViewPage):
    """The body laid out for reading; it is there for every response, and says so when there is no body."""

    key = "pretty"
    label = "Pretty"

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self.view = self._hold(PrettyView(themes, self))

    @classmethod
    @override
    def fits(cls, content: BodyContent) -> bool:
        return True


class TreePage(_BodyViewPage):
    """JSON as keys and values."""

    key = "tree"
    label = "Tree"

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        from explorer.ui.widgets.json_tree import JsonTree

        super().__init__(themes, parent)
        self.view = self._hold(JsonTree(themes, self))

    @classmethod
    @override
    def fits(cls, content: BodyContent) -> bool:
        return content.kind is ContentKind.JSON


class RawPage(_BodyViewPage):
    """The body's text as it came."""

    key = "raw"
    label = "Raw"

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self.view = self._hold(RawView(themes, self))

    @classmethod
    @override
    def fits(cls, content: BodyContent) -> bool:
        return content.kind is not ContentKind.EMPTY


class HexPage(_BodyViewPage):
    """The body byte by byte."""

    key = "hex"
    label = "Hex"

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        from explorer.ui.widgets.hex_view import HexView

        super().__init__(themes, parent)
        self.view = self._hold(HexView(themes, self))

    @classmethod
    @override
    def fits(cls, content: BodyContent) -> bool:
        return content.kind is not ContentKind.EMPTY
