"""A curl command that was pasted becomes a draft, whoever wrote it."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import pytest
from fastapi import Cookie, Depends, FastAPI, Form, Header
from fastapi.security import OAuth2PasswordBearer
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from explorer.client.draft import AuthKind, BodyKind, FormField, RequestDraft, SendOptions, Value
from explorer.client.importing.curl import CurlError, Imported, draft_from_curl, is_curl
from explorer.client.importing.shell import split_command
from explorer.openapi.operations import Catalogue, Location
from explorer.openapi.read import read_catalogue

BASE = "http://127.0.0.1:8000"
NOTHING = Catalogue(title="", version="")


class Item(BaseModel):
    name: str


app = FastAPI()


@app.put("/items/{item_id}")
def put_item(
    item_id: int,
    item: Item,
    lang: str = "en",
    verbose: bool = False,
    x_tag: Annotated[str | None, Header()] = None,
    x_needed: Annotated[str, Header()] = "",
    session: Annotated[str | None, Cookie()] = None,
) -> None: ...


@app.post("/login")
def login(
    username: Annotated[str, Form()], password: Annotated[str, Form()], scope: Annotated[str, Form()] = ""
) -> None: ...


@app.get("/me")
def me(token: Annotated[str, Depends(OAuth2PasswordBearer(tokenUrl="token"))]) -> None: ...


CATALOGUE = read_catalogue(app.openapi())


def read(text: str, catalogue: Catalogue = NOTHING) -> RequestDraft:
    found = draft_from_curl(text, BASE, catalogue)
    assert found.ignored == ()
    return found.draft


def rows(draft: RequestDraft, location: Location) -> list[tuple[str, str | None]]:
    return [(value.name, value.text) for value in draft.values if value.location is location]


@pytest.mark.parametrize("text", ["curl x", " $ curl -v x", "curl.exe x", "/usr/bin/curl x", "curl \\\n x", "CURL\tx"])
def test_that_a_command_is_known_when_it_is_pasted(text: str) -> None:
    assert is_curl(text)


@pytest.mark.parametrize("text", ["curl", "curly x", "http://127.0.0.1/curl x", "wget x", "", "/items?q=curl x"])
def test_that_other_texts_are_no_commands(text: str) -> None:
    assert not is_curl(text)


def test_that_a_command_fills_the_form_of_its_operation() -> None:
    draft = read(
        """curl -X 'PUT' \\
  'http://localhost:8000/items/7?verbose=true&extra=1' \\
  -H 'accept: application/json' \\
  -H 'X-Tag: a' -H 'X-Other: b' -b 'session=abc; more=1' \\
  -H 'Authorization: Bearer t.o-k' \\
  -H 'Content-Type: application/json' \\
  -d '{
  "name": "It'\\''s"
}'""",
        CATALOGUE,
    )
    assert (draft.key, draft.url_override) == ("PUT /items/{item_id}", None)
    assert draft.value(Location.PATH, "item_id") == "7"
    assert rows(draft, Location.QUERY) == [("lang", None), ("verbose", "true"), ("extra", "1")]
    assert rows(draft, Location.HEADER) == [
        ("x-tag", "a"),
        ("x-needed", None),
        ("accept", "application/json"),
        ("X-Other", "b"),
    ]
    assert rows(draft, Location.COOKIE) == [("session", "abc"), ("more", "1")]
    assert (draft.auth.kind, draft.auth.token) == (AuthKind.BEARER, "t.o-k")
    assert (draft.body_kind, draft.body) == (BodyKind.TEXT, '{\n  "name": "It\'s"\n}')
    assert draft.media_type == "application/json"


def test_that_the_fields_of_a_form_fill_its_rows() -> None:
    draft = read("curl localhost:8000/login -d username=ada --data-urlencode 'password=a b&c' -d x=", CATALOGUE)
    assert draft.key == "POST /login"
    assert draft.body_kind is BodyKind.URLENCODED
    assert [(field.name, field.text) for field in draft.fields] == [
        ("username", "ada"),
        ("password", "a b&c"),
        ("x", ""),
        ("scope", None),
    ]


CHROME_BASH = r"""curl 'http://127.0.0.1:8000/items?q=a%20b' \
  -H 'Accept: */*' \
  -H 'Accept-Language: en-GB,en;q=0.9' \
  -H 'Content-Type: application/json' \
  -b 'session=abc' \
  --data-raw $'{"name":"It\'s \u00fc \n 100% ^ \\"}' \
  --compressed \
  --insecure"""
