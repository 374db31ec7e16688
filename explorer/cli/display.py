"""Whether a window can be shown here at all. Asked before Qt is, because Qt ends the process when it cannot."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

_NO_DISPLAY = (
    "FastAPI Explorer needs a display, and there is none here. Start it on a desktop, or paint its screens "
    "into files with: fastapi-explorer tour --out DIR"
)
_DEBIAN = (
    "libegl1 libgl1 libfontconfig1 libdbus-1-3 libglib2.0-0 libgssapi-krb5-2 libxkbcommon0 libxkbcommon-x11-0 "
    "libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 "
    "libxcb-shape0 libxcb-sync1 libxcb-xfixes0 libxcb-xkb1"
)
_FEDORA = (
    "mesa-libEGL mesa-libGL fontconfig dbus-libs glib2 krb5-libs libxkbcommon libxkbcommon-x11 libX11-xcb "
    "xcb-util-cursor xcb-util-wm xcb-util-image xcb-util-keysyms xcb-util-renderutil"
)
_LINKER_CACHE = Path("/etc/ld.so.cache")
_LIBRARIES = (
    b"libEGL.so.1",
    b"libGL.so.1",
    b"libfontconfig.so.1",
    b"libfreetype.so.6",
    b"libdbus-1.so.3",
    b"libglib-2.0.so.0",
    b"libxkbcommon.so.0",
)
_XCB_LIBRARIES = (
    b"libX11-xcb.so.1",
    b"libxkbcommon-x11.so.0",
    b"libxcb-cursor.so.0",
    b"libxcb-icccm.so.4",
    b"libxcb-image.so.0",
    b"libxcb-keysyms.so.1",
    b"libxcb-randr.so.0",
    b"libxcb-render-util.so.0",
    b"libxcb-shape.so.0",
    b"libxcb-sync.so.1",
    b"libxcb-xfixes.so.0",
    b"libxcb-xkb.so.1",
)


def why_no_window(environ: Mapping[str, str], *, offscreen: bool) -> str | None:
    """Return in plain words what keeps Qt from starting on this system, or None when nothing is known to.

    Args:
        environ: the environment variables.
        offscreen: True when pictures are painted and no display is needed.

    """
    if not sys.platform.startswith("linux"):
        return None
    platform = "offscreen" if offscreen else environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if not platform and not environ.get("DISPLAY") and not environ.get("WAYLAND_DISPLAY"):
        return _NO_DISPLAY
    if not platform:
        platform = "wayland" if environ.get("WAYLAND_DISPLAY") else "xcb"
    if _linker_knows(platform):
        return None
    error = _load_error(platform)
    return lacks_library(error) if error else None


def lacks_library(error: str) -> str:
    """Return what to install, given the words of the dynamic linker."""
    library = error.partition(":")[0]
    return (
        f"Qt needs the system library {library}, which is not installed.\n"
        f"Debian, Ubuntu:  sudo apt install {_DEBIAN}\n"
        f"Fedora:          sudo dnf install {_FEDORA}"
    )


def _linker_knows(platform: str) -> bool:
    """Tell whether the linker's own list names all that Qt needs: 0.1 ms, against 25 ms for trying it out."""
    try:
        known = _LINKER_CACHE.read_bytes()
    except OSError:
        return False
    wanted = _LIBRARIES + (_XCB_LIBRARIES if platform == "xcb" else ())
    return all(name in known for name in wanted)


def _load_error(platform: str) -> str | None:
    """Load the plugin that Qt is about to load, with all it depends on; return the linker's words when that fails."""
    spec = find_spec("PySide6")
    if spec is None or not spec.submodule_search_locations:
        return None
    plugin = Path(spec.submodule_search_locations[0], "Qt", "plugins", "platforms", f"libq{platform}.so")
    if not plugin.is_file():
        return None  # a distribution keeps it elsewhere, and sees to what it depends on
    import ctypes

    try:
        ctypes.CDLL(os.fspath(plugin))
    except OSError as error:
        return str(error)
    return None
