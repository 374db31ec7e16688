"""Users have an e-mail address, and no two share one."""

import sqlalchemy as sa
from alembic import op

from demo_api.db.keeping import put_values_aside, take_values_back

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column in three steps, since the users that exist already have no address yet."""
    op.add_column("users", sa.Column("email", sa.String(length=120), nullable=True))
    # The number keeps two users of the same name apart.
    op.execute("UPDATE users SET email = 'user' || id || '@example.com'")
    take_values_back("users", "email")
    with op.batch_alter_table("users") as users:
        users.alter_column("email", existing_type=sa.String(length=120), nullable=False)
        users.create_unique_constraint(op.f("uq_users_email"), ["email"])


def downgrade() -> None:
    """Drop the column; the addresses are kept for the way back."""
    put_values_aside("users", "email", sa.String(length=120))
    with op.batch_alter_table("users") as users:
        users.drop_constraint(op.f("uq_users_email"), type_="unique")
        users.drop_column("email")
