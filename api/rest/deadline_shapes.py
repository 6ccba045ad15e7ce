"""What the API says of the terms within which a right is answered."""

from datetime import date

from pydantic import BaseModel

from matchmaker.rights.deadlines import Counting, Deadlines, Law
from matchmaker.rights.models import Right


class TermShape(BaseModel):
    """How long an answer may take."""

    right: Right
    length: int
    counting: Counting
    extension: int
    article: str
    is_checked: bool


class LawShape(BaseModel):
    """The terms of one law; the rule of the alliance has no name and no countries."""

    law: str
    countries: list[str]
    since: date | None
    until: date | None
    source: str
    note: str
    terms: list[TermShape]


class DeadlinesShape(BaseModel):
    """Until when each country wants an answer."""

    version: str
    house: LawShape
    laws: list[LawShape]


def deadlines_shape(found: Deadlines) -> DeadlinesShape:
    """All terms of a version."""
    laws = [_law_shape(law) for law in found.laws]
    return DeadlinesShape(version=found.version, house=_law_shape(found.house), laws=laws)


def _law_shape(law: Law) -> LawShape:
    terms = [TermShape.model_validate({"right": right, **vars(term)}) for right, term in law.terms.items()]
    return LawShape(
        law=law.law,
        countries=list(law.countries),
        since=None if law.since == date.min else law.since,
        until=None if law.until == date.max else law.until,
        source=law.source,
        note=law.note,
        terms=terms,
    )
