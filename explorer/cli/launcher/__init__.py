"""The entry in the system's menu of programs: what it is made of on each system, and how it comes and goes."""

from __future__ import annotations

from explorer.cli.launcher.command import install_launcher, uninstall_launcher

__all__ = ["install_launcher", "uninstall_launcher"]
