"""Events as members see them: the list, one with one's own meetings and wishes, the whole agenda."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from babel.dates import format_date, format_datetime, format_interval

from api.documents.briefings import clock_elsewhere
from api.documents.of_events import own_zone
from api.documents.words import Speech
from api.i18n import dates_in
from api.web.event_views import (
    ComingLine,
    EventLine,
    EventPage,
    Events,
    GroupShown,
    MeetingShown,
    MemberShown,
    TakingPartShown,
    WholeAgendaPage,
)
from api.web.explained import term_name
from api.web.frames import Asked
from api.web.lines import PAGE_LINES, one_page
from api.web.pieces import Choice
from api.web.profiles import next_query
from api.web.typed import Typed
from matchmaker.accounts.models import Acting
from matchmaker.events.agendas import Sitting, may_read_whole, own_agenda, whole_agenda
from matchmaker.events.models import Degree, Event, EventState, Participant, Presence
from matchmaker.events.offering import groups_of, offers_of
from matchmaker.events.queries import (
    Attendee,
    coming_participations,
    get_event,
    list_companions,
    list_events,
    own_participations,
    wishes_of,
)
from matchmaker.events.rules import days_of
from matchmaker.events.versions import newest_version
from matchmaker.introductions.models import Outcome
from matchmaker.languages import WorkingLanguage
from matchmaker.places.keys import search_key
from matchmaker.profiles.queries import full_profiles
from matchmaker.profiles.speaking import profiles_spoken_for
from matchmaker.taxonomy.models import Concern

SECTION = "events"


def events_page(asked: Asked, *, after: int) -> Events:
    """The list; drafts are the secretariat's."""
    rows, has_more = one_page(list_events(asked.session, acting=asked.acting, after=after, limit=PAGE_LINES + 1))
    return Events(
        asked.language, asked.frame(SECTION), tuple(event_line(row, asked.language) for row in rows),
        asked.acting.is_secretariat, after <= 0, next_query(rows[-1].id or 0, {}) if has_more else "",
    )  # fmt: skip


def event_page(asked: Asked, event_id: int, *, typed: Typed | None = None, done: str = "") -> EventPage:
    """One event. Raises `event_unknown`."""
    event = get_event(asked.session, acting=asked.acting, event_id=event_id)
    own = [] if asked.person is None else own_participations(asked.session, acting=asked.acting, event_id=event_id)
    version, now = newest_version(asked.session, event_id=event_id), asked.service.clock()
    is_desk = asked.acting.is_secretariat
    takes_words = event.state == EventState.OPEN and event.opens_at <= now < event.closes_at
    may_register = _not_yet(asked, own) if takes_words and asked.person else ()
    return EventPage(
        language=asked.language,
        frame=asked.frame(SECTION),
        line=event_line(event, asked.language),
        description=event.description,
        zone=event.time_zone,
        opens_at=event.opens_at,
        closes_at=event.closes_at,
        takes_words=takes_words,
        may_register=may_register,
        needs_member=takes_words and asked.person is not None and not (is_desk or own or may_register),
        own=tuple(_taking_part(asked, event, row) for row in own),
        number=None if version is None else version.number,
        shows_whole=version is not None and may_read_whole(asked.session, acting=asked.acting, event=event),
        is_desk=is_desk,
        typed=typed or Typed(),
        done=done,
    )


def whole_agenda_page(asked: Asked, event_id: int) -> WholeAgendaPage:
    """The agenda in force. Raises `event_unknown`, `agenda_not_yours`, `agenda_not_published`."""
    found = whole_agenda(asked.session, acting=asked.acting, event_id=event_id)
    slots = groupby(found.sittings, key=lambda sitting: sitting.slot)
    return WholeAgendaPage(
        asked.language, asked.frame(SECTION), event_line(found.event, asked.language), found.version.number,
        tuple(
            (
                when(slot.starts_at, asked.language),
                tuple(meeting_shown(each, asked.language) for each in sorted(sittings, key=_by_table)),
            )
            for slot, sittings in slots
        ),
    )  # fmt: skip


def _by_table(sitting: Sitting) -> tuple[int, str]:
    """As one walks along them: 2 before 10."""
    table = sitting.held.row.table_id
    return len(table), table


