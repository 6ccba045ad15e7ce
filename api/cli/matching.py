"""`match`: a text that is tried and never stored, or a stored challenge."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError
from sqlmodel import Session

from api.cli.explaining import Said, kind_words, place_words, show_explained, strength_words
from api.cli.faults import ExitCode
from api.cli.operator import Operator
from api.cli.outlets import notices, results, table, write_json
from api.cli.ready import require_gazetteer, require_index
from api.cli.usage import problems_told
from api.saying import Say
from matchmaker.accounts.models import OPERATOR
from matchmaker.challenges.actions import fill_challenge, needs_of
from matchmaker.challenges.drafts import TriedChallenge
from matchmaker.challenges.models import Challenge
from matchmaker.errors import InvalidInputError
from matchmaker.matching.actions import Match, MatchList, Wanted, find_matches, matches_of_challenge
from matchmaker.matching.asks import ask_of
from matchmaker.store.outbox import Topic, count_waiting
from matchmaker.taxonomy.models import Concern
from matchmaker.taxonomy.rules import check_code

if TYPE_CHECKING:
    from api.wiring import Service

COUNTRY_LETTERS = 2
STANDARD_INPUT, FILE_MARK = "-", "@"


@dataclass(frozen=True)
class Asked:
    """A match as it was asked for: a text or the number of a challenge, and filters."""

    text: str
    challenge: int | None
    language: str
    place: str
    countries: tuple[str, ...]
    kinds: tuple[str, ...]
    delivering: bool
    top: int


def match_and_show(operator: Operator, asked: Asked, *, as_json: bool) -> ExitCode:
    """Find and show. Nothing is written, neither the text nor that anyone was shown."""
    if bool(asked.text) == (asked.challenge is not None):
        raise InvalidInputError("text_or_challenge")
    text = read_text(asked.text) if asked.text else ""
    with operator.service() as service:
        require_gazetteer(service)
        with service.database.reading() as session:
            wanted = _wanted(service, asked)
            waiting = count_waiting(session, topics=list(Topic))
            require_index(service)
            if asked.challenge is not None:
                found = stored(service, session, asked.challenge, wanted)
            else:
                found = tried(service, session, operator.say, text, asked, wanted)
            if waiting:
                notices().print(operator.say("note.index_behind", count=waiting))
            _show(operator, service, found, as_json=as_json)
    return ExitCode.DONE


def read_text(text: str) -> str:
    """The text itself, standard input for `-`, a file for `@FILE`. Raises OSError, `not_utf8`."""
    try:
        if text == STANDARD_INPUT:
            return sys.stdin.buffer.read().decode("utf-8-sig")
        if text.startswith(FILE_MARK):
            return Path(text.removeprefix(FILE_MARK)).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInputError("not_utf8", value=text) from error
    return text


def tried(service: "Service", session: Session, say: Say, text: str, asked: Asked, wanted: Wanted) -> MatchList:
    """The matches of a text, made into a row that is never added to the session."""
    town, country = _place(asked.place)
    draft = _draft(say, text=text, language=asked.language, town=town, country=country)
    desk = service.desk()
    challenge = Challenge(language="", title="", description="", created_at=desk.now, updated_at=desk.now)
    fill_challenge(session, desk=desk, challenge=challenge, draft=draft)
    challenge.country = challenge.country or country
    needs, _ = needs_of(draft, language=challenge.language)
    ask = ask_of(challenge, needs, taxonomy=service.taxonomy, is_stored=False)
    return find_matches(session, index=service.index, acting=OPERATOR, ask=ask, wanted=wanted)


def stored(service: "Service", session: Session, challenge_id: int, wanted: Wanted) -> MatchList:
    """The matches of a stored challenge. Raises `challenge_unknown`."""
    _, found = matches_of_challenge(
        session, index=service.index, acting=OPERATOR, taxonomy=service.taxonomy, challenge_id=challenge_id,
        wanted=wanted,
    )  # fmt: skip
    return found


def _wanted(service: "Service", asked: Asked) -> Wanted:
    """The filters in terms of the domain. Raises `unknown_code`, `country_wrong`."""
    for kind in asked.kinds:
        check_code(service.taxonomy, Concern.KINDS, kind, field="kind")
    return Wanted(
        kinds=frozenset(asked.kinds),
        countries=frozenset(_country(country) for country in asked.countries),
        delivering_only=asked.delivering,
        limit=asked.top,
    )


def _place(place: str) -> tuple[str, str]:
    """`Sogamoso, CO` as town and country; `CO` as a country alone. Raises `country_wrong`."""
    town, comma, country = place.rpartition(",")
    if not place.strip():
        return "", ""
    return (town.strip() if comma else ""), _country(country)


def _country(text: str) -> str:
    code = text.strip().upper()
    if len(code) != COUNTRY_LETTERS or not (code.isascii() and code.isalpha()):
        raise InvalidInputError("country_wrong", value=text.strip())
    return code


def _draft(say: Say, *, text: str, language: str, town: str, country: str) -> TriedChallenge:
    values: dict[str, object] = {"description": text, "language": language or None}
    if town:
        values["place"] = {"name": town, "country": country}
    try:
        return TriedChallenge.model_validate(values)
    except ValidationError as error:
        raise InvalidInputError("challenge_wrong", reason=problems_told(error, say)[0]) from error


def _show(operator: Operator, service: "Service", found: MatchList, *, as_json: bool) -> None:
    if as_json:
        from api.rest.explained import matches_shape

        write_json(matches_shape(found).model_dump(mode="json"))
        return
    say, console = operator.say, results()
    console.print(say("match.needs", language=found.language), style="bold")
    for number, need in enumerate(found.needs, start=1):
        console.print(f"{number}. {need}")
    console.print()
    if found.nobody_fits:
        console.print(say("match.nobody"), style="bold")
    headers = [say(f"column.{name}") for name in ("place", "strength", "agent", "kind", "where", "answered", "id")]
    console.print(table(headers, [_row(say, service, number, match) for number, match in enumerate(found.matches, 1)],
                        numbers=(0, 6)))  # fmt: skip
    for number, match in enumerate(found.matches, start=1):
        title = f"{number}. {match.full.profile.name} · {strength_words(say, match.ranked)}"
        said = Said(found.needs, found.language)
        show_explained(console, say, title, match.ranked, said, service.taxonomy)


def _row(say: Say, service: "Service", number: int, match: Match) -> tuple[object, ...]:
    profile, reasons = match.full.profile, match.ranked.candidate.reasons
    kind = kind_words(say, service.taxonomy, profile.kind)
    marks = [say(f"mark.{profile.visibility}")] if profile.visibility != "visible" else []
    name = " ".join([profile.name, *(f"({mark})" for mark in marks)])
    answered = f"{reasons.answered}/{len(reasons.answers)}"
    return number, strength_words(say, match.ranked), name, kind, place_words(say, profile), answered, profile.id