CHROME_CMD = """curl ^"http://127.0.0.1:8000/items?q=a^%^20b^" ^
  -H ^"Accept: */*^" ^
  -H ^"Accept-Language: en-GB,en;q=0.9^" ^
  -H ^"Content-Type: application/json^" ^
  -b ^"session=abc^" ^
  --data-raw ^"^{^\\^"name^\\^":^\\^"It's ü ^

 100^% ^^ ^\\^\\^\\^"^\\^"^}^" ^
  --compressed ^
  --insecure"""
OLD_CMD = (
    'curl "http://127.0.0.1:8000/items?q=a%20b" ^\r\n  -H "Accept: */*" ^\r\n'
    '  -H "Accept-Language: en-GB,en;q=0.9" ^\r\n  -H "Content-Type: application/json" ^\r\n'
    '  -b "session=abc" ^\r\n  --data-raw "{""name"":""It\'s ü ^ 100%""}" ^\r\n  --compressed ^\r\n  --insecure'
)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (CHROME_BASH, '{"name":"It\'s ü \n 100% ^ \\"}'),
        (CHROME_CMD, '{"name":"It\'s ü \n 100% ^ \\""}'),
        (OLD_CMD, '{"name":"It\'s ü ^ 100%"}'),
    ],
    ids=["bash", "cmd", "old cmd"],
)
def test_that_what_a_browser_copies_is_understood(text: str, body: str) -> None:
    draft = read(text)
    assert (draft.method, draft.path) == ("POST", "/items")
    assert rows(draft, Location.QUERY) == [("q", "a b")]
    assert rows(draft, Location.HEADER) == [("Accept-Language", "en-GB,en;q=0.9")]
    assert rows(draft, Location.COOKIE) == [("session", "abc")]
    assert (draft.body, draft.media_type) == (body, "application/json")
    assert not draft.options.verify


def test_that_powershell_may_break_lines_too() -> None:
    assert rows(read('curl.exe "http://127.0.0.1:8000/" `\n  -H "X-A: 1"'), Location.HEADER) == [("X-A", "1")]


def test_that_what_a_web_page_adds_to_a_command_does_no_harm() -> None:
    draft = read("curl\xa0localhost:8000/x \\  \n\xa0 -H\xa0'X-A: 1' \\ \r\n  -H 'X-B: 2'")
    assert draft.path == "/x"
    assert rows(draft, Location.HEADER) == [("X-A", "1"), ("X-B", "2")]


def test_that_short_options_stand_together_and_long_ones_may_be_cut() -> None:
    draft = read("curl -sSLkXPUT -uada:p:w -m1.5 --connect-timeo 2 -Aagent -e http://from -r 0-9 localhost:8000/x")
    assert draft.method == "PUT"
    assert (draft.auth.kind, draft.auth.username, draft.auth.password) == (AuthKind.BASIC, "ada", "p:w")
    assert draft.options == SendOptions(verify=False, timeout=1.5, connect_timeout=2)
    assert rows(draft, Location.HEADER) == [("User-Agent", "agent"), ("Referer", "http://from"), ("Range", "bytes=0-9")]


def test_that_redirects_are_followed_when_curl_would() -> None:
    assert read("curl -L localhost:8000").options.follow_redirects
    assert not read("curl localhost:8000").options.follow_redirects


@pytest.mark.parametrize(
    ("options", "method"),
    [
        ("", "GET"),
        ("-d a=1", "POST"),
        ("-F a=1", "POST"),
        ("--json {}", "POST"),
        ("-T /etc/hosts", "PUT"),
        ("-I", "HEAD"),
        ("-G -d a=1", "GET"),
        ("-X delete -d a=1", "DELETE"),
    ],
)
def test_that_the_method_is_the_one_that_curl_takes(options: str, method: str) -> None:
    assert read(f"curl localhost:8000/ {options}").method == method


def test_that_data_goes_into_the_query_when_asked() -> None:
    draft = read("curl -G 'localhost:8000/x?z=0' -d a=1 --data-urlencode 'b=x y&z' --url-query c=2")
    assert rows(draft, Location.QUERY) == [("z", "0"), ("c", "2"), ("a", "1"), ("b", "x y&z")]
    assert draft.body_kind is BodyKind.NONE


def test_that_json_says_what_it_is_and_other_text_is_what_curl_says() -> None:
    draft = read("""curl localhost:8000 --json '{"a":' --json '1}'""")
    assert (draft.body, draft.media_type) == ('{"a":1}', "application/json")
    assert rows(draft, Location.HEADER) == [("Accept", "application/json")]
    mistake = read("""curl localhost:8000 -d '{"a": "b=c"}'""")
    assert (mistake.body_kind, mistake.media_type) == (BodyKind.TEXT, "application/x-www-form-urlencoded")
    assert read("curl localhost:8000 -H Content-Type: -d x").media_type == ""


