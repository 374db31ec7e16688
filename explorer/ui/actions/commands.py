"""Everything that a person can do from the window: what it is called, by which keys, and in which rooms."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.ui import names

COMPOSE, TRACES, SOCKETS, DATABASE = "compose", "traces", "sockets", "database"
EDITOR, ROWS, TREE = "editor", "rows", "tree"  # holders of keys
PLACES = {"": "Everywhere", COMPOSE: "Compose", TRACES: "Traces", SOCKETS: "Sockets", DATABASE: "Database"}
SEVERAL = "In several rooms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing to do.

    Attributes:
        id: by which it is saved, for ever.
        text: what a person reads.
        keys: the usual keys, in Qt's portable words; the first one is shown.
        places: keys of the rooms in which it can be done; empty for everywhere.
        button: the objectName of a button that does it; empty where code does.
        holder: the kind of control that listens to the keys while it has the keyboard; empty where the whole room does.
        fixed: whether the keys do the same in every program, and cannot be changed.
        icon: a name of ``icons.json``.
        also: other words by which people look for it.
    """

    id: str
    text: str
    keys: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    button: str = ""
    holder: str = ""
    fixed: bool = False
    icon: str = "bolt"
    also: str = ""

    @property
    def place(self) -> str:
        """Where it can be done, in words."""
        return PLACES.get(self.places[0] if self.places else "", "") if len(self.places) < 2 else SEVERAL

    def meets(self, other: Command) -> bool:
        """Whether there is a room in which both listen to their keys."""
        if self.holder and other.holder and self.holder != other.holder:
            return False
        return not self.places or not other.places or bool(set(self.places) & set(other.places))


def room_command(number: int, key: str, label: str, icon: str) -> Command:
    """Return the command that shows a room, by Ctrl and its number from the top."""
    return Command(id=f"room_{key}", text=f"Go to {label}", keys=(f"Ctrl+{number}",), icon=icon)


_FRAME = (
    Command(id="palette", text="Search or run a command", keys=("Ctrl+K", "Ctrl+P")),
    Command(id="settings", text="Settings", keys=("Ctrl+,",), also="preferences options"),
    # One name for one stroke: Qt calls a command that has Ctrl+Shift+/ besides ambiguous, and does neither.
    Command(id="shortcuts", text="Keyboard shortcuts", keys=("Ctrl+?",), also="key bindings hotkeys help"),
    Command(
        id="colours",
        text="Change between dark and light colours",
        button=names.TOP_BAR_THEME,
        also="theme mode appearance colors",
    ),
    Command(
        id="present",
        text="Present, or end it",
        keys=("F9",),
        icon="present",
        also="presenter presentation projector full screen fullscreen",
    ),
    Command(id="contrast", text="Change between usual and high contrast", also="theme accessibility colors"),
    Command(id="zoom_in", text="Make everything larger", keys=("Ctrl+=", "Ctrl++"), also="bigger zoom font size"),
    Command(id="zoom_out", text="Make everything smaller", keys=("Ctrl+-",), also="zoom font size"),
    Command(id="zoom_reset", text="Original size", keys=("Ctrl+0",), also="zoom 100"),
    Command(id="next_panel", text="Go to the next panel", keys=("F6",)),
    Command(id="previous_panel", text="Go to the previous panel", keys=("Shift+F6",)),
    Command(id="context_menu", text="Open the menu of what has the keyboard", keys=("Shift+F10",), also="right click"),
    Command(id="tool_tip", text="Show the tool tip of what has the keyboard", keys=("F1",)),
    Command(id="divider_left", text="Move the divider to the left", keys=("Alt+Shift+Left",)),
    Command(id="divider_right", text="Move the divider to the right", keys=("Alt+Shift+Right",)),
    Command(id="divider_up", text="Move the divider up", keys=("Alt+Shift+Up",)),
    Command(id="divider_down", text="Move the divider down", keys=("Alt+Shift+Down",)),
    Command(id="server_start", text="Start the server"),
    Command(id="server_restart", text="Restart the server"),
    Command(id="server_stop", text="Stop the server"),
    Command(id="server_abandon", text="Abandon the server and start on the next port"),
    Command(id="server_docs", text="Open /docs in the browser", also="swagger ui openapi"),
    Command(id="server_copy_url", text="Copy the server's URL"),
    Command(id="log", text="Show or hide the server log", also="console terminal output uvicorn"),
    Command(id="data_folder", text="Open the data folder", also="files directory drafts history"),
    Command(id="about", text="About FastAPI Explorer", also="version licence license copyright"),
    Command(id="quit", text="Quit", keys=("Ctrl+Q",), also="exit close leave"),
    Command(id="escape", text="Close what lies on top, or stop what is under way", keys=("Esc",), fixed=True),
    Command(id="enter", text="Open what is chosen, or go on", keys=("Return",), fixed=True),
    Command(id="tab", text="Go to the next control, or the one before", keys=("Tab", "Shift+Tab"), fixed=True),
    Command(id="arrows", text="Move in lists and text", keys=("Up", "Down", "Left", "Right"), fixed=True),
    Command(id="clipboard", text="Copy, cut, paste", keys=("Ctrl+C", "Ctrl+X", "Ctrl+V"), fixed=True),
    Command(id="select_all", text="Select all", keys=("Ctrl+A",), fixed=True),
    Command(id="undo", text="Undo and redo what was typed", keys=("Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y"), fixed=True),
)

