"""A theme that a test may change."""

from collections.abc import Iterator

import pytest

from explorer.ui.theme.manager import Themes


@pytest.fixture
def changing(themes: Themes) -> Iterator[Themes]:
    """Return the theme, and put it back after the test."""
    yield themes
    themes.set_mode("dark")
    themes.set_presenting(False)
    themes.set_zoom(100)
    themes.set_contrast(None)
