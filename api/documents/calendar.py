"""The calendar feed of one participant (RFC 5545), and the note that takes meetings out of calendars (RFC 5546)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event
from icalendar.prop import vDuration, vText

from api.documents.briefings import briefing_lines, place_of, title_of
from api.documents.models import Meeting, PersonalAgenda
from api.documents.words import Speech, one_line, printable

MEDIA_TYPE = "text/calendar"
REFRESH = timedelta(minutes=15)
ZONE_MARGIN = timedelta(days=400)  # around the meetings, so that the rules for summer time that hold then are told


def feed(agenda: PersonalAgenda) -> bytes:
    """Every meeting that is held or was cancelled. The same agenda gives the same bytes, whenever it is asked for."""
    return _calendar(agenda, agenda.meetings, method="PUBLISH")


def cancellation(agenda: PersonalAgenda) -> bytes:
    """What was cancelled, as an attachment of a letter; calendars that know the meetings strike them out."""
    return _calendar(agenda, (each for each in agenda.meetings if each.is_cancelled), method="CANCEL")


def _calendar(agenda: PersonalAgenda, meetings: Iterable[Meeting], *, method: str) -> bytes:
    found = sorted(meetings, key=lambda each: (each.start, each.key))
    calendar = Calendar()
    calendar.add("prodid", f"-//{agenda.gathering.host}//matchmaker//{agenda.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    name = vText(one_line(agenda.gathering.name))  # said, since the library escapes only properties of RFC 5545 itself
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", agenda.gathering.zone)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for meeting in found:
        calendar.add_component(_event(agenda, meeting))
    if found:
        first, last = found[0].start - ZONE_MARGIN, found[-1].end + ZONE_MARGIN
        calendar.add_missing_timezones(first_date=first.date(), last_date=last.date())
    for zone in calendar.timezones:
        zone.pop("comment", None)  # of the library, in English
    return bytes(calendar.to_ical())


def _event(agenda: PersonalAgenda, meeting: Meeting) -> Event:
    gathering = agenda.gathering
    speech, event = Speech(agenda.language, gathering.zone), Event()
    event.add("uid", f"event-{gathering.number}-{agenda.participant}-{one_line(meeting.key)}@{gathering.host}")
    event.add("dtstamp", meeting.changed_at)
    event.add("last-modified", meeting.changed_at)
    event.add("sequence", meeting.revision)
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if meeting.is_cancelled else "OPAQUE")
    event.add("dtstart", _local(meeting.start, gathering.zone))
    event.add("dtend", _local(meeting.end, gathering.zone))
    event.add("summary", one_line(title_of(meeting, speech)))
    places = (place_of(meeting, speech), gathering.venue, gathering.city)
    event.add("location", one_line(", ".join(filter(None, places))))
    event.add("description", printable("\n".join(briefing_lines(agenda, meeting))))
    if agenda.address:
        event.add("url", agenda.address)
    return event


def _local(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone))