_ROOMS = (
    Command(
        id="send",
        text="Send the request, or the message",
        keys=("Ctrl+Return", "Ctrl+Enter"),
        places=(COMPOSE, SOCKETS),
    ),
    Command(id="send_again", text="Send again", keys=("F5",), places=(COMPOSE, TRACES)),
    Command(id="url", text="Go to the URL", keys=("Ctrl+L",), places=(COMPOSE, SOCKETS)),
    Command(id="filter", text="Filter the list", keys=("/",), places=(COMPOSE, TRACES, SOCKETS, DATABASE)),
    Command(
        id="sidebar",
        text="Show or hide the sidebar",
        keys=("Ctrl+B",),
        also="tree panel",
        places=(COMPOSE, TRACES, SOCKETS, DATABASE),
    ),
    Command(
        id="side",
        text="Show or hide the X-ray, or what stands at the right",
        keys=("Ctrl+J",),
        also="panel",
        places=(COMPOSE, SOCKETS, DATABASE),
    ),
    Command(id="new", text="New request, or new client", keys=("Ctrl+N",), places=(COMPOSE, SOCKETS), also="tab"),
    Command(id="back", text="Back in the history", keys=("Alt+Left",), places=(COMPOSE, DATABASE)),
    Command(id="forward", text="Forward in the history", keys=("Alt+Right",), places=(COMPOSE,)),
    Command(id="next_tab", text="Next tab", keys=("Ctrl+Tab", "Ctrl+PgDown"), places=(COMPOSE, DATABASE)),
    Command(id="previous_tab", text="Previous tab", keys=("Ctrl+Shift+Tab", "Ctrl+PgUp"), places=(COMPOSE, DATABASE)),
    Command(id="find", text="Search", keys=("Ctrl+F",), places=(COMPOSE, TRACES, SOCKETS, DATABASE)),
    Command(id="indent", text="Indent the line", keys=("Ctrl+]",), places=(COMPOSE, DATABASE), holder=EDITOR),
    Command(id="outdent", text="Take the line back", keys=("Ctrl+[",), places=(COMPOSE, DATABASE), holder=EDITOR),
)

_COMPOSE = (
    Command(id="close_request", text="Close the request", keys=("Ctrl+W",), places=(COMPOSE,), also="tab"),
    Command(id="duplicate_request", text="Duplicate the request", keys=("Ctrl+D",), places=(COMPOSE,)),
    Command(id="reopen_request", text="Reopen the closed request", keys=("Ctrl+Shift+T",), places=(COMPOSE,)),
    Command(id="move_request_right", text="Move the request right", keys=("Ctrl+Shift+PgDown",), places=(COMPOSE,)),
    Command(id="move_request_left", text="Move the request left", keys=("Ctrl+Shift+PgUp",), places=(COMPOSE,)),
    Command(id="copy_url", text="Copy the URL", places=(COMPOSE,), button=names.REQUEST_COPY_URL),
    Command(id="copy_curl", text="Copy the request that was sent as curl", places=(COMPOSE,)),
    Command(id="example", text="Fill in an example body", places=(COMPOSE,), button=names.REQUEST_EXAMPLE),
    Command(id="copy_response", text="Copy the response", places=(COMPOSE,), button=names.RESPONSE_COPY),
    Command(id="save_response", text="Save the response to a file", places=(COMPOSE,), button=names.RESPONSE_SAVE),
    Command(id="cookie_jar", text="Open the cookie jar", places=(COMPOSE,), also="cookies"),
    Command(id="clear_history", text="Clear the history", places=(COMPOSE,), button=names.HISTORY_CLEAR),
    Command(
        id="format",
        text="Lay the JSON of the body out",
        keys=("Ctrl+Shift+F",),
        places=(COMPOSE,),
        button=names.REQUEST_FORMAT,
        holder=EDITOR,
    ),
    Command(id="find_next", text="Next finding", keys=("F3",), places=(COMPOSE,)),
    Command(id="find_previous", text="Previous finding", keys=("Shift+F3",), places=(COMPOSE,)),
    Command(id="copy_path", text="Copy the path of a value", keys=("Ctrl+Shift+C",), places=(COMPOSE,), holder=TREE),
)

