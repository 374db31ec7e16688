"""What an order would cost."""

from demo_api.models.item import Item
from demo_api.models.quote import Quote


def quote(item: Item, quantity: int) -> Quote:
    """Return the price of `quantity` pieces, rounded to cents."""
    return Quote(name=item.name, quantity=quantity, total=round(item.price * quantity, 2))
