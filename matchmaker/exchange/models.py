"""What portals said, field by field, so that releases may come in any order, in one file or several."""

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

Fields = dict[str, list[str]]
"""Value by field, each as [date of the release that said it, value]; dates in ISO, "" when not told."""


class PortalFact(SQLModel, table=True):
    """One process, supplier, award or contract of an OCDS portal.

    `kind` is process, supplier, award or contract. `key` is the ocid of a process, the external id of a supplier's
    profile, `ocid|award|supplier` of an award, `ocid|award|contract` of a contract.
    """

    __tablename__ = "portal_fact"
    __table_args__ = (UniqueConstraint("source", "kind", "key", name="uq_portal_fact"),)

    id: int | None = Field(default=None, primary_key=True)
    source: str = Field(max_length=60)
    kind: str = Field(max_length=10)
    key: str = Field(max_length=400)
    ocid: str = Field(default="", max_length=200, index=True)
    award: str = Field(default="", max_length=200)
    supplier: str = Field(default="", max_length=200, index=True)
    happened_on: str = Field(default="", max_length=10)  # of an award: ISO date, to find the newest
    fields: Fields = Field(default_factory=dict, sa_type=JSON)
