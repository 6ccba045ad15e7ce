"""Letters about events: an agenda published, changed, meetings proposed, how they went."""

from api.letters.asking import Item, LetterAsk, Values, ValuesOf
from matchmaker.errors import DomainError
from matchmaker.events import encounters, issuing, offering
from matchmaker.events.agendas import OwnAgenda, Sitting, own_agenda
from matchmaker.events.models import Presence
from matchmaker.events.offering import offers_of
from matchmaker.events.queries import wishes_of

MEETINGS_TOLD = 40  # in one letter; the page has them all


def _own(ask: LetterAsk) -> OwnAgenda | None:
    """The reader's agenda as it is when the letter leaves; nothing for one who no longer acts for the participant."""
    number = ask.letter.codes.get("participant")
    try:
        found = own_agenda(
            ask.session, acting=ask.acting, event_id=ask.letter.subject_id, participant_id=int(number or 0)
        )
    except DomainError:
        return None
    return None if found.attendee.who.presence == Presence.CANCELLED else found


def _page(ask: LetterAsk) -> str:
    return ask.page(f"events/{ask.letter.subject_id}")


def _agenda(ask: LetterAsk) -> Values | None:
    found = _own(ask)
    if found is None or found.version is None or found.version.number != ask.letter.codes.get("number"):
        return None  # a newer one has its own letter
    meetings = [Item(_line(each)) for each in found.sittings[:MEETINGS_TOLD]]
    return {"event": found.event.name, "zone": found.event.time_zone, "meetings": meetings, "link": _page(ask)}


def _line(sitting: Sitting) -> str:
    names = ", ".join(each.profile.name for each in sitting.others)
    start = sitting.slot.starts_at
    return f"{start:%Y-%m-%d %H:%M} · {sitting.held.row.table_id} · {names}"


def _offered(ask: LetterAsk) -> Values | None:
    found = _own(ask)
    if found is None:
        return None
    said = {wish.about_id for wish in wishes_of(ask.session, participant_id=found.attendee.number)}
    waiting = [number for number in offers_of(ask.session, participant_id=found.attendee.number) if number not in said]
    if not waiting:
        return None
    return {"event": found.event.name, "count": len(waiting), "until": found.event.closes_at, "link": _page(ask)}


def _asked(ask: LetterAsk) -> Values | None:
    found = _own(ask)
    if found is None or all(each.said is not None for each in found.sittings):
        return None
    return {"event": found.event.name, "link": _page(ask)}


VALUES: dict[str, ValuesOf] = {
    issuing.PUBLISHED: _agenda,
    issuing.CHANGED: _agenda,
    offering.OFFERED: _offered,
    encounters.ASKED: _asked,
}
