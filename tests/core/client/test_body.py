"""A body is bytes, wherever they are kept; its file goes when nobody holds it any more."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from explorer.client.body import IN_MEMORY_AT_MOST, Body, BodyWriter


def written(folder: Path, size: int) -> Body:
    writer = BodyWriter(folder)
    for start in range(0, size, 100_000):
        writer.write(bytes(min(100_000, size - start)))
    return writer.finish()


def test_that_a_small_body_leaves_the_disk_alone(tmp_path: Path) -> None:
    body = written(tmp_path, IN_MEMORY_AT_MOST)
    assert (body.path, body.size, len(body.read())) == (None, IN_MEMORY_AT_MOST, IN_MEMORY_AT_MOST)
    assert list(tmp_path.iterdir()) == []


def test_that_a_large_body_is_read_in_parts_from_its_file(tmp_path: Path) -> None:
    body = written(tmp_path, IN_MEMORY_AT_MOST + 7)
    assert [body.path] == list(tmp_path.iterdir())
    assert len(body) == len(body.read()) == IN_MEMORY_AT_MOST + 7
    assert len(body.read(IN_MEMORY_AT_MOST)) == 7
    assert len(body.read(3, 4)) == 4


def test_that_the_file_goes_with_the_last_who_holds_the_body(tmp_path: Path) -> None:
    body = written(tmp_path, IN_MEMORY_AT_MOST + 1)
    assert body
    del body
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def test_that_what_was_begun_in_vain_is_thrown_away(tmp_path: Path) -> None:
    with pytest.raises(LookupError), BodyWriter(tmp_path) as writer:  # noqa: PT012 - what is thrown away must be there
        writer.write(bytes(IN_MEMORY_AT_MOST + 1))
        assert len(list(tmp_path.iterdir())) == 1
        raise LookupError
    assert list(tmp_path.iterdir()) == []
