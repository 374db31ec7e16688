"""What the chapter "Middleware" answers with."""

from pydantic import BaseModel, Field


class Wrapped(BaseModel):
    """One application, and what is around it."""

    address: str = Field(description="Where it is mounted; `/` is the shop itself.")
    layers: list[str] = Field(description="The outermost first: it meets the request before all others.")


class Way(BaseModel):
    """The way of one request to its route. The way back is in the header `X-Way-Out`."""

    way_in: list[str] = Field(description="Which layers it met, in this order.")


class LoggedRequest(BaseModel):
    """One request, as a middleware saw it."""

    line: str = Field(description="Method, path and status code.")
    took_ms: float = Field(description="From the first message to the last, in milliseconds.")
    messages: list[str] = Field(description="What server and application said to each other, in ASGI's words.")


class Permission(BaseModel):
    """Whether a browser lets a web page read the answer."""

    origin: str | None = Field(description="Which page asked; null when it was no page, or a page of this server.")
    allowed: bool = Field(description="Whether the page may read this answer.")
    reason: str = Field(description="Why.")
