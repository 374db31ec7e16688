"""The messages of a WebSocket as rows of its X-ray: the first ones and the last, and how many came between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explorer.trace.conversation import Message
from explorer.ui.models.ladder_words import delta_words
from explorer.ui.wording import size_text

MOST_AT_EACH_END = 8
_SHOWN_BYTES = 120


def message_texts(messages: Sequence[Message], starts_ns: int) -> Iterator[tuple[str, str, str]]:
    """Yield number, words and size with the time since the message before, for each row.

    A row that stands for several messages has an empty number.
    """
    first = [m for m in messages[:MOST_AT_EACH_END] if m.count == 1]
    last = [m for m in messages[len(first) :][-MOST_AT_EACH_END:] if m.count == 1]
    left_out = messages[len(first) : len(messages) - len(last)]
    before_ns = starts_ns
    for message in first:
        yield _row(message, before_ns)
        before_ns = message.at_ns
    if left_out:
        count = sum(message.count for message in left_out)
        size = sum(message.size for message in left_out)
        yield "", f"{count:,} more message{'' if count == 1 else 's'}", size_text(size)
        before_ns = left_out[-1].at_ns
    for message in last:
        yield _row(message, before_ns)
        before_ns = message.at_ns


def _row(message: Message, before_ns: int) -> tuple[str, str, str]:
    way = "↑" if message.to_server else "↓"
    return (
        str(message.place),
        f"{way} {_shown(message)}",
        f"{size_text(message.size)}  {delta_words(max(0, message.at_ns - before_ns))}",
    )


def _shown(message: Message) -> str:
    start = message.payload[:_SHOWN_BYTES]
    if not message.is_text:
        return start[: _SHOWN_BYTES // 3].hex(" ")
    return " ".join(start.decode("utf-8", "replace").split())
