"""What every test stands on."""

import os

# Before anything imports Qt: tests need no display, and must not open windows on somebody's desktop.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
