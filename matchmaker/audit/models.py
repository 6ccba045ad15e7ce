"""The entries of the audit log: ids and codes alone, so that erasing a person leaves the proof whole."""

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from matchmaker.store.database import UtcDateTime


class AuditEntry(SQLModel, table=True):
    """One act. `account_id` is no foreign key: the entry outlives the account."""

    __tablename__ = "audit_entry"
    __table_args__ = {"info": {"append_only": True}}  # the database refuses changes: see migrations/append_only.py

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    account_id: int | None = Field(default=None)
    act: str = Field(max_length=60)
    subject: str = Field(max_length=40)
    subject_id: int
    codes: dict[str, str | int | bool | None] = Field(default_factory=dict, sa_type=JSON)
    digest: str = Field(max_length=64, unique=True)
