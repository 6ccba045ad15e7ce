"""Profiles of all eight kinds, with what they offer and what they have done."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from matchmaker.places.models import Located
from matchmaker.store.database import UtcDateTime
from matchmaker.texts import LINE_CHARACTERS, NAME_CHARACTERS


class Visibility(StrEnum):
    """Who may see a profile. Admission and integrity write it; every read filters by it."""

    VISIBLE = "visible"
    UNCLAIMED = "unclaimed"  # imported, its owner has not spoken: the secretariat alone sees it
    HIDDEN = "hidden"  # not admitted, suspended or withdrawn: in no match, list, feed or agenda


class Profile(Located, table=True):
    """An agent of transformation: public body, firm, entrepreneur, academic, expert, programme, civil society."""

    __tablename__ = "profile"
    __table_args__ = (
        UniqueConstraint("source", "external_id", name="uq_profile_external"),
        Index("ix_profile_list", "visibility", "name", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    source: str = Field(default="", max_length=60)  # which import brought it; empty when typed here
    external_id: str | None = Field(default=None, max_length=LINE_CHARACTERS)
    kind: str = Field(max_length=60, index=True)
    name: str = Field(max_length=NAME_CHARACTERS)
    language: str = Field(max_length=3)
    summary: str = Field(default="")
    description: str = Field(default="")
    languages: list[str] = Field(default_factory=list, sa_type=JSON)
    delivery_area: list[str] = Field(default_factory=list, sa_type=JSON)  # ISO countries; "*" is anywhere
    areas: list[str] = Field(default_factory=list, sa_type=JSON)
    taxonomy_version: str = Field(default="", max_length=20)
    website: str = Field(default="", max_length=LINE_CHARACTERS)
    email: str = Field(default="", max_length=LINE_CHARACTERS)  # a contact: never shown before two yeses
    registration_number: str = Field(default="", max_length=LINE_CHARACTERS)  # tax or company number: never shown
    address: str = Field(default="", max_length=LINE_CHARACTERS)  # street and number: never shown
    facts: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)  # {"text", "source"} on the place
    visibility: str = Field(default=Visibility.VISIBLE, max_length=20)
    visibility_unblocked: str = Field(default="", max_length=20)  # while it is blocked: how it is seen afterwards
    is_in_feeds: bool = Field(default=True)  # its challenges stand in the feeds and digests of others
    is_demo: bool = Field(default=False)
    import_digest: str = Field(default="", max_length=32)  # of the row last imported: the same row changes nothing
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class Offer(SQLModel, table=True):
    """One thing the agent can do."""

    __tablename__ = "offer"

    id: int | None = Field(default=None, primary_key=True)
    profile_id: int = Field(foreign_key="profile.id", index=True, ondelete="CASCADE")
    position: int
    title: str = Field(max_length=LINE_CHARACTERS)
    text: str


class Experience(Located, table=True):
    """Something the agent did: where, what, with which result, for whom."""

    __tablename__ = "experience"

    id: int | None = Field(default=None, primary_key=True)
    profile_id: int = Field(foreign_key="profile.id", index=True, ondelete="CASCADE")
    position: int
    title: str = Field(max_length=LINE_CHARACTERS)
    year: int | None = None
    text: str
    result: str = Field(default="")
    for_whom: str = Field(default="")


class Part(StrEnum):
    """What an account may do for a profile."""

    REPRESENTATIVE = "representative"  # speaks for it: consents, signs, declares
    EDITOR = "editor"  # writes its words


class Representation(SQLModel, table=True):
    """An account that acts for a profile."""

    __tablename__ = "representation"

    account_id: int = Field(foreign_key="account.id", primary_key=True, ondelete="CASCADE")
    profile_id: int = Field(foreign_key="profile.id", primary_key=True, ondelete="CASCADE")
    part: str = Field(default=Part.REPRESENTATIVE, max_length=20)
    called: str = Field(default="", max_length=200)  # by whoever added them; empty for those who came by themselves


class WorkingCopy(SQLModel, table=True):
    """A profile as it is being written, until it is published: in no list, no match and no index.

    `words` are those of a `ProfileDraft`, but for what nobody is shown, which is kept only when it was given anew.
    """

    __tablename__ = "working_copy"

    profile_id: int = Field(foreign_key="profile.id", primary_key=True, ondelete="CASCADE")
    words: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    is_first: bool = Field(default=False)  # the profile was never published before
    saved_at: datetime = Field(sa_type=UtcDateTime)


class ImportRefusal(SQLModel, table=True):
    """An owner does not want the profile that `source` brings under a number, of which only a digest is kept."""

    __tablename__ = "import_refusal"
    __table_args__ = (UniqueConstraint("source", "digest", name="uq_import_refusal"),)

    id: int | None = Field(default=None, primary_key=True)
    source: str = Field(max_length=60)
    digest: str = Field(max_length=64)
    refused_at: datetime = Field(sa_type=UtcDateTime)
