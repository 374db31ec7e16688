"""Items know how many of them there are."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; the items that exist already get a stock of 0 from the server default."""
    with op.batch_alter_table("items") as items:
        items.add_column(sa.Column("stock", sa.Integer(), nullable=False, server_default="0"))
        items.create_check_constraint("ck_items_stock", "stock >= 0")


def downgrade() -> None:
    """Drop the column. How many there were is lost; the items stay."""
    with op.batch_alter_table("items") as items:
        items.drop_constraint("ck_items_stock", type_="check")
        items.drop_column("stock")
