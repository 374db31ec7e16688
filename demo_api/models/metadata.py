"""What the chapter "Metadata and docs" answers with."""

from pydantic import BaseModel, ConfigDict, Field


class About(BaseModel):
    """What the documentation says of the whole application."""

    title: str = Field(description="Its name.")
    version: str = Field(description="The version of the API, not of FastAPI.")
    summary: str = Field(description="One sentence.")
    terms: str = Field(description="Where the terms of service are.")
    contact: str = Field(description="Whom to ask.")
    licence: str = Field(description="Under which licence it may be used.")
    docs: list[str] = Field(description="Where the documentation is, and the document it is drawn from.")


class Chapter(BaseModel):
    """A tag: a group of operations."""

    name: str = Field(description="The tag.")
    description: str = Field(description="What it is about.")
    operations: int = Field(description="How many operations have it.")


class Voucher(BaseModel):
    """A voucher to be redeemed."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"code": "SPRING", "total": 40.0}]})

    code: str = Field(min_length=1, max_length=20, description="What is printed on it.")
    total: float = Field(gt=0, le=1_000_000, description="What the order costs without it, in euros.")


class Redeemed(BaseModel):
    """What the order costs with the voucher."""

    total: float = Field(description="In euros.")


class Note(BaseModel):
    """An answer of one sentence."""

    message: str = Field(description="The sentence.")
