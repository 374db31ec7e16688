"""Where the cards of a diagram stand, and which way the lines go."""

from __future__ import annotations

import itertools
import random

from explorer.database.diagram.layout import lay_out
from explorer.database.diagram.routes import straight_route
from explorer.database.diagram.values import Card, Layout, Link

USERS, ITEMS, TAGS = Card("users", 160, 100), Card("items", 180, 180), Card("tags", 120, 80)
ITEM_TAGS, LONELY = Card("item_tags", 150, 80), Card("settings", 140, 60)
CARDS = (USERS, ITEMS, TAGS, ITEM_TAGS, LONELY)
LINKS = (
    Link("items", "users", 90, 40),
    Link("item_tags", "items", 40, 40),
    Link("item_tags", "tags", 60, 40),
    Link("items", "items", 110, 40),
)


def boxes(cards: tuple[Card, ...], layout: Layout) -> dict[str, tuple[float, float, float, float]]:
    return {c.name: (*layout.places[c.name], c.width, c.height) for c in cards}


def overlapping(cards: tuple[Card, ...], layout: Layout) -> list[tuple[str, str]]:
    return [
        (a, b)
        for (a, (ax, ay, aw, ah)), (b, (bx, by, bw, bh)) in itertools.combinations(boxes(cards, layout).items(), 2)
        if ax < bx + bw and bx < ax + aw and ay < by + bh and by < ay + ah
    ]


def through_cards(cards: tuple[Card, ...], links: tuple[Link, ...], layout: Layout) -> list[tuple[Link, str]]:
    """Return the links that run across a card's inside."""
    found = []
    for link, route in zip(links, layout.routes, strict=True):
        for (x1, y1), (x2, y2) in itertools.pairwise(route):
            left, right, top, bottom = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
            for name, (x, y, width, height) in boxes(cards, layout).items():
                if left <= x + width - 1 and x + 1 <= right and top <= y + height - 1 and y + 1 <= bottom:
                    found.append((link, name))
    return found


def many(count: int) -> tuple[tuple[Card, ...], tuple[Link, ...]]:
    chance = random.Random(7)  # noqa: S311 the same cards every time
    cards = tuple(Card(f"t{i}", 160 + chance.randrange(80), 60 + 20 * chance.randrange(10)) for i in range(count))
    links = tuple(
        Link(f"t{i}", f"t{chance.choice((0, 1, chance.randrange(count)))}", 50, 40)
        for i in range(count)
        for _ in range(chance.randrange(3))
    )
    return cards, links


def test_that_a_table_stands_right_of_those_that_it_points_to() -> None:
    places = lay_out(CARDS, LINKS).places
    assert places["users"][0] < places["items"][0] < places["item_tags"][0]
    assert places["tags"][0] < places["item_tags"][0]


def test_that_no_card_covers_another_and_no_line_runs_through_one() -> None:
    layout = lay_out(CARDS, LINKS)
    assert overlapping(CARDS, layout) == []
    assert through_cards(CARDS, LINKS, layout) == []


def test_that_sixty_tables_have_room_too() -> None:
    cards, links = many(60)
    layout = lay_out(cards, links)
    assert overlapping(cards, layout) == []
    assert through_cards(cards, links, layout) == []


def test_that_lines_begin_and_end_at_the_columns_and_go_level_or_upright_only() -> None:
    layout = lay_out(CARDS, LINKS)
    for link, route in zip(LINKS, layout.routes, strict=True):
        assert route[0][1] == layout.places[link.start][1] + link.start_y
        assert route[-1][1] == layout.places[link.end][1] + link.end_y
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in itertools.pairwise(route))


def test_that_tables_that_point_to_each_other_in_a_circle_are_laid_out() -> None:
    cards = (USERS, ITEMS, TAGS)
    links = (Link("users", "items", 40, 40), Link("items", "tags", 40, 40), Link("tags", "users", 40, 40))
    layout = lay_out(cards, links)
    assert overlapping(cards, layout) == []
    assert all(layout.routes)


def test_that_a_link_to_a_table_that_is_not_there_has_no_way() -> None:
    layout = lay_out((USERS,), (Link("users", "gone", 40, 40),))
    assert set(layout.places) == {"users"}
    assert not any(layout.routes)


def test_that_nothing_is_laid_out_as_nothing() -> None:
    layout = lay_out((), ())
    assert (len(layout.places), len(layout.routes)) == (0, 0)


def test_that_the_same_schema_always_looks_the_same() -> None:
    cards, links = many(30)
    assert lay_out(cards, links) == lay_out(cards, links)


def test_that_cards_one_above_the_other_are_linked_at_their_right() -> None:
    route = straight_route((0, 0), 100, (20, 300), 100, (10, 10))
    assert list(route[0]) == [100, 10]
    assert list(route[-1]) == [120, 310]
    assert max(x for x, _ in route) > 120
