"""Migrations: what the chapter "Alembic" answers with."""

from pydantic import BaseModel, Field


class Migration(BaseModel):
    """One step in the history of the tables."""

    revision: str = Field(description="Its name.")
    after: str | None = Field(description="The step before it; null for the first.")
    title: str = Field(description="What it is about.")
    applied: bool = Field(description="Whether this database has made it.")
    current: bool = Field(description="Whether this database stands here: it is what `alembic_version` says.")
    head: bool = Field(description="Whether it is the newest.")


class MigrationSource(BaseModel):
    """What one step does, in Python."""

    revision: str = Field(description="Its name.")
    title: str = Field(description="What it is about.")
    upgrade: str = Field(description="The way forward.")
    downgrade: str = Field(description="The way back.")


class MigrationState(BaseModel):
    """Where the database stands."""

    current: str | None = Field(description="The row in the table `alembic_version`; null when there is none.")
    head: str = Field(description="The newest revision that this code knows.")
    pending: list[str] = Field(description="The revisions it still needs.")
    advice: str | None = Field(description="What to do about it; null when there is nothing to do.")


class Registry(BaseModel):
    """The tables, as the models and the database have them."""

    models: list[str] = Field(description="Tables in `SQLModel.metadata`: those whose models were imported.")
    database: list[str] = Field(description="Tables in the database.")


class Rename(BaseModel):
    """A rename, as autogenerate sees it, and as it is meant."""

    model: str = Field(description="What was changed in the model.")
    found: list[str] = Field(description="What autogenerate makes of it. All names would be lost.")
    meant: str = Field(description="What you write by hand instead.")