_TRACES = (
    Command(id="open_trace", text="Open the request in Compose", places=(TRACES,), button=names.TRACE_OPEN),
    Command(id="pause_traces", text="Pause the list", places=(TRACES,), button=names.TRACES_PAUSE),
    Command(id="clear_traces", text="Clear the list", places=(TRACES,), button=names.TRACES_CLEAR),
)

_SOCKETS = (
    Command(id="rename", text="Rename the client", keys=("F2",), places=(SOCKETS,)),
    Command(id="send_line", text="Send a message of one line", keys=("Return",), places=(SOCKETS,), fixed=True),
    Command(id="earlier", text="Bring back an earlier message", keys=("Up", "Down"), places=(SOCKETS,), fixed=True),
    Command(id="close_sockets", text="Close all sockets", places=(SOCKETS,), button=names.SOCKETS_CLOSE_ALL),
    Command(id="pause_log", text="Pause the log", places=(SOCKETS,), button=names.SOCKETS_PAUSE),
    Command(id="clear_log", text="Clear the log", places=(SOCKETS,), button=names.SOCKETS_CLEAR),
    Command(id="export_log", text="Export the log", places=(SOCKETS,), button=names.SOCKETS_EXPORT),
)

_DATABASE = (
    Command(id="refresh", text="Read the database again", keys=("F5",), places=(DATABASE,)),
    Command(id="show_data", text="Show the rows", places=(DATABASE,)),
    Command(id="show_schema", text="Show the schema", places=(DATABASE,)),
    Command(id="show_er", text="Show the diagram", places=(DATABASE,)),
    Command(id="show_sql_log", text="Show the SQL log", places=(DATABASE,)),
    Command(id="show_migrations", text="Show the migrations", places=(DATABASE,)),
    Command(id="show_console", text="Show the SQL console", places=(DATABASE,)),
    Command(id="snapshots", text="Snapshots of the database", places=(DATABASE,)),
    Command(id="reset_database", text="Reset the database to the seed data", places=(DATABASE,)),
    Command(id="undo_request", text="Take back what a request changed", places=(DATABASE,), button=names.DATA_UNDO),
    Command(id="export_rows", text="Save the rows to a file", places=(DATABASE,), button=names.DATA_EXPORT),
    Command(id="migrate_up", text="Upgrade by one migration", places=(DATABASE,), button=names.MIGRATIONS_UP),
    Command(id="migrate_down", text="Downgrade by one migration", places=(DATABASE,), button=names.MIGRATIONS_DOWN),
    Command(
        id="run_sql",
        text="Run the SQL of the console",
        keys=("Ctrl+Return", "Ctrl+Enter"),
        places=(DATABASE,),
        button=names.CONSOLE_RUN,
        holder=EDITOR,
    ),
    Command(
        id="plan_sql",
        text="Show how SQLite finds the rows",
        keys=("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        places=(DATABASE,),
        button=names.CONSOLE_PLAN,
        holder=EDITOR,
    ),
    Command(
        id="follow_key",
        text="Go where the foreign key of a cell leads",
        keys=("Ctrl+Return", "Ctrl+Enter"),
        places=(DATABASE,),
        holder=ROWS,
    ),
    Command(id="open_row", text="Look at the row of a cell", keys=("Return",), places=(DATABASE,), fixed=True),
    Command(
        id="complete_sql", text="Offer names in the console", keys=("Ctrl+Space",), places=(DATABASE,), holder=EDITOR
    ),
)

COMMANDS: tuple[Command, ...] = (*_FRAME, *_ROOMS, *_COMPOSE, *_TRACES, *_SOCKETS, *_DATABASE)
BY_ID = {command.id: command for command in COMMANDS}
