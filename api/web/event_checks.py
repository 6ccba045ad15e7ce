"""What no agenda can give, as the desk of an event shows it before the search."""

from collections.abc import Iterable, Iterator, Mapping

from babel.lists import format_list

from api.web.event_desk_views import LowShown, UnmetShown
from api.web.events import when
from matchmaker.events.agenda.floors import LowCeiling
from matchmaker.events.agenda.wishes import UnmetWish
from matchmaker.events.checking import Checked
from matchmaker.events.ground import participant_of
from matchmaker.events.rules import slot_named


def low_shown(low: Iterable[LowCeiling], names: Mapping[str, str]) -> Iterator[LowShown]:
    """Who cannot reach what is guaranteed."""
    for one in low:
        number = participant_of(one.participant)
        name = names.get(one.participant, "")
        yield LowShown(number, name, one.floor, one.reachable, one.obstacle, one.lacking)


def unmet_shown(found: Checked, names: Mapping[str, str], language: str) -> Iterator[UnmetShown]:
    """Which wishes that are a must cannot be granted."""
    members = {meeting.id: meeting.members for meeting in found.asked.instance.meetings}
    for one in found.unmet:
        others = [each for each in members.get(one.meeting or "", ()) if each != one.participant]
        yield UnmetShown(
            participant_of(one.participant), names.get(one.participant, ""), _named(others, names, language),
            one.hindrance, _time(found, one, language), _named(one.away, names, language), one.lacking,
        )  # fmt: skip


def _time(found: Checked, unmet: UnmetWish, language: str) -> str:
    return when(slot_named(found.asked.event, unmet.slot).starts_at, language) if unmet.slot else ""


def _named(keys: Iterable[str], names: Mapping[str, str], language: str) -> str:
    return format_list([names.get(key, key) for key in keys], locale=language)
