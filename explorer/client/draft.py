"""A request as a person composes it, before it becomes bytes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from explorer.openapi.operations import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What a person entered for one parameter.

    Attributes:
        location: where it travels.
        name: as it travels.
        text: as typed; None means "not sent", which differs from the empty string.
    """

    location: Location
    name: str
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDraft:
    """A request in the making: immutable, and plain enough to be saved as JSON.

    Attributes:
        method: upper case.
        path: the template, such as ``/items/{item_id}``.
        values: one for each row of the form, in its order; a name may occur again.
        body: the text of the body; None means that no body is sent.
        media_type: of the body.
        url_override: the target as typed (path and query, or a whole URL that leads to another server) when it does not
            fit the template; None normally.
    """

    method: str
    path: str
    values: tuple[Value, ...] = ()
    body: str | None = None
    media_type: str = "application/json"
    url_override: str | None = None

    @property
    def key(self) -> str:
        """The operation it belongs to, as `Operation.key`."""
        return f"{self.method} {self.path}"

    def value(self, location: Location, name: str) -> str | None:
        """Return the text entered for a parameter, or None when it is not sent."""
        return next((v.text for v in self.values if v.location == location and v.name == name), None)

    def with_value(self, location: Location, name: str, text: str | None) -> RequestDraft:
        """Return a draft in which the first such parameter has `text`; it is added when it was not there."""
        values = list(self.values)
        new = Value(location=location, name=name, text=text)
        for i, value in enumerate(values):
            if (value.location, value.name) == (location, name):
                values[i] = new
                break
        else:
            values.append(new)
        return replace(self, values=tuple(values))
