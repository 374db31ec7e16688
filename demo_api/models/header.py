"""Headers: what the chapter reads and answers with."""

from typing import Annotated

from pydantic import BaseModel, Field

ShortText = Annotated[str, Field(max_length=200)]


class ClientHeaders(BaseModel):
    """What clients tell of themselves. Each field is a header: `user_agent` is `User-Agent`."""

    user_agent: str | None = Field(default=None, max_length=500, description="Which program is asking.")
    accept_language: str | None = Field(default=None, max_length=200, description="Which languages it would like.")
    x_tag: list[ShortText] = Field(default_factory=list, max_length=20, description="A header that may come often.")


class HeaderValue(BaseModel):
    """One header, as it arrived in the route."""

    parameter: str = Field(description="The name of the parameter in Python.")
    header: str = Field(description="The name of the header FastAPI looked for.")
    value: str | None = Field(description="What was in it; null when it was not sent.")


class HeaderValues(BaseModel):
    """All headers of one name."""

    header: str = Field(description="The name of the header.")
    values: list[str] = Field(description="One entry for each line the client sent.")


class ExposedHeaders(BaseModel):
    """What the script of a web page can see of an answer from another address."""

    readable: list[str] = Field(description="Headers that the server lets it read.")
    hidden: list[str] = Field(description="Headers that arrive, but only the browser sees.")
