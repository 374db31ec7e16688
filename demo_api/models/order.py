"""Orders: who bought what. These two tables are written in plain SQLAlchemy; the models for clients in Pydantic."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict
from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from demo_api.models.base import Base
from demo_api.models.item import Item
from demo_api.models.types import LARGEST_ID, UtcDateTime, now
from demo_api.models.user import User

TWO_KINDS: JsonDict = {"lines": [{"item_id": 1, "quantity": 2}, {"item_id": 3, "quantity": 10}]}


class OrderStatus(StrEnum):
    """How far an order has come."""

    OPEN = "open"
    PAID = "paid"
    SENT = "sent"


class OrderLineCreate(BaseModel):
    """One line of a new order."""

    item_id: int = Field(ge=1, le=LARGEST_ID, description="Which item.")
    quantity: int = Field(default=1, ge=1, le=1_000, description="How many of it.")


class OrderCreate(BaseModel):
    """What a client sends to order. The prices are the shop's, not the client's."""

    model_config = ConfigDict(json_schema_extra={"examples": [TWO_KINDS]})

    lines: Annotated[list[OrderLineCreate], Field(min_length=1, max_length=20, description="What is ordered.")]


class OrderLinePublic(BaseModel):
    """What a client may see of a line."""

    item_id: int | None = Field(description="Which item; null when the shop no longer has it.")
    name: str = Field(description="What it was called when it was ordered.")
    quantity: int = Field(description="How many of it.")
    unit_price: float = Field(description="What one cost when it was ordered, in euros.")


class OrderPublic(BaseModel):
    """What a client may see of an order."""

    id: int = Field(description="The order's number.")
    user_id: int = Field(description="The number of the user who ordered.")
    status: OrderStatus = Field(description="How far it has come.")
    created_at: datetime = Field(description="When it was made.")
    lines: list[OrderLinePublic] = Field(description="What was ordered.")


class Order(Base):
    """A row of the table `orders`, in SQLAlchemy's declarative way: `Mapped` says the type of a column."""

    __tablename__ = "orders"
    # Two requests may delete the same row at once. Whoever comes second finds it gone, which is what was wanted.
    __mapper_args__ = {"confirm_deleted_rows": False}  # noqa: RUF012 - declared so by SQLAlchemy
    __table_args__ = (CheckConstraint("status IN ('open', 'paid', 'sent')", name="status"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    status: Mapped[str] = mapped_column(String(20), default=OrderStatus.OPEN)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    # One to many. Without an option such as `selectinload` each is read when it is first looked at: lazily.
    lines: Mapped[list["OrderLine"]] = relationship(
        back_populates="order", cascade="all, delete-orphan", passive_deletes=True, order_by="OrderLine.id"
    )
    user: Mapped[User] = relationship(User)


class OrderLine(Base):
    """A row of the table `order_lines`. It keeps name and price: an item may change or go, a bill may not."""

    __tablename__ = "order_lines"
    # Two requests may delete the same row at once. Whoever comes second finds it gone, which is what was wanted.
    __mapper_args__ = {"confirm_deleted_rows": False}  # noqa: RUF012 - declared so by SQLAlchemy
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    quantity: Mapped[int]
    unit_price: Mapped[float]

    order: Mapped[Order] = relationship(back_populates="lines")
    item: Mapped[Item | None] = relationship(Item)
