"""FastAPI Explorer: open FastAPI and look inside."""

__version__ = "0.1.0"
