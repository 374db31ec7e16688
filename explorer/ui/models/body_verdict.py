"""The line below a body, and the count on its tab: what will be sent, and whether it fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from explorer.client.draft import BodyKind, RequestDraft
from explorer.openapi.hints import Hint
from explorer.openapi.media_types import is_json
from explorer.openapi.operations import Body
from explorer.ui.models.file_facts import FileFact
from explorer.ui.wording import count_text, size_text

_ANYWAY = "You may still send it — that is how you learn what the server says."


@dataclass(frozen=True, slots=True)
class Verdict:
    """One verdict.

    Attributes:
        icon: its sign.
        token: the colour of sign and sentence.
        sentence: the verdict.
        details: what follows in grey.
        count: what the tab counts, and whether it counts mistakes.
    """

    icon: str
    token: str
    sentence: str
    details: str = ""
    count: tuple[str, bool] = ("", False)


def body_verdict(
    draft: RequestDraft,
    body: Body | None,
    *,
    hints: tuple[Hint, ...],
    field_hints: Mapping[int, tuple[Hint, ...]],
    facts: Mapping[str, FileFact],
    noted: int,
    checked: bool,
) -> Verdict:
    """Return the verdict on a draft's body.

    Args:
        draft: what is to be sent.
        body: what the operation says of this media type; None when it says nothing.
        hints: remarks about a JSON text.
        field_hints: remarks about the rows of a form.
        facts: what is known of the files.
        noted: how many fields of the text the model knows.
        checked: whether the text is short enough to be checked.
    """
    match draft.body_kind:
        case BodyKind.NONE:
            return Verdict("info", "t3", "No body is sent.")
        case BodyKind.FILE:
            return _of_file(draft, facts)
        case BodyKind.URLENCODED | BodyKind.MULTIPART:
            return _of_rows(draft, body, field_hints, facts)
        case _:
            return _of_text(draft, body, hints, noted, checked=checked)


def _of_text(draft: RequestDraft, body: Body | None, hints: tuple[Hint, ...], noted: int, *, checked: bool) -> Verdict:
    text = draft.body or ""
    model = (body.model if body is not None else "") or "the schema"
    errors = sum(hint.error for hint in hints)
    count = (count_text(errors, "error"), True) if errors else (str(noted or ""), False)
    if not text:
        needed = body is not None and body.required
        sentence = "The body is empty" + (", and the server wants one." if needed else ".")
        return Verdict("alert" if needed else "info", "warn" if needed else "t3", sentence, count=count)
    size = size_text(len(text.encode("utf-8", "surrogatepass")))
    if not checked:
        sentence = f"{size} · too long for colours and remarks; it is sent as it is"
        return Verdict("info", "t3", sentence, count=("", False))
    if errors:
        return Verdict("alert", "err", f"{count_text(errors, 'problem')} against {model}. {_ANYWAY}", count=count)
    if body is None or not is_json(draft.media_type):
        return Verdict("info", "t3", f"{size} · sent as typed", count=count)
    details = f"· {size} · checked against the OpenAPI schema while you type"
    return Verdict("check", "ok", f"Matches {model}", details, count)


def _of_rows(
    draft: RequestDraft, body: Body | None, hints: Mapping[int, tuple[Hint, ...]], facts: Mapping[str, FileFact]
) -> Verdict:
    multipart = draft.body_kind is BodyKind.MULTIPART
    on = [field for field in draft.fields if field.enabled]
    files = [field.file for field in on if field.is_file and field.file is not None and multipart]
    texts = [field for field in on if not field.is_file and field.text is not None]
    gone = [path for path in files if path in facts and facts[path].problem]
    errors = sum(hint.error for those in hints.values() for hint in those)
    wrong = errors + len(gone)
    sent = len(files) + len(texts)
    count = (count_text(wrong, "error"), True) if wrong else (str(sent or ""), False)
    if gone:
        names = count_text(len(gone), "file") + (" is" if len(gone) == 1 else " are")
        return Verdict("alert", "err", f"{names} missing. Choose again, or switch the row off.", count=count)
    if errors:
        model = (body.model if body is not None else "") or "the schema"
        return Verdict("alert", "err", f"{count_text(errors, 'problem')} against {model}. {_ANYWAY}", count=count)
    parts = [count_text(len(found), noun) for found, noun in ((texts, "field"), (files, "file")) if found]
    size = sum(facts[path].size or 0 for path in files if path in facts)
    what = f"Sends {' and '.join(parts)}" if sent else "Nothing is filled in, so an empty form is sent"
    icon, token = ("check", "ok") if sent else ("info", "t3")
    return Verdict(icon, token, what, f"· {size_text(size)}" if size else "", count)


def _of_file(draft: RequestDraft, facts: Mapping[str, FileFact]) -> Verdict:
    if draft.file is None:
        return Verdict("alert", "warn", "No file is chosen yet, so nothing is sent.")
    fact = facts.get(draft.file)
    if fact is None:
        return Verdict("info", "t3", "The file is sent as it is.", count=("1", False))
    if fact.problem:
        sentence = f"The file is {fact.problem}. Choose another one."
        return Verdict("alert", "err", sentence, count=("1 error", True))
    media_type = draft.media_type or fact.media_type
    return Verdict("check", "ok", f"Sends {size_text(fact.size or 0)}", f"as {media_type}", ("1", False))
