"""The rules as data: versions of the code of ethics, terms in days, public mail hosts."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from matchmaker.errors import InvalidInputError, NotFoundError
from matchmaker.integrity.models import IncidentState
from matchmaker.taxonomy.models import Words
from matchmaker.taxonomy.rules import version_order

RULES = Path(__file__).resolve().parents[2] / "data" / "integrity"


@dataclass(frozen=True)
class Article:
    """One rule of the code, with a stable code by which incidents name it."""

    code: str
    title: Words
    text: Words


@dataclass(frozen=True)
class CodeOfEthics:
    """One version. It is in force from a day (UTC) on; members have `grace_days` to sign it."""

    version: str
    provisional: bool
    in_force_from: date
    grace_days: int
    source: Words
    title: Words
    preamble: Words
    articles: tuple[Article, ...]

    def check_article(self, code: str) -> None:
        """Raise `unknown_code` when no article has this code."""
        known = [article.code for article in self.articles]
        if code not in known:
            raise InvalidInputError("unknown_code", field="article", value=code, known=known)


@dataclass(frozen=True)
class DeclarationTerms:
    """Days that a declaration holds, before its end that a letter asks for the next, after it until it is overdue."""

    valid_days: int
    asked_days_before: int
    grace_days: int
    reminder_after_days: int


@dataclass(frozen=True)
class Rulebook:
    """Everything that integrity reads from data. `codes` stand oldest first; `incident_days` are those of each state.

    `most_holders`: a mail domain or address of more profiles than this is no evidence.
    """

    codes: tuple[CodeOfEthics, ...]
    declaration: DeclarationTerms
    incident_days: Mapping[IncidentState, int]
    most_holders: int
    mail_hosts: frozenset[str]

    def in_force(self, now: datetime) -> CodeOfEthics:
        """The newest version in force; the first one before any is, so that members can sign it in advance."""
        begun = [code for code in self.codes if code.in_force_from <= now.date()]
        return begun[-1] if begun else self.codes[0]

    def code(self, version: str) -> CodeOfEthics:
        """One version. Raises `code_of_ethics_unknown`."""
        found = next((code for code in self.codes if code.version == version), None)
        if found is None:
            known = ", ".join(code.version for code in self.codes)
            raise NotFoundError("code_of_ethics_unknown", version=version, known=known)
        return found


@cache
def load_rulebook(directory: Path = RULES) -> Rulebook:
    """Read the rules of a folder (see data/integrity/README.md), once."""
    terms = json.loads((directory / "terms.json").read_text(encoding="utf-8"))
    codes = [json.loads(path.read_text(encoding="utf-8")) for path in directory.glob("code_of_ethics/*.json")]
    return Rulebook(
        codes=parse_codes(codes),
        declaration=DeclarationTerms(**terms["declaration"]),
        incident_days={IncidentState(state): days for state, days in terms["incident_days"].items()},
        most_holders=terms["detection"]["most_holders"],
        mail_hosts=frozenset((directory / "mail_hosts.txt").read_text(encoding="utf-8").split()),
    )


def parse_codes(documents: Iterable[Mapping[str, Any]]) -> tuple[CodeOfEthics, ...]:
    """Versions of the code from their JSON form, oldest first."""
    codes = [_code(each) for each in documents]
    return tuple(sorted(codes, key=lambda code: (code.in_force_from, version_order(code.version))))


def _code(data: Mapping[str, Any]) -> CodeOfEthics:
    return CodeOfEthics(
        version=data["version"],
        provisional=data["provisional"],
        in_force_from=date.fromisoformat(data["in_force_from"]),
        grace_days=data["grace_days"],
        source=data["source"],
        title=data["title"],
        preamble=data["preamble"],
        articles=tuple(Article(**article) for article in data["articles"]),
    )
