"""What an event promises and its members wish that no agenda can give, told before any is made."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.events.agenda.floors import LowCeiling, check_floors
from matchmaker.events.agenda.wishes import UnmetWish, check_wishes
from matchmaker.events.candidates import Candidate
from matchmaker.events.ground import Ground, pair_key, participant_key
from matchmaker.events.instances import past_of
from matchmaker.events.models import Degree
from matchmaker.events.queries import event_for_desk
from matchmaker.events.runs import Asked, asked_of
from matchmaker.introductions.terms import Lists


@dataclass(frozen=True)
class Checked:
    """What would be asked of a solver, who cannot reach a floor, and what of the wishes that are a must cannot be."""

    asked: Asked
    low: tuple[LowCeiling, ...]
    unmet: tuple[UnmetWish, ...]


def check_event(session: Session, *, acting: Acting, event_id: int, lists: Lists, now: datetime) -> Checked:
    """Who cannot have what was promised or wished whatever the agenda, why, and the smallest change.

    Raises `only_secretariat`, `event_unknown`.
    """
    event = event_for_desk(session, acting=acting, event_id=event_id)
    asked = asked_of(session, event=event, lists=lists, now=now)
    musts = _musts(asked.ground, asked.candidates)
    unmet = check_wishes(asked.instance, musts, past_of(event, {}, now).begun)
    return Checked(asked, tuple(check_floors(asked.instance)), tuple(unmet))


def _musts(ground: Ground, candidates: Collection[Candidate]) -> Mapping[str, Collection[str]]:
    """Meetings that are a must, by who says so; those that may never be are not among the candidates."""
    known = {one.key for one in candidates}
    found: dict[str, list[str]] = defaultdict(list)
    for (who, other), degree in ground.wishes.items():
        key = pair_key(frozenset((who, other)))
        if degree is Degree.MUST and key in known:
            found[participant_key(who)].append(key)
    return found
