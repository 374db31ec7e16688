"""A small shop, built with FastAPI the way a good team would build it.

Start reading in `main.py`; then open one chapter in `routers/`.
"""
