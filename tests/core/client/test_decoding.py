"""Encoded bodies come out decoded, in small pieces, and what is no such encoding comes out as it went in."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.client.decoding import STEP, Decoder

TEXT = b"The quick brown fox jumps over the lazy dog. " * 40


def deflate_raw(data: bytes) -> bytes:
    return zlib.compress(data, wbits=-zlib.MAX_WBITS)


def decode(encoding: str, data: bytes, *, cut: int = 0, most: int | None = None) -> tuple[bytes, str]:
    decoder = Decoder(encoding, most=most)
    chunks = [data[i : i + cut] for i in range(0, len(data), cut)] if cut else [data]
    out = b"".join(piece for chunk in chunks for piece in decoder.feed(chunk))
    return out + b"".join(decoder.finish()), decoder.problem


@pytest.mark.parametrize("cut", [0, 1, 7])
@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("X-GZIP", gzip.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", deflate_raw(TEXT)),
        ("deflate, gzip", gzip.compress(zlib.compress(TEXT))),
        ("gzip, identity , deflate", deflate_raw(gzip.compress(TEXT))),
        ("gzip", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
        ("gzip", gzip.compress(TEXT) + b"\0" * 20),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # the bytes of gzip hold the time
)
def test_that_what_was_encoded_is_decoded_however_it_is_cut(encoding: str, data: bytes, cut: int) -> None:
    assert decode(encoding, data, cut=cut) == (TEXT, "")


@given(st.binary(max_size=500), st.sampled_from(["gzip", "deflate", "gzip, deflate"]), st.integers(0, 50))
def test_that_any_bytes_whatever_their_encoding_never_raise(data: bytes, encoding: str, cut: int) -> None:
    decode(encoding, data, cut=cut)


@given(st.binary(max_size=300), st.integers(1, 20))
def test_that_bytes_that_are_no_gzip_are_shown_as_they_came(data: bytes, cut: int) -> None:
    shown, problem = decode("gzip", b"{" + data, cut=cut)
    assert shown == b"{" + data
    assert problem == "The header Content-Encoding says gzip, and the body is no gzip: it is shown as it came."


def test_that_only_the_encoding_that_fails_is_left_undone() -> None:
    shown, problem = decode("gzip, deflate", zlib.compress(b"no gzip"))
    assert shown == b"no gzip"
    assert "says gzip" in problem


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, br", "nonsense"])
def test_that_an_encoding_that_nobody_knows_leaves_the_body_alone(encoding: str) -> None:
    shown, problem = decode(encoding, b"\x1b\x03abc")
    assert shown == b"\x1b\x03abc"
    assert "which is not decoded here: it is shown as it came." in problem


def test_that_too_many_encodings_are_not_undone() -> None:
    data = gzip.compress(TEXT)
    shown, problem = decode(", ".join(["gzip"] * 40), data)
    assert shown == data
    assert "40 times over" in problem


def test_that_a_gzip_that_ends_too_early_shows_what_arrived() -> None:
    shown, problem = decode("gzip", gzip.compress(TEXT)[:-12])
    assert TEXT.startswith(shown)
    assert shown
    assert problem == "The body ends before its gzip encoding does: the part that arrived is shown."


def test_that_a_damaged_gzip_shows_what_came_before_the_damage() -> None:
    numbers = b" ".join(b"%d" % number for number in range(50_000))
    data = bytearray(gzip.compress(numbers))
    half = len(data) // 2
    data[half:] = b"\xff" * (len(data) - half)
    shown, problem = decode("gzip", bytes(data), cut=1_000)
    assert len(shown) > 50_000
    assert shown[:50_000] == numbers[:50_000]
    assert f"damaged after {len(shown):,} decoded bytes" in problem


def test_that_bytes_behind_the_end_of_a_gzip_are_named() -> None:
    assert decode("gzip", gzip.compress(TEXT) + b"more") == (
        TEXT,
        "Bytes follow the end of the gzip encoding: they are left out.",
    )


def test_that_an_empty_body_with_an_encoding_is_no_problem() -> None:
    assert decode("gzip", b"") == (b"", "")


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [
        ("gzip", gzip.compress(b"\0" * 30_000_000)),
        ("gzip, gzip", gzip.compress(gzip.compress(b"\0" * 30_000_000))),
    ],
    ids=["one", "nested"],
)
def test_that_a_bomb_is_bounded_and_comes_in_small_pieces(encoding: str, bomb: bytes) -> None:
    decoder = Decoder(encoding, most=1_000_000)
    sizes = [len(piece) for piece in decoder.feed(bomb)]
    assert sum(sizes) <= 1_000_000
    assert max(sizes) <= STEP
    assert decoder.full
    assert list(decoder.feed(b"more")) == []
    assert "more than 1,000,000 bytes, which may be a decompression bomb: the rest was not read." in decoder.problem


def test_that_a_bomb_in_the_middle_is_bounded_too() -> None:
    decoder = Decoder("gzip, deflate", most=1_000_000)
    bomb = zlib.compress(gzip.compress(TEXT) + b"more" + b"\0" * 30_000_000)
    assert b"".join(decoder.feed(bomb)) == TEXT
    assert decoder.full
