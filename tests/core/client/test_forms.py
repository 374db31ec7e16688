"""Forms travel as browsers send them, and the server reads what was entered."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import FormParser, MultiPartParser

from explorer.client.build import UnsendableRequestError, build_request
from explorer.client.draft import BodyKind, FormField, RequestDraft, Value
from explorer.client.exchange import Request
from explorer.client.multipart import boundary_of, read_parts
from explorer.openapi.operations import Location

BASE = "http://127.0.0.1:8000"


def form(*fields: FormField, kind: BodyKind = BodyKind.MULTIPART, content_type: str | None = None) -> Request:
    values = (Value(location=Location.HEADER, name="content-type", text=content_type),)
    return build_request(RequestDraft(method="POST", path="/", body_kind=kind, fields=fields, values=values), BASE)


def file(name: str, path: Path, content_type: str = "") -> FormField:
    return FormField(name=name, is_file=True, file=str(path), content_type=content_type)


def content_type(request: Request) -> str:
    [found] = [value for name, value in request.headers if name.lower() == "content-type"]
    return found


async def read(request: Request) -> FormData:
    async def chunks() -> AsyncGenerator[bytes, None]:
        for chunk in request.content.chunks():
            yield chunk

    headers = Headers({"content-type": content_type(request)})
    if "multipart" in content_type(request):
        return await MultiPartParser(headers, chunks()).parse()
    return await FormParser(headers, chunks()).parse()


@pytest.mark.parametrize("kind", [BodyKind.URLENCODED, BodyKind.MULTIPART])
async def test_that_names_repeat_and_empty_differs_from_not_sent(kind: BodyKind) -> None:
    request = form(
        FormField(name="tag", text="a"),
        FormField(name="tag", text="b & é+"),
        FormField(name="empty", text=""),
        FormField(name="not sent"),
        FormField(name="off", text="kept", enabled=False),
        kind=kind,
    )
    assert (await read(request)).multi_items() == [("tag", "a"), ("tag", "b & é+"), ("empty", "")]


@pytest.mark.parametrize("kind", [BodyKind.URLENCODED, BodyKind.MULTIPART])
def test_that_a_form_without_a_sent_row_is_no_body(kind: BodyKind) -> None:
    request = form(FormField(name="a"), FormField(name="f", is_file=True), kind=kind)
    assert not request.content
    assert all(name != "Content-Type" for name, _ in request.headers)


async def test_that_list_of_upload_files_are_several_files_under_one_name(tmp_path: Path) -> None:
    names = ["plain.txt", "ünï 日本.json", "packed.tar.gz", "no_ending", "a;b=c.png"]
    for name in names:
        (tmp_path / name).write_bytes(name.encode() + b"\xff\r\n--")
    request = form(*(file("files", tmp_path / name) for name in names), FormField(name="note", text="x"))
    found = await read(request)
    files = [value for value in found.getlist("files") if isinstance(value, UploadFile)]
    assert [upload.filename for upload in files] == names
    assert [upload.content_type for upload in files] == [
        "text/plain",
        "application/json",
        "application/gzip",
        "application/octet-stream",
        "image/png",
    ]
    assert [await upload.read() for upload in files] == [name.encode() + b"\xff\r\n--" for name in names]
    assert found["note"] == "x"
    await found.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")
async def test_that_quotes_and_line_breaks_in_a_file_name_are_escaped_as_browsers_do(tmp_path: Path) -> None:
    path = tmp_path / 'a"b\nc.txt'
    path.write_text("x")
    request = form(file('f"g', path))
    found = await read(request)
    [(name, upload)] = found.multi_items()
    assert isinstance(upload, UploadFile)
    assert (name, upload.filename) == ("f%22g", "a%22b%0Ac.txt")
    await found.close()


async def test_that_a_part_may_name_its_own_type(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    request = form(
        file("f", path, "application/x-own"), FormField(name="j", text="{}", content_type="application/json")
    )
    assert b"Content-Type: application/json\r\n\r\n{}" in b"".join(request.content.chunks())
    found = await read(request)
    upload = found["f"]
    assert isinstance(upload, UploadFile)
    assert upload.content_type == "application/x-own"
    await found.close()


def test_that_files_are_not_read_before_they_are_sent(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("before")
    request = form(file("f", path))
    assert path in request.content.pieces
    path.write_text("while it was sent")
    assert b"while it was sent" in b"".join(request.content.chunks())


async def test_that_an_own_content_type_keeps_its_words_and_gets_the_boundary() -> None:
    request = form(FormField(name="a", text="1"), content_type="multipart/form-data; charset=utf-8;")
    assert content_type(request).startswith("multipart/form-data; charset=utf-8; boundary=")
    assert (await read(request)).multi_items() == [("a", "1")]
    mixed = form(FormField(name="a", text="1"), content_type="Multipart/Mixed; boundary=own")
    assert content_type(mixed) == "Multipart/Mixed; boundary=own"
    assert b"".join(mixed.content.chunks()).startswith(b"--own\r\n")
    wrong = form(FormField(name="a", text="1"), content_type="application/json")
    assert content_type(wrong) == "application/json"


@pytest.mark.parametrize("boundary", ["in", "é", "x" * 71])
def test_that_a_boundary_that_cannot_be_is_refused(boundary: str) -> None:
    with pytest.raises(UnsendableRequestError, match=f"“{boundary}” cannot be the boundary"):
        form(FormField(name="a", text="what is --in it"), content_type=f"multipart/form-data; boundary={boundary}")


def test_that_an_own_content_type_of_a_urlencoded_form_is_kept() -> None:
    request = form(FormField(name="a", text="1"), kind=BodyKind.URLENCODED, content_type="text/plain")
    assert content_type(request) == "text/plain"


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (FormField(name="f", is_file=True, file="/no/such/file"), "There is no file /no/such/file"),
        (FormField(name="f", is_file=True, file="/"), "/ is a folder"),
        (FormField(name="f", is_file=True, file=os.devnull), "is no ordinary file"),
        (FormField(name="f", is_file=True, file="a" * 5000), "cannot be the path|There is no file"),
        (FormField(name="f", text="1", content_type="a/b\r\nX-Injected: 1"), "has a line break"),
        (FormField(name="\ud83d", text="1"), "half of a character"),
        (FormField(name="a", text="\ud83d"), "Character 1 of the field a is half"),
    ],
)
def test_that_a_part_that_cannot_be_sent_is_said_in_a_sentence(field: FormField, words: str) -> None:
    with pytest.raises(UnsendableRequestError, match=words):
        form(field)


@pytest.mark.skipif(os.name == "nt" or os.getuid() == 0, reason="everything is readable here")
def test_that_an_unreadable_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(UnsendableRequestError, match="must not be read by you"):
        form(file("f", path))


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NAMES = TEXT.filter(lambda text: "\\" not in text and "%" not in text)


@settings(max_examples=50)
@given(st.lists(st.tuples(NAMES, TEXT), min_size=1, max_size=4))
async def test_that_starlette_reads_the_multipart_form_that_was_entered(pairs: list[tuple[str, str]]) -> None:
    request = form(*(FormField(name=name, text=text) for name, text in pairs))
    sent = [(name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A"), text) for name, text in pairs]
    assert (await read(request)).multi_items() == sent
    parts = read_parts(request.content, boundary_of(content_type(request)) or "")
    assert parts is not None
    assert [(part.name, part.content) for part in parts] == [(name, text.encode()) for name, text in pairs]


@settings(max_examples=50)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4))
async def test_that_starlette_reads_the_urlencoded_form_that_was_entered(pairs: list[tuple[str, str]]) -> None:
    request = form(*(FormField(name=name, text=text) for name, text in pairs), kind=BodyKind.URLENCODED)
    assert (await read(request)).multi_items() == pairs
