"""How callers prove who they are, as a document declares it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explorer.openapi.operations import Location, SchemeKind, SecurityScheme
from explorer.openapi.raw import listing, mapping, text
from explorer.openapi.schema import resolve


def read_schemes(document: Mapping[str, Any], prefix: str = "") -> tuple[SecurityScheme, ...]:
    """Read the schemes; under a mount's `prefix`, a relative address is meant to be below it."""
    components = mapping(document.get("components"))
    raw = mapping(components.get("securitySchemes"))
    return tuple(_scheme(str(name), resolve(entry, document), prefix) for name, entry in raw.items())


def read_security(raw: object) -> tuple[str, ...]:
    """Return the names of the schemes in a list of requirements, each once and in their order."""
    return tuple(dict.fromkeys(str(name) for entry in listing(raw) for name in mapping(entry)))


def _scheme(name: str, raw: Mapping[str, Any], prefix: str) -> SecurityScheme:
    description = text(raw, "description")
    password = mapping(mapping(raw.get("flows")).get("password"))
    match raw.get("type"), text(raw, "scheme").lower():
        case "http", "bearer":
            return SecurityScheme(name=name, kind=SchemeKind.BEARER, description=description)
        case "http", "basic":
            return SecurityScheme(name=name, kind=SchemeKind.BASIC, description=description)
        case "apiKey", _ if raw.get("in") in ("header", "query", "cookie") and text(raw, "name"):
            return SecurityScheme(
                name=name,
                kind=SchemeKind.API_KEY,
                description=description,
                key_name=text(raw, "name"),
                key_location=Location(raw["in"]),
            )
        case "oauth2", _ if password:
            return SecurityScheme(
                name=name,
                kind=SchemeKind.OAUTH2_PASSWORD,
                description=description,
                token_url=_below(prefix, text(password, "tokenUrl")),
                scopes=tuple((str(scope), str(what)) for scope, what in mapping(password.get("scopes")).items()),
            )
    return SecurityScheme(name=name, kind=SchemeKind.OTHER, description=description)


def _below(prefix: str, address: str) -> str:
    is_relative = not address.startswith("/") and "://" not in address
    return f"{prefix}/{address.removeprefix('./')}" if prefix and address and is_relative else address
