"""A JSON body as a tree."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QHeaderView, QMenu, QTreeView, QWidget

from explorer.client.viewers.content import BodyContent, ContentKind
from explorer.client.viewers.members import Cursor, Kind, Member, Page, member_of, page, root
from explorer.client.viewers.messages import Message
from explorer.client.viewers.rows import LayoutError
from explorer.ui import names
from explorer.ui.actions.told_keys import ToldKeys
from explorer.ui.body_helper import LOST_SENTENCE
from explorer.ui.body_reader import GONE, BodyReader
from explorer.ui.delegates.json_delegate import JsonDelegate
from explorer.ui.finder import By
from explorer.ui.models.json_tree_model import JsonTreeModel, Node
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.body_page import EMPTY, BodyPage
from explorer.ui.widgets.body_search import BodySearch
from explorer.ui.widgets.row_frame import paint_row_frame

EXPANDED_AT_MOST = 1_000  # objects and lists that "Expand all" opens
COPIED_AT_MOST = 5_000_000  # bytes of a value that are copied at once
_REVEALED_AT_MOST = 5_000  # members that are fetched to show a finding among them
_ROOM_FOR_LONG_KEYS = 640  # design pixels
_NO_JSON = "Only JSON has a tree. Raw shows this body as it came."


class JsonTree(BodyPage):
    """Shows JSON as keys and values; what is inside a value is looked up when somebody opens it."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(themes, names.RESPONSE_TREE, parent)
        self._data = b""
        self._budget = 0
        self._expanding = False
        self._narrow = False
        self._sought = -1  # position of a finding on the way to which pages are missing
        self.reader = BodyReader(self)
        self.reader.helper.lost.connect(self._on_helper_lost)
        self.reader.converted.connect(self._on_reader_converted)
        self.reader.converting.connect(lambda percent: self.set_progress(f"Reading the text: {percent} %"))
        self.reader.failed.connect(self.say)
        self.model = JsonTreeModel(self)
        self.model.page_wanted.connect(self._on_model_page_wanted)
        self.view = _Tree(themes)
        self.view.asterisk_pressed.connect(self.expand_all)
        self.view.setObjectName(names.RESPONSE_TREE_ROWS)
        self.view.setAccessibleName("Response as a tree")
        self.view.setModel(self.model)
        self.view.setItemDelegate(JsonDelegate(themes, self.view))
        self.view.setUniformRowHeights(True)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setProperty("variant", "wide")
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setTabKeyNavigation(False)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._on_view_custom_context_menu_requested)
        self._follower = QTimer(self)  # later, when Qt knows which rows are in sight
        self._follower.setSingleShot(True)
        self._follower.timeout.connect(self._fetch_what_follows)
        self.view.verticalScrollBar().valueChanged.connect(lambda _value: self._follower.start(0))
        self.view.expanded.connect(self._on_view_expanded)
        self.search = TreeSearch(themes, self)
        self.search.failed.connect(self.say)
        self.column.insertWidget(0, self.search.bar)
        header = self.view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.pages.addWidget(self.view)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.view)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.copy_value)
        self.view.copy_path_pressed.connect(self.copy_path)
        themes.changed.connect(self._fit)
        self._fit()

    # --- what is shown ------------------------------------------------------------------------------------------------
    def own_controls(self) -> list[QWidget]:
        """Return what a person reads the body in."""
        return [self.view]

    def show_content(self, content: BodyContent) -> None:
        """Show the outermost value and its first members."""
        if content.kind is ContentKind.EMPTY:
            self.say(EMPTY)
        elif content.kind is not ContentKind.JSON:
            self.say(_NO_JSON)
        else:
            self.ask_root(content)

    def forget(self) -> None:
        """Let go of what was shown before."""
        self.reader.stop()
        self._data = b""
        self._budget = 0
        self._expanding = False
        self._sought = -1
        self.search.forget()
        self.model.set_root(None)

    def ask_root(self, content: BodyContent) -> None:
        """Find the outermost value."""
        if content.text is None:
            self.say(f"Reading the text, which is in {content.charset}…")
            self.reader.convert(content)
            return
        if content.text.path is not None:
            self.say("Looking for the outermost value…")
            self.reader.helper.ask("root", self._on_root_reply, path=str(content.text.path))
            return
        try:
            self._data = content.text.read()
            self.show_root(root(self._data))
        except LayoutError as error:
            self.show_problem(error.position)

    def ask_page(self, node: Node, cursor: Cursor) -> None:
        """Find members of a value."""
        if self._text_path is not None:
            self.reader.helper.ask(
                "page", partial(self._on_page_reply, node), path=self._text_path, start=node.member.start, cursor=cursor
            )
            return
        try:
            self.show_page(node, page(self._data, node.member.start, cursor))
        except LayoutError as error:
            self.model.add_page(node, Page((), None))
            self.show_problem(error.position)

    def show_root(self, member: Member) -> None:
        """Show the outermost value, opened."""
        self.model.set_root(member)
        self.pages.setCurrentWidget(self.view)
        self.view.expand(self.model.index(0, 0))
        self.view.setCurrentIndex(self.model.index(0, 0))
        if self.content is not None and self.content.text is not None:
            self.search.set_text(self.content.text, other_ways=True, laid_out=True)

    def show_page(self, node: Node, found: Page) -> None:
        """Show members of a value."""
        first = len(node.children)
        self.model.add_page(node, found)
        if self._expanding:
            self._expand(node.children[first:])
        if self._sought >= 0:
            self.reveal(self._sought)
        self._follower.start(0)

    def show_problem(self, position: int) -> None:
        """Say that the text is no JSON from a byte on."""
        self.notice.set_sentences((f"This is no valid JSON from byte {position:,} on: the tree ends there.",))
        if not self.model.rowCount():
            self.say(_NO_JSON)

    # --- what a person does -------------------------------------------------------------------------------------------
    def copy_value(self) -> None:
        """Put the current value on the clipboard, spelled as it was sent."""
        node = self.model.node(self.view.currentIndex())
        if node is None or self.content is None or self.content.text is None:
            return
        size = node.member.end - node.member.start
        try:
            data = self.content.text.read(node.member.start, min(size, COPIED_AT_MOST))
        except OSError:
            self.say(GONE)
            return
        QApplication.clipboard().setText(data.decode("utf-8", "ignore" if size > COPIED_AT_MOST else "replace"))
        if size > COPIED_AT_MOST:
            sentence = (
                f"The first {COPIED_AT_MOST // 1_000_000} MB of the value were copied. Save keeps the whole body."
            )
            self.notice.set_sentences((sentence,))

    def copy_path(self) -> None:
        """Put the JSONPath of the current value on the clipboard."""
        node = self.model.node(self.view.currentIndex())
        if node is not None:
            QApplication.clipboard().setText(node.path)

    def expand_all(self) -> None:
        """Open what is inside the current value, and inside that, up to a limit."""
        index = self.view.currentIndex()
        node = self.model.node(index if index.isValid() else self.model.index(0, 0))
        if node is None:
            return
        self._budget, self._expanding = EXPANDED_AT_MOST, True
        self._expand([node])

    def reveal(self, position: int) -> None:
        """Open the tree down to the value in which a byte of the text stands, as far as its pages can be fetched."""
        self._sought = -1
        node = self.model.node(self.model.index(0, 0))
        while node is not None and node.member.kind in (Kind.OBJECT, Kind.LIST) and position != node.member.start:
            inside = next((child for child in node.children if position < child.member.end), None)
            if inside is None and self.model.has_more(self.model.index_of(node)):
                if len(node.children) >= _REVEALED_AT_MOST:
                    sentence = (
                        f"This lies behind the first {_REVEALED_AT_MOST:,} members of {node.path}. Pretty shows it."
                    )
                    self.notice.set_sentences((sentence,))
                    break
                self._sought = position
                self.model.fetchMore(self.model.index_of(node))
                return
            if inside is None:
                self._sought = position if node.loading else -1
                break
            self.view.expand(self.model.index_of(node))
            node = inside
        if node is not None and self._sought < 0:
            self.view.setCurrentIndex(self.model.index_of(node))
            self.view.scrollTo(self.model.index_of(node))

    def _expand(self, nodes: list[Node]) -> None:
        waiting = list(nodes)
        while waiting and self._budget > 0:
            node = waiting.pop(0)
            if node.member.kind not in (Kind.OBJECT, Kind.LIST) or not node.member.size:
                continue
            self._budget -= 1
            known = bool(node.children)
            self.view.expand(self.model.index_of(node))
            if known:
                waiting += node.children
        if self._budget <= 0 and self._expanding:
            self._expanding = False
            self.notice.set_sentences((f"The first {EXPANDED_AT_MOST:,} objects and lists were expanded.",))

    def collapse_all(self) -> None:
        """Close everything but the outermost value."""
        self._expanding = False
        self.view.collapseAll()
        self.view.expand(self.model.index(0, 0))

    # --- the helper process -------------------------------------------------------------------------------------------
    @property
    def _text_path(self) -> str | None:
        """The file that the helper process reads; None while the text is in memory."""
        text = self.content.text if self.content is not None else None
        return str(text.path) if text is not None and text.path is not None else None

    def _on_root_reply(self, message: Message) -> None:
        if "member" in message:
            self.show_root(member_of(message["member"]))
            self._ask_count(self.model.node(self.model.index(0, 0)))
        self._on_trouble(message)

    def _on_page_reply(self, node: Node, message: Message) -> None:
        if "members" in message:
            following = message["next"]
            found = tuple(member_of(values) for values in message["members"])
            first = len(node.children)
            self.show_page(node, Page(found, Cursor(*following) if following else None))
            for child in node.children[first:]:
                self._ask_count(child)
        elif "broken" in message or "gone" in message:
            self.model.add_page(node, Page((), None))
        self._on_trouble(message)

    def _ask_count(self, node: Node | None) -> None:
        """Ask for the number of members of a value that is so large that they were not counted at once."""
        if node is not None and node.member.size < 0:
            reply = partial(self._on_count_reply, node)
            self.reader.helper.ask("count", reply, path=self._text_path, start=node.member.start)

    def _on_count_reply(self, node: Node, message: Message) -> None:
        if "count" in message:
            self.model.set_count(node, message["count"])

    def _on_trouble(self, message: Message) -> None:
        if "broken" in message:
            self.show_problem(message["broken"])
        elif "gone" in message:
            self.say(GONE)

    def _on_helper_lost(self) -> None:
        self.notice.set_sentences((LOST_SENTENCE,))
        if not self.model.rowCount():
            self.say("The tree needs the helper process, which ended. Pretty and Raw show the body without it.")

    def _on_reader_converted(self, content: BodyContent) -> None:
        self.content = content
        self.show_content(content)

    # --- reactions ----------------------------------------------------------------------------------------------------
    def _on_model_page_wanted(self, node: Node) -> None:
        if node.next is not None:
            self.ask_page(node, node.next)

    def _on_view_expanded(self, index: QModelIndex) -> None:
        if self.model.canFetchMore(index) and not self.model.rowCount(index):
            self.model.fetchMore(index)

    def _fetch_what_follows(self) -> None:
        """Ask for the next page of a value whose last known member is in sight; Qt does so for the outermost only."""
        if not self.view.isVisible():
            return
        bottom = self.view.viewport().height() - 2
        index = self.view.indexAt(QPoint(1, bottom))
        if not index.isValid():  # less than a row's room is left below the last row
            index = self.view.indexAt(QPoint(1, bottom - self.view.sizeHintForRow(0)))
        if not index.isValid():
            return
        above = index.siblingAtColumn(0).parent()
        last = index.row()
        while above.isValid() and last == self.model.rowCount(above) - 1:
            if self.model.has_more(above):
                self.model.fetchMore(above)
                return
            last, above = above.row(), above.parent()

    def _on_view_custom_context_menu_requested(self, point: QPoint) -> None:
        menu = QMenu(self.view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Copy value", self.copy_value)
        menu.addAction("Copy JSONPath", self.copy_path)
        menu.addSeparator()
        menu.addAction("Expand all", self.expand_all)
        menu.addAction("Collapse all", self.collapse_all)
        menu.addSeparator()
        menu.addAction("Find…", self.search.open)
        menu.popup(self.view.viewport().mapToGlobal(point))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self.themes.theme.px(_ROOM_FOR_LONG_KEYS)
        if narrow != self._narrow:
            self._narrow = narrow
            self._fit()

    def _fit(self) -> None:
        px, header = self.themes.theme.px, self.view.header()
        self.view.setIndentation(px(16))
        header.resizeSection(0, px(130 if self._narrow else 240))
        header.resizeSection(2, px(80))
        header.resizeSection(3, px(80))
        self.view.scheduleDelayedItemsLayout()


class _Tree(QTreeView):
    asterisk_pressed = Signal()
    copy_path_pressed = Signal()

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self._themes = themes
        self._copies_path = ToldKeys(self, "copy_path")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Asterisk:  # Qt would open everything, however much it is
            self.asterisk_pressed.emit()
        elif self._copies_path.match(event):
            self.copy_path_pressed.emit()
        else:
            super().keyPressEvent(event)

    @override
    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_row_frame(self, self._themes.theme)


class TreeSearch(BodySearch):
    """Searches JSON, and opens the tree where something is found."""

    def __init__(self, themes: Themes, tree: JsonTree) -> None:
        super().__init__(themes, tree, (By.TEXT, By.PATH))
        self._tree = tree

    @override
    def show_position(self, position: int) -> None:
        self._tree.reveal(position)

    @override
    def focus_view(self) -> None:
        self._tree.view.setFocus(Qt.FocusReason.OtherFocusReason)
