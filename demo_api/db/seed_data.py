"""What stands in a new shop. It is the same every time, so that lessons and tests can rely on it."""

# Their passwords are made up for lessons: `ada in the shop`, `grace in the shop`, and so on. Only hashes are kept.
USERS = (
    ("Ada", "$argon2id$v=19$m=19456,t=2,p=1$maVjqy9uIelpmPn93Sorqw$a+TUjDIiMIDMsInFELFoPuYGsQD2mj1R/8du4W+/yW8"),
    ("Grace", "$argon2id$v=19$m=19456,t=2,p=1$8kZfeOBuk1L5+FHlJoqEog$h06MS8TW346tTI5ArWZ5+OZFbOyisrPUAdZR7RzhOQI"),
    ("Linus", "$argon2id$v=19$m=19456,t=2,p=1$fQHgBUg3il7v8JxDpY6/PA$C01MzjNDOwFTdCIr4Fhb+LwHZ9E+rWHD+ocKyB2owMQ"),
    ("Margaret", "$argon2id$v=19$m=19456,t=2,p=1$q4Gy1JP2RarT/hM0LAj9RQ$SLbTT7R7exWGZueE1Mca86FO5uSQaq5+to0N0cLIhvI"),
    ("Guido", "$argon2id$v=19$m=19456,t=2,p=1$qt4PlEZ9H3YXiO6X6YxFVg$ncDIlZse/Z6xUQXSKkzyehJOYbK/ydP/76/1k3YJWgc"),
)

CATEGORIES = (
    ("Home", "For rooms that people live in."),
    ("Office", "For desks, and for what happens at them."),
    ("Kitchen", None),
    ("Garden", None),
    ("Tools", "To make and to mend."),
    ("Outdoor", "For rain, hills and nights under the sky."),
)

# name, price, category, tags, stock; Ada owns the first, Grace the second, and so on, round and round
ITEMS: tuple[tuple[str, float, str | None, tuple[str, ...], int], ...] = (
    ("Reading lamp", 34.5, "Home", ("home", "light"), 12),
    ("Desk chair", 189.0, "Office", ("home", "office"), 4),
    ("Notebook, squared", 4.2, "Office", ("office", "paper"), 120),
    ("Fountain pen", 27.9, "Office", ("office", "writing"), 18),
    ("Tea kettle", 42.0, "Kitchen", ("kitchen",), 9),
    ("Coffee mill", 58.5, "Kitchen", ("kitchen",), 6),
    ("Cast iron pan", 64.0, "Kitchen", ("kitchen", "cooking"), 7),
    ("Chef's knife", 79.9, "Kitchen", ("kitchen", "cooking"), 5),
    ("Wall clock", 31.0, "Home", ("home",), 11),
    ("Wool blanket", 69.0, "Home", ("home", "textile"), 8),
    ("Linen towel", 12.5, "Kitchen", ("kitchen", "textile"), 40),
    ("Bookshelf", 129.0, "Home", ("home", "office"), 3),
    ("Garden shears", 24.9, "Garden", ("garden", "tools"), 14),
    ("Watering can", 19.5, "Garden", ("garden",), 16),
    ("Bird feeder", 22.0, "Garden", ("garden", "animals"), 10),
    ("Toolbox", 46.0, "Tools", ("tools",), 6),
    ("Cordless drill", 99.0, "Tools", ("tools", "electric"), 5),
    ("Folding rule", 8.9, "Tools", ("tools",), 33),
    ("Bicycle pump", 17.9, None, ("bicycle", "tools"), 13),
    ("Bicycle bell", 9.5, None, ("bicycle",), 27),
    ("Rain jacket", 89.0, "Outdoor", ("clothing", "outdoor"), 9),
    ("Hiking socks", 14.9, "Outdoor", ("clothing", "outdoor"), 60),
    ("Water bottle", 21.0, "Outdoor", ("outdoor",), 22),
    ("Tent for two", 219.0, "Outdoor", ("outdoor",), 0),
)

# who ordered, how far it is, and how many of which item
ORDERS = (
    ("Ada", "sent", ((5, 1), (11, 4))),
    ("Ada", "open", ((3, 10),)),
    ("Grace", "sent", ((1, 2), (3, 5), (4, 1))),
    ("Grace", "paid", ((23, 2), (22, 3))),
    ("Linus", "sent", ((19, 1), (20, 1))),
    ("Margaret", "paid", ((13, 1), (14, 1), (15, 2))),
    ("Margaret", "open", ((10, 1),)),
    ("Guido", "open", ((16, 1), (17, 1), (18, 2))),
)
