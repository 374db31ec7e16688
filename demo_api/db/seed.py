"""The first rows of a new database. They are the same every time, so that lessons and tests can rely on them."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from demo_api.models.item import Item
from demo_api.models.user import User

OPENED = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)

# Their passwords are made up for lessons: `ada in the shop`, `grace in the shop`, and so on. Only hashes are kept.
USERS = (
    ("Ada", "$argon2id$v=19$m=19456,t=2,p=1$maVjqy9uIelpmPn93Sorqw$a+TUjDIiMIDMsInFELFoPuYGsQD2mj1R/8du4W+/yW8"),
    ("Grace", "$argon2id$v=19$m=19456,t=2,p=1$8kZfeOBuk1L5+FHlJoqEog$h06MS8TW346tTI5ArWZ5+OZFbOyisrPUAdZR7RzhOQI"),
    ("Linus", "$argon2id$v=19$m=19456,t=2,p=1$fQHgBUg3il7v8JxDpY6/PA$C01MzjNDOwFTdCIr4Fhb+LwHZ9E+rWHD+ocKyB2owMQ"),
    ("Margaret", "$argon2id$v=19$m=19456,t=2,p=1$q4Gy1JP2RarT/hM0LAj9RQ$SLbTT7R7exWGZueE1Mca86FO5uSQaq5+to0N0cLIhvI"),
    ("Guido", "$argon2id$v=19$m=19456,t=2,p=1$qt4PlEZ9H3YXiO6X6YxFVg$ncDIlZse/Z6xUQXSKkzyehJOYbK/ydP/76/1k3YJWgc"),
)

# name, price, tags, stock; Ada owns the first, Grace the second, and so on, round and round
ITEMS = (
    ("Reading lamp", 34.5, ["home", "light"], 12),
    ("Desk chair", 189.0, ["home", "office"], 4),
    ("Notebook, squared", 4.2, ["office", "paper"], 120),
    ("Fountain pen", 27.9, ["office", "writing"], 18),
    ("Tea kettle", 42.0, ["kitchen"], 9),
    ("Coffee mill", 58.5, ["kitchen"], 6),
    ("Cast iron pan", 64.0, ["kitchen", "cooking"], 7),
    ("Chef's knife", 79.9, ["kitchen", "cooking"], 5),
    ("Wall clock", 31.0, ["home"], 11),
    ("Wool blanket", 69.0, ["home", "textile"], 8),
    ("Linen towel", 12.5, ["kitchen", "textile"], 40),
    ("Bookshelf", 129.0, ["home", "office"], 3),
    ("Garden shears", 24.9, ["garden", "tools"], 14),
    ("Watering can", 19.5, ["garden"], 16),
    ("Bird feeder", 22.0, ["garden", "animals"], 10),
    ("Toolbox", 46.0, ["tools"], 6),
    ("Cordless drill", 99.0, ["tools", "electric"], 5),
    ("Folding rule", 8.9, ["tools"], 33),
    ("Bicycle pump", 17.9, ["bicycle", "tools"], 13),
    ("Bicycle bell", 9.5, ["bicycle"], 27),
    ("Rain jacket", 89.0, ["clothing", "outdoor"], 9),
    ("Hiking socks", 14.9, ["clothing", "outdoor"], 60),
    ("Water bottle", 21.0, ["outdoor"], 22),
    ("Tent for two", 219.0, ["outdoor"], 0),
)


def add_seed(session: Session) -> None:
    """Store the shop's users and items."""
    for index, (name, password_hash) in enumerate(USERS, start=1):
        joined = OPENED + timedelta(days=index)
        email = f"{name.lower()}@example.com"
        session.add(User(id=index, name=name, email=email, password_hash=password_hash, created_at=joined))
    session.flush()  # users first: the items point to them
    for index, (name, price, tags, stock) in enumerate(ITEMS):
        owner_id = index % len(USERS) + 1
        added = OPENED + timedelta(days=10, hours=index)
        session.add(
            Item(id=index + 1, name=name, price=price, tags=tags, stock=stock, owner_id=owner_id, created_at=added)
        )
    session.commit()
