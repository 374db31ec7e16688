"""Items stand on shelves: categories."""

import sqlalchemy as sa
from alembic import op

from demo_api.db.keeping import put_aside, put_values_aside, take_back, take_values_back

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table first, then the column that points to it. Items that exist already are on no shelf yet."""
    if not take_back("categories"):
        op.create_table(
            "categories",
            sa.Column("id", sa.Integer(), primary_key=True),
            sa.Column("name", sa.String(length=40), nullable=False),
            sa.Column("description", sa.String(length=200), nullable=True),
            sa.UniqueConstraint("name"),
        )
    with op.batch_alter_table("items") as items:
        items.add_column(sa.Column("category_id", sa.Integer(), nullable=True))
        items.create_foreign_key(
            op.f("fk_items_category_id_categories"), "categories", ["category_id"], ["id"], ondelete="SET NULL"
        )
        items.create_index("ix_items_category_id", ["category_id"])
    take_values_back("items", "category_id")


def downgrade() -> None:
    """Drop the column and leave the table out of use; both are kept for the way back."""
    put_values_aside("items", "category_id", sa.Integer())
    with op.batch_alter_table("items") as items:
        items.drop_index("ix_items_category_id")
        items.drop_constraint(op.f("fk_items_category_id_categories"), type_="foreignkey")
        items.drop_column("category_id")
    put_aside("categories")