def test_that_the_parts_of_a_form_are_rows() -> None:
    draft = read(
        "curl localhost:8000 -F 'a=1' -F 'b=\"x;y\\\"\";type=text/plain' -F 'f=@/a b.png;type=image/png' -F g=@/x,/y "
        "-F 'h=@\"/p,q;r.txt\";filename=\"p,q;r.txt\"' --form-string 'c=@z;type=t' "
        "-H 'Content-Type: multipart/form-data; boundary=old'"
    )
    assert draft.fields == (
        FormField(name="a", text="1"),
        FormField(name="b", text='x;y"', content_type="text/plain"),
        FormField(name="f", is_file=True, file="/a b.png", content_type="image/png"),
        FormField(name="g", is_file=True, file="/x"),
        FormField(name="g", is_file=True, file="/y"),
        FormField(name="h", is_file=True, file="/p,q;r.txt"),
        FormField(name="c", text="@z;type=t"),
    )
    assert draft.body_kind is BodyKind.MULTIPART
    assert rows(draft, Location.HEADER) == []


@pytest.mark.parametrize(
    ("options", "media_type"),
    [
        ("--data-binary @a.json -H 'Content-Type: application/json'", "application/json"),
        ("-d @a.json", "application/x-www-form-urlencoded"),
        ("-T a.json", "application/json"),
    ],
)
def test_that_a_file_is_a_body(options: str, media_type: str) -> None:
    draft = read(f"curl localhost:8000/x {options}")
    assert (draft.body_kind, draft.file, draft.media_type) == (
        BodyKind.FILE,
        str(Path("a.json").absolute()),
        media_type,
    )


def test_that_an_address_is_read_as_curl_reads_it() -> None:
    assert read("curl localhost:8000/files/../../x/./y/..").path == "/x/"
    assert read("curl --path-as-is localhost:8000/files/../../x").path == "/files/../../x"
    assert read("curl http://127.0.0.1:8000").path == "/"
    assert read("curl 'http://localhost:8000/a?b=1#c'").path == "/a"
    assert rows(read("curl localhost:8000/a?b=1&c=2"), Location.QUERY) == [("b", "1"), ("c", "2")]
    assert read("curl -T /a/b.txt localhost:8000/x/").path == "/x/b.txt"
    assert read("curl https://example.com/a?b=1").url_override == "https://example.com/a?b=1"
    user = read("curl http://ada:p%40ss@localhost:8000/a")
    assert (user.auth.username, user.auth.password, user.url_override) == ("ada", "p@ss", None)


def test_that_headers_of_our_own_are_dropped_only_when_they_are_the_same() -> None:
    text = "curl localhost:8000 -H 'Accept: */*' -H 'Accept-Encoding: gzip, deflate, br' -H 'Host: localhost:8000'"
    assert rows(read(text), Location.HEADER) == [("Accept-Encoding", "gzip, deflate, br")]
    assert rows(read("curl localhost:8000 -H 'Host: other'"), Location.HEADER) == [("Host", "other")]
    assert rows(read("curl localhost:8000 -d ab -H 'Content-Length: 2'"), Location.HEADER) == []
    assert rows(read("curl localhost:8000 -d ab -H 'Content-Length: 9'"), Location.HEADER) == [("Content-Length", "9")]


def test_that_authentication_is_understood_and_what_is_not_stays_a_header() -> None:
    basic = read("curl localhost:8000 -H 'authorization: basic em/DqzphOmI='").auth
    assert (basic.kind, basic.username, basic.password) == (AuthKind.BASIC, "zoë", "a:b")
    for other in ("Digest a=b", "Basic !!", "Token x"):
        draft = read(f"curl localhost:8000 -H 'Authorization: {other}'")
        assert draft.auth.kind is AuthKind.NONE
        assert rows(draft, Location.HEADER) == [("Authorization", other)]
    assert read("curl localhost:8000 --oauth2-bearer x").auth.token == "x"


def test_that_the_token_url_of_the_app_is_kept_for_later() -> None:
    auth = read("curl localhost:8000/me -H 'Authorization: Bearer x'", CATALOGUE).auth
    assert (auth.kind, auth.token, auth.token_url) == (AuthKind.BEARER, "x", "token")


def test_that_a_variable_in_the_place_of_a_secret_is_asked_for() -> None:
    draft = read(
        "curl 'localhost:8000/login?api_key='\"$API_KEY\" -H \"Authorization: Bearer $TOKEN\" -H 'X-Home: $HOME' "
        "-b 'session='\"${SESSION}\" -d username=ada -d 'password='\"$PASSWORD\"",
        CATALOGUE,
    )
    assert (draft.auth.kind, draft.auth.token, draft.auth.ask) == (AuthKind.BEARER, "", True)
    found: tuple[Value | FormField, ...] = (*draft.values, *draft.fields)
    asked = {row.name: row.text for row in found if row.ask}
    assert asked == {"api_key": None, "session": None, "password": None}
    assert rows(draft, Location.HEADER) == [("X-Home", "$HOME")]
    assert [field.text for field in draft.fields if field.name == "username"] == ["ada"]


