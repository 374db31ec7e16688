"""Models: the shape of the data. One resource a file, and in each file one class for each purpose.

==========  =================================================================
Base        the fields that all of them share
Create      what a client sends to make one
Update      what a client sends to change one: every field may be left out
Public      what a client may see
the table   a row in the database, with what only the server may know
==========  =================================================================

Alembic compares the database with `SQLModel.metadata`, which knows only the tables that were imported. So every table
is imported here.
"""

from demo_api.models.item import Item
from demo_api.models.user import User

__all__ = ["Item", "User"]
