"""Column shapes that the tables share."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from sqlalchemy import DateTime, ForeignKeyConstraint
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import Uuid

Key = Annotated[UUID, mapped_column(Uuid, primary_key=True)]
Reference = Annotated[UUID, mapped_column(Uuid)]
Moment = Annotated[datetime, mapped_column(DateTime(timezone=True))]


def refers(column: str, table: str, *, name: str | None = None) -> ForeignKeyConstraint:
    """A reference inside one practice: composite, so that a row cannot point into another practice."""
    return ForeignKeyConstraint(["practice_id", column], [f"{table}.practice_id", f"{table}.id"], name=name)
