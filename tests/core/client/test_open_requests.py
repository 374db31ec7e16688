"""Requests that are open side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from explorer.client.draft import RequestDraft
from explorer.client.open_requests import MOST_CLOSED, OpenRequest, OpenRequests


def request(name: str, operation: str = "") -> OpenRequest:
    return replace(OpenRequest.new(RequestDraft(method="GET", path=f"/{name}"), operation), id=name)


def opened(*names: str, current: str = "") -> OpenRequests:
    requests = OpenRequests(requests=tuple(request(name) for name in names), current=current or names[0])
    for name in names:
        requests = requests.changed(name, replace(request(name).draft, body="typed"))
    return requests


def ids(requests: OpenRequests) -> str:
    return "".join(each.id for each in requests.requests)


def test_that_another_request_opens_to_the_right_of_the_one_in_front() -> None:
    requests = opened("a", "b", "c", current="b").opened(request("x"))
    assert (ids(requests), requests.current) == ("abxc", "x")
    assert ids(OpenRequests().opened(request("x"))) == "x"


@pytest.mark.parametrize(
    ("current", "closed", "then"), [("b", "b", "c"), ("c", "c", "b"), ("a", "a", "b"), ("a", "c", "a")]
)
def test_that_a_neighbour_comes_to_the_front_when_that_one_is_closed(current: str, closed: str, then: str) -> None:
    assert opened("a", "b", "c", current=current).without(closed).current == then


def test_that_nothing_is_in_front_when_all_are_closed() -> None:
    requests = opened("a").without("a")
    assert requests.front is None
    assert requests.stepped(1) is requests


def test_that_closed_requests_come_back_as_they_were_the_last_one_first() -> None:
    requests = opened("a", "b", "c").without("b").without("c")
    requests = requests.reopened()
    assert requests.current == "c"
    requests = requests.reopened()
    assert (requests.current, requests.closed) == ("b", ())
    assert requests.front is not None
    assert requests.front.draft.body == "typed"
    assert requests.reopened() is requests


def test_that_only_so_many_closed_requests_are_kept_and_blank_ones_are_not() -> None:
    names = [f"r{number}" for number in range(MOST_CLOSED + 3)]
    requests = opened("stay", *names)
    for name in names:
        requests = requests.without(name)
    assert [each.id for each in requests.closed] == names[3:]
    assert requests.opened(request("blank")).without("blank").closed == requests.closed


def test_that_stepping_goes_round() -> None:
    requests = opened("a", "b", "c")
    assert requests.stepped(1).current == "b"
    assert requests.stepped(-1).current == "c"
    assert requests.shown("c").stepped(1).current == "a"


def test_that_requests_can_be_moved_but_not_lost() -> None:
    requests = opened("a", "b", "c", current="b")
    assert ids(requests.moved("a", 2)) == "bca"
    assert ids(requests.moved("c", -4)) == "cab"
    assert ids(requests.moved("a", 99)) == "bca"
    assert requests.moved("a", 2).current == "b"
    assert requests.moved("nobody", 0) is requests


def test_that_a_request_has_unsent_changes_until_it_is_what_was_sent() -> None:
    requests = OpenRequests().opened(request("a"))
    draft = request("a").draft

    def state(requests: OpenRequests) -> tuple[bool, bool]:
        front = requests.front
        assert front is not None
        return front.touched, front.unsent

    assert state(requests) == (False, False)
    assert state(requests.fitted("a", replace(draft, body="{}"))) == (False, False)
    typed = requests.changed("a", replace(draft, body="1"))
    assert state(typed) == (True, True)
    sent = typed.sent("a", replace(draft, body="1"))
    assert state(sent) == (True, False)
    assert state(sent.changed("a", replace(draft, body="2"))) == (True, True)
    assert state(sent.changed("a", replace(draft, body="2")).changed("a", replace(draft, body="1"))) == (True, False)


def test_that_the_one_in_front_is_meant_when_an_operation_is_open_twice() -> None:
    requests = OpenRequests().opened(request("a", "GET /x")).opened(request("b", "GET /x")).opened(request("c"))
    first, second = requests.of_operation("GET /x"), requests.shown("b").of_operation("GET /x")
    assert first is not None
    assert second is not None
    assert (first.id, second.id) == ("a", "b")
    assert requests.of_operation("GET /y") is None
