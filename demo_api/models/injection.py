"""What the chapters "APIRouter", "Dependency injection" and "Async and blocking" answer with."""

from pydantic import BaseModel, Field


class Greeting(BaseModel):
    """What a dependency made of a query parameter."""

    text: str = Field(description="The greeting.")


class Workers(BaseModel):
    """Which threads did the work."""

    sync_dependency: str = Field(description="The thread that ran the dependency written with `def`.")
    async_dependency: str = Field(description="The thread that ran the dependency written with `async def`.")
    route: str = Field(description="The thread that ran the route.")


class Basket(BaseModel):
    """A price, worked out by dependencies that need each other."""

    customer: str = Field(description="Who buys.")
    discount: int = Field(description="In percent.")
    price: float = Field(description="What 100 euros cost this customer.")
    order: list[str] = Field(description="In which order the dependencies ran.")


class Checked(BaseModel):
    """What two class dependencies found."""

    skip: int = Field(description="From the class whose arguments are query parameters.")
    limit: int = Field(description="From the same class.")
    allowed: bool = Field(description="From the object that was made with a limit of its own.")


class Draws(BaseModel):
    """Numbers that several dependencies got from the same one."""

    first: int = Field(description="What the first dependency got.")
    second: int = Field(description="What the second got: the same, from the cache of this request.")
    fresh: int = Field(description="What was got with `use_cache=False`.")
    ran: int = Field(description="How often the shared dependency ran.")


class Levels(BaseModel):
    """Which levels brought a dependency, in the order in which they ran."""

    order: list[str] = Field(description="The outermost first.")


class Ran(BaseModel):
    """How often a dependency ran for this request."""

    times: int = Field(description="How often.")
    declared: list[str] = Field(description="Where it is declared.")


class Catalogue(BaseModel):
    """One address of a router that is included twice."""

    version: int = Field(description="Which version of the API answered.")
    path: str = Field(description="The address that was asked.")


class Report(BaseModel):
    """Something that only the staff may see."""

    text: str = Field(description="The report.")


class Wait(BaseModel):
    """How one request waited. Send twenty at once and compare."""

    style: str = Field(description="How the route is written.")
    thread: str = Field(description="The thread that ran it.")
    started_ms: float = Field(description="When the route began, in milliseconds since the shop opened.")
    ended_ms: float = Field(description="When it ended, on the same clock.")
