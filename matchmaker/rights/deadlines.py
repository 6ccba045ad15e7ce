"""Until when each country wants an answer: a list with a version, each term with its law and article."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from matchmaker.rights.models import Right
from matchmaker.rights.versions import newest


class Counting(StrEnum):
    """How the days of a term are counted. Working days are Monday to Friday: holidays would only lengthen a term."""

    CALENDAR = "calendar"
    WORKING = "working"
    MONTHS = "months"


@dataclass(frozen=True)
class Term:
    """How long an answer may take by an article; `extension` is as much again as the law allows, 0 for none.

    `is_checked`: read in the text of the law or on an official page, not only known.
    """

    length: int
    counting: Counting
    article: str
    extension: int = 0
    is_checked: bool = False


@dataclass(frozen=True)
class Law:
    """The terms of one law; it holds in its countries from a day (included) until another (not included).

    The rule of the house has no name and no countries.
    """

    countries: tuple[str, ...]
    law: str
    terms: Mapping[Right, Term]
    since: date = date.min
    until: date = date.max
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Deadlines:
    """All laws of one version. `house` is the alliance's own rule, where no law names a term."""

    version: str
    remind_days_before: int
    house: Law
    laws: tuple[Law, ...]

    def law_for(self, right: Right, *, country: str, day: date) -> Law:
        """The law that names the term of a right in a country on a day; else the rule of the house."""
        for law in self.laws:
            if country in law.countries and law.since <= day < law.until and right in law.terms:
                return law
        return self.house


def load_deadlines(directory: Path) -> Deadlines:
    """The newest terms of `data/rights`."""
    data = newest(directory / "deadlines")
    laws = tuple(_law(item) for item in data["laws"])
    return Deadlines(data["version"], data["remind_days_before"], _law(data["house"]), laws)


def _law(data: dict[str, Any]) -> Law:
    return Law(
        countries=tuple(data.get("countries", ())),
        law=data["law"],
        terms={Right(kind): _term(item) for item in data["terms"] for kind in item["kinds"]},
        since=date.fromisoformat(data["from"]) if "from" in data else date.min,
        until=date.fromisoformat(data["until"]) if "until" in data else date.max,
        source=data.get("source", ""),
        note=data.get("note", ""),
    )


def _term(data: dict[str, Any]) -> Term:
    return Term(
        length=data["length"],
        counting=Counting(data["counting"]),
        article=data["article"],
        extension=data.get("extension", 0),
        is_checked=data.get("is_checked", False),
    )
