"""What happens when a window on this data folder is already open."""

from __future__ import annotations

from explorer.storage.folder import DataFolder
from explorer.storage.options import Options
from explorer.storage.settings import settings_document


def ask_second_instance(options: Options, folder: DataFolder) -> bool:
    """Ask what to do; True to go on with temporary data, False when this process is to end.

    The first window is brought to the front here when that was chosen.
    """
    from explorer.ui.application import make_application, run_until_done
    from explorer.ui.dialogs.second_instance import SecondInstanceChoice, SecondInstanceDialog
    from explorer.ui.errors import ErrorReporter
    from explorer.ui.instance_channel import ask_to_raise
    from explorer.ui.theme.manager import Themes

    application = make_application()
    settings, _ = settings_document(folder.settings).load()
    themes = Themes(application, options.theme or settings.theme, options.zoom or settings.zoom, settings.contrast)
    errors = ErrorReporter()

    async def main() -> int:
        choice = await SecondInstanceDialog(themes, str(folder.root)).ask()
        if choice is SecondInstanceChoice.SHOW_FIRST:
            ask_to_raise(folder.root)
        return int(choice is SecondInstanceChoice.TEMPORARY)

    return bool(run_until_done(application, main, errors.report))
