"""Models: the shape of the data. One resource a file, and in each file one class for each purpose.

==========  =================================================================
Base        the fields that all of them share
Create      what a client sends to make one
Update      what a client sends to change one: every field may be left out
Public      what a client may see
the table   a row in the database, with what only the server may know
==========  =================================================================

Alembic compares the database with `SQLModel.metadata`, which knows only the tables that were imported. So every table
is imported here, and `db/migrations/env.py` imports this file: it is the one place that lists them all.
"""

from demo_api.models.base import Base
from demo_api.models.category import Category
from demo_api.models.item import Item
from demo_api.models.order import Order, OrderLine
from demo_api.models.tag import ItemTag, Tag
from demo_api.models.user import User

__all__ = ["Base", "Category", "Item", "ItemTag", "Order", "OrderLine", "Tag", "User"]
