"""The first rows of a new database. They are the same every time, so that lessons and tests can rely on them."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from demo_api.models.item import Item
from demo_api.models.user import User

OPENED = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)

# Only the hashes of their passwords are kept, here as in the database.
USERS = (
    ("Ada", "scrypt$99a563ab2f6e21e9$b816eacc129cfc4f383bc776f480dd15efc705b337411c478d7e9be4a50cbe27"),
    ("Grace", "scrypt$f2465f78e06e9352$0385b78a579eea4dbf89ee25be7c558dcbb8c034e3918c5012fdbae2597ff1b0"),
    ("Linus", "scrypt$7d01e00548378a5e$5603d5a53ffcf2d26fd8c71a55e056c07243b77caa6d6f0de2587600b0e1e017"),
    ("Margaret", "scrypt$ab81b2d493f645aa$7d5568511f48b3a10ea4bf8f5e95bdb17b2713ffe08205bd3c495151c1f5d307"),
    ("Guido", "scrypt$aade0f94467d1f76$19300f0a68e7e99f10d4bcf42521edab3adbfc9e041ee38e0ccdb82cf8836128"),
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
