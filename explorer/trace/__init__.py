"""The vocabulary of what happened: events, and the pure fold of events into a trace.

This package imports the standard library only and runs on Python 3.10 and newer, because it is also loaded into
other people's environments. Inside it and inside ``explorer.probe`` every import of our own is relative.
"""
