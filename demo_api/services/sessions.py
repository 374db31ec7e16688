"""Sessions without a table: the cookie holds everything, and a signature shows whether anybody changed it.

Signed is not secret: everybody can read such a cookie, but only who knows the key can write one. Nothing is kept here,
so any number of server processes can share the work, if they share the key.
"""

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from pydantic import ValidationError

from demo_api.models.cookie import Visit

LIFETIME = timedelta(minutes=30)


def begin(name: str) -> Visit:
    """Return a session that ends half an hour from now."""
    return Visit(name=name, ends_at=datetime.now(UTC).replace(microsecond=0) + LIFETIME)


def seal(visit: Visit, key: str) -> str:
    """Return the session as text that fits into a cookie: its content, a dot, and the signature."""
    # Without the `=` at its end: a cookie with one travels in quotation marks, which not every client takes off.
    content = base64.urlsafe_b64encode(visit.model_dump_json().encode()).decode().rstrip("=")
    return f"{content}.{_sign(content, key)}"


def unseal(text: str, key: str) -> Visit | None:
    """Return the session in a cookie; None when somebody wrote it without the key, or when it has ended."""
    content, _, signature = text.rpartition(".")
    # compare_digest takes the same time for each wrong answer; `==` would tell how many letters are right
    if not hmac.compare_digest(signature.encode(), _sign(content, key).encode()):
        return None
    try:
        visit = Visit.model_validate_json(base64.urlsafe_b64decode(content + "=" * (-len(content) % 4)))
    except (ValueError, ValidationError):
        return None
    return visit if visit.ends_at > datetime.now(UTC) else None


def _sign(content: str, key: str) -> str:
    # The first words keep this signature apart from others that are made with the same key.
    return hmac.new(key.encode(), b"demo_api session:" + content.encode(), hashlib.sha256).hexdigest()
