"""Shipping: how long it takes and what it costs."""

from demo_api.models.parcel import Parcel, ParcelReceipt
from demo_api.models.paths import Shipping, ShippingSpeed

OFFERS = {
    ShippingSpeed.STANDARD: Shipping(speed=ShippingSpeed.STANDARD, days=4, price=4.9),
    ShippingSpeed.EXPRESS: Shipping(speed=ShippingSpeed.EXPRESS, days=1, price=9.9),
    ShippingSpeed.PICKUP: Shipping(speed=ShippingSpeed.PICKUP, days=2, price=0.0),
}

EURO_PER_KILOGRAM = 0.8


def accept_parcel(parcel: Parcel) -> ParcelReceipt:
    """Return what the way of a parcel costs: the offer's price, and something for each kilogram."""
    size = parcel.size
    price = OFFERS[parcel.speed].price + EURO_PER_KILOGRAM * parcel.weight / 1000
    volume = size.width * size.height * size.depth / 1000
    return ParcelReceipt(code=parcel.code, volume=round(volume, 2), price=round(price, 2))
