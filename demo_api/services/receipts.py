"""Receipts: a short thank-you, in the customer's language."""

from demo_api.models.item import Item

THANKS = {"de": "Danke", "en": "Thank you", "es": "Gracias", "fr": "Merci", "it": "Grazie", "nl": "Dank je"}


def receipt(item: Item, language: str | None) -> str:
    """Return one line of plain ASCII letters, since it travels in a header; English if the language is unknown."""
    thanks = THANKS.get(language or "en", THANKS["en"])
    return f"{thanks}! Item {item.id}, {item.price:.2f} EUR"