def event_line(event: Event, language: str) -> EventLine:
    """An event in a list."""
    days = days_of(event)
    written = (
        format_date(days[0], "long", locale=dates_in(language)) if len(days) == 1
        else format_interval(days[0], days[-1], "yMMMMd", locale=dates_in(language))
    )  # fmt: skip
    where = ", ".join(part for part in (event.venue, event.city) if part)
    return EventLine(event.id or 0, event.name, where, written, event.state)


def coming_events(asked: Asked, acting: Acting) -> tuple[ComingLine, ...]:
    """The events that run or come next at which the reader's members take part."""
    return tuple(
        ComingLine(event_line(event, asked.language), who.number, who.profile.name)
        for event, who in coming_participations(asked.session, acting=acting, now=asked.service.clock())
    )


def when(moment: datetime, language: str) -> str:
    """A moment on its own clock: day of the week, day, hour."""
    return format_datetime(moment, "EEE d MMM, HH:mm", tzinfo=moment.tzinfo, locale=dates_in(language))


def meeting_shown(sitting: Sitting, language: str, *, own: Attendee | None = None) -> MeetingShown:
    """A meeting; of one's own also who comes, by which link, and at what time of one's own clock."""
    said, start = sitting.said, sitting.slot.starts_at
    everyone = [each.who for each in (*sitting.others, *([own] if own else []))]
    speech = Speech(WorkingLanguage(language), str(start.tzinfo))
    return MeetingShown(
        key=sitting.held.row.key,
        time=when(start, language),
        own_time=clock_elsewhere(speech, own_zone(own), start, sitting.slot.ends_at) if own else "",
        table=sitting.held.row.table_id,
        room=sitting.room,
        topic=sitting.held.row.topic,
        names=tuple(each.profile.name for each in sitting.others),
        people=tuple(each.who.name for each in sitting.others if each.who.name) if own else (),
        links=tuple(who.remote_link for who in everyone if who.is_remote and who.remote_link) if own else (),
        has_met=None if said is None else said.has_met,
        outcomes=tuple(Choice(each, each, said is not None and said.outcome == each) for each in Outcome),
    )


def _not_yet(asked: Asked, own: Sequence[Participant]) -> tuple[Choice, ...]:
    """The reader's members that could still register."""
    here = {row.profile_id for row in own if row.presence != Presence.CANCELLED}
    numbers = profiles_spoken_for(asked.session, acting=asked.acting) - here
    loaded = full_profiles(asked.session, acting=asked.acting, profile_ids=numbers)
    return tuple(Choice(str(number), full.profile.name) for number, full in sorted(loaded.items()))


def _taking_part(asked: Asked, event: Event, row: Participant) -> TakingPartShown:
    number, event_id = row.id or 0, event.id or 0
    found = own_agenda(asked.session, acting=asked.acting, event_id=event_id, participant_id=number)
    return TakingPartShown(
        number, found.attendee.profile.name, row.presence,
        tuple(meeting_shown(each, asked.language, own=found.attendee) for each in found.sittings),
        _members(asked, event_id, row),
        tuple(
            GroupShown(group.id or 0, group.topic, said.is_coming)
            for group, said in groups_of(asked.session, participant_id=number)
        ),
    )  # fmt: skip


def _members(asked: Asked, event_id: int, row: Participant) -> tuple[MemberShown, ...]:
    """The others that take part, those that the secretariat proposes first, then by name: never by sponsor."""
    said = {wish.about_id: Degree(wish.degree) for wish in wishes_of(asked.session, participant_id=row.id or 0)}
    offered = set(offers_of(asked.session, participant_id=row.id or 0)) - said.keys()
    found = [
        MemberShown(
            each.who.profile_id, each.profile.name,
            term_name(asked.service.taxonomy, Concern.KINDS, each.profile.kind, asked.language), each.profile.country,
            each.who.is_remote, each.who.sponsor, said.get(each.who.profile_id, ""), each.who.profile_id in offered,
        )
        for each in list_companions(asked.session, acting=asked.acting, event_id=event_id)
        if each.who.id != row.id
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (not each.is_offered, search_key(each.name), each.profile_id)))