def test_that_a_command_may_be_written_in_rarer_ways() -> None:
    assert read("curl -v --no-location -- localhost:8000/-x").path == "/-x"
    assert rows(read("curl localhost:8000 -H 'Cookie: a=1; b'"), Location.COOKIE) == [("a", "1"), ("b", "")]
    latin = read("curl localhost:8000 -d name=%E9")
    assert (latin.body_kind, latin.body) == (BodyKind.TEXT, "name=%E9")


@pytest.mark.parametrize(
    ("text", "ignored"),
    [
        ("curl localhost:8000 -x proxy:1 --digest", ("--proxy proxy:1", "--digest")),
        ("curl localhost:8000 | jq . > out.json", ("| jq . > out.json",)),
        ("curl localhost:8000; echo done", ("; echo done",)),
        ("curl localhost:8000 -s\ncurl localhost:8000/other", ("curl localhost:8000/other",)),
        ("curl localhost:8000 --next localhost:8000/other", ("--next",)),
        ("curl localhost:8000 localhost:8000/b", ("localhost:8000/b",)),
        ("curl localhost:8000 -b jar.txt -c jar.txt", ("-b jar.txt", "--cookie-jar jar.txt")),
        ("curl localhost:8000 -F 'a=@/x;filename=y'", ("filename=y",)),
        ("curl localhost:8000 -H Accept: -H @file", ("-H Accept:", "-H @file")),
        ("curl -sSvifgN#O -o x -w '%{http_code}' --retry 3 --http1.1 --no-keepalive localhost:8000", ()),
    ],
)
def test_that_what_has_no_place_is_named(text: str, ignored: tuple[str, ...]) -> None:
    assert draft_from_curl(text, BASE, NOTHING).ignored == ignored


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("wget x", "must begin with the word curl"),
        ("curl -v", "has no address"),
        ("curl 'http://x", "The quote ' that begins at “'http://x” is not closed"),
        ('curl "http://x', 'The quote " that begins'),
        ("curl $'http://x", "is not closed"),
        ('curl ^"http://x', 'The quote " that begins'),
        ("curl --what x", "--what is no option of curl"),
        ("curl -? x", r"-\? is no option of curl"),
        ("curl --re x", "--re is no option"),
        ("curl 'x y://a'", "is no address"),
        ("curl x -X", "The option -X needs a value"),
        ("curl x -m soon", "--max-time soon is no number"),
        ("curl x -d @-", "what another program writes"),
        ("curl x -d a -F b=1", "mixes several kinds of body"),
        ("curl x -d a -d @b", "mixes several kinds of body"),
        ("curl x -d @a -d @b", "several files"),
        ("curl x -G -d @a", "puts a file into the address"),
        ("curl x -F a", "is no part of a form"),
        ("curl x -F 'a=<b'", "takes its text from a file"),
        ("curl x --data-urlencode a@b", "takes its text from a file"),
    ],
)
def test_that_what_cannot_be_understood_is_said_in_a_sentence(text: str, words: str) -> None:
    with pytest.raises(CurlError, match=words):
        draft_from_curl(text, BASE, NOTHING)


@given(st.text(max_size=40) | st.text(alphabet="-XdFHbu@=;:'\"\\$^`&|#%\n {}[]/ax1", max_size=60))
def test_that_no_text_makes_it_fail_otherwise(text: str) -> None:
    found = None
    with suppress(CurlError):
        found = draft_from_curl(f"curl {text}", BASE, CATALOGUE)
    assert found is None or isinstance(found, Imported)


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed here")
@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["'a b'", '"c d"', r"$'e\n\x41\u00e9\101\''", r"\ ", "\\\n", '"\\"\\$\\x"', "x", "é", " ", "\t"]
        ),
        min_size=1,
        max_size=8,
    )
)
async def test_that_words_are_those_that_bash_makes(pieces: list[str]) -> None:
    command = "".join(pieces)
    process = await asyncio.create_subprocess_exec(
        "bash",
        "-c",
        f"printf '%s\\0' start {command}\n",
        stdout=asyncio.subprocess.PIPE,
        env={"LC_ALL": "C.UTF-8"},
    )
    output, _ = await process.communicate()
    assert split_command(f"start {command}\n")[0] == output.decode().split("\0")[:-1]
