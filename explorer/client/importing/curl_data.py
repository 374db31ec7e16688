"""The body that curl's options make: texts joined with ``&``, a file, or the parts of a form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote_plus

from explorer.client.draft import FormField
from explorer.client.importing.curl_options import CurlError

DATA_OPTIONS = frozenset(("data", "data-ascii", "data-raw", "data-binary", "data-urlencode", "json"))
FORM_OPTIONS = frozenset(("form", "form-string"))
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_FORM_OPTION = re.compile(r';\s*(type|filename|headers|encoder)=(?:"((?:[^"\\]|\\.)*)"|((?:[^;]|;(?=\s*\w+/))*))')


@dataclass(slots=True)
class CurlData:
    """What the options of a command put into the body.

    Attributes:
        text: of the body; None while no option made one.
        file: whose bytes are the body.
        fields: of a multipart form.
        is_json: whether ``--json`` was among them.
        ignored: what of the options has no place in a draft.
    """

    text: str | None = None
    file: str | None = None
    fields: list[FormField] = field(default_factory=list)
    is_json: bool = False
    ignored: list[str] = field(default_factory=list)

    def add(self, option: str, value: str) -> None:
        """Take an option of `DATA_OPTIONS` or `FORM_OPTIONS`.

        Raises:
            CurlError: it reads what is not here, or cannot stand beside the others.
        """
        if option in FORM_OPTIONS:
            self._add_form(option, value)
        elif option not in ("data-raw", "data-urlencode") and value.startswith("@"):
            self._add_file(option, value[1:])
        else:
            text = _urlencoded(value) if option == "data-urlencode" else value
            separator = "" if option == "json" else "&"  # several of --json are pieces of one text
            self.text = text if self.text is None else f"{self.text}{separator}{text}"
        self.is_json |= option == "json"
        if sum((self.text is not None, self.file is not None, bool(self.fields))) > 1:
            raise CurlError("The command mixes several kinds of body (data, file or form): keep one of them.")

    def _add_file(self, option: str, name: str) -> None:
        if self.file is not None:
            raise CurlError("The command sends several files as one body: keep one of them.")
        self.file = _path(name, f"--{option}")

    def _add_form(self, option: str, value: str) -> None:
        name, equals, content = value.partition("=")
        if not equals:
            raise CurlError(f"“{value[:40]}” is no part of a form: write it as name=value.")
        if option == "form-string":
            self.fields.append(FormField(name=name, text=content))
        elif content.startswith("<"):
            raise CurlError(f"The part {name} takes its text from a file: paste the text in place of {content[:40]}.")
        elif content.startswith("@"):
            self._add_files(name, content[1:])
        else:
            text, options = _split_options(content)
            self.fields.append(FormField(name=name, text=text, content_type=options.get("type", "")))
            self._ignore(options)

    def _add_files(self, name: str, content: str) -> None:
        path, options = _split_options(content)
        paths = [path] if content.startswith('"') else path.split(",")
        self.fields += [
            FormField(name=name, is_file=True, file=_path(each, "-F"), content_type=options.get("type", ""))
            for each in paths
        ]
        if len(paths) == 1 and options.get("filename") == Path(path).name:
            del options["filename"]
        self._ignore(options)

    def _ignore(self, options: dict[str, str]) -> None:
        self.ignored += [f"{name}={value}" for name, value in options.items() if name != "type"]


def _path(name: str, option: str) -> str:
    if name in ("-", "."):
        raise CurlError(f"{option} reads what another program writes: save it to a file, and name that.")
    return str(Path(name).expanduser().absolute())


def _urlencoded(value: str) -> str:
    """Encode what ``--data-urlencode`` takes: ``content``, ``=content`` or ``name=content``."""
    name, equals, content = value.partition("=")
    at_sign = re.match(r"[^=]*@", value)
    if not equals and at_sign is not None:
        raise CurlError("--data-urlencode takes its text from a file: paste the text in its place.")
    if not equals:
        return quote_plus(value)
    return f"{name}={quote_plus(content)}" if name else quote_plus(content)


def _split_options(content: str) -> tuple[str, dict[str, str]]:
    """Return the content of a part and what follows it, such as ``;type=image/png``."""
    quoted = _QUOTED.match(content)
    end = quoted.end() if quoted is not None else len(content)
    if quoted is None:
        first = _FORM_OPTION.search(content)
        end = first.start() if first is not None else end
    options = {}
    for match in _FORM_OPTION.finditer(content, end):
        options[match[1]] = match[3] if match[2] is None else _unquoted(match[2])
    return _unquoted(quoted[1]) if quoted is not None else content[:end], options


def _unquoted(text: str) -> str:
    return re.sub(r'\\(["\\])', r"\1", text)
