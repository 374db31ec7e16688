"""Items know how many of them there are."""

import sqlalchemy as sa
from alembic import op

from demo_api.db.keeping import put_values_aside, take_values_back

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; the items that exist already get a stock of 0 from the server default."""
    with op.batch_alter_table("items") as items:
        items.add_column(sa.Column("stock", sa.Integer(), nullable=False, server_default="0"))
        items.create_check_constraint(op.f("ck_items_stock"), "stock >= 0")  # `f`: this is the final name
    take_values_back("items", "stock")


def downgrade() -> None:
    """Drop the column; how many there were is kept for the way back."""
    put_values_aside("items", "stock", sa.Integer())
    with op.batch_alter_table("items") as items:
        items.drop_constraint(op.f("ck_items_stock"), type_="check")
        items.drop_column("stock")
