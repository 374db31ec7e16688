"""The theme in which widgets are tested."""

import pytest
from PySide6.QtWidgets import QApplication

from explorer.ui.theme.manager import Themes


@pytest.fixture(scope="session")
def themes(qapp: QApplication) -> Themes:
    """Return the dark theme at 100 %, as the program would apply it; a test that changes it puts it back."""
    return Themes(qapp, "dark", 100)
