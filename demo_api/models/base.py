"""What all tables have in common: one metadata, which is the list of tables, and one way to name constraints."""

from sqlalchemy.orm import DeclarativeBase
from sqlmodel import SQLModel

# A database names what was left unnamed as it likes, and a migration cannot drop what it cannot name. An index, a
# unique constraint, a check, a foreign key and a primary key; `stock` on `items` becomes `ck_items_stock`.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The parent of the tables written in plain SQLAlchemy. They share the metadata of those written with SQLModel.

    With a metadata of its own, Alembic would not see them, and no foreign key could lead from one kind to the other.
    """

    metadata = SQLModel.metadata
