"""Attaches to a FastAPI or Starlette app from outside, without an edit to it, and tells what happens inside.

Imports the standard library, Starlette and FastAPI only, and our own `trace` by relative import: this package is also
loaded into other people's environments, under another name, on Python 3.10 and newer.
"""
