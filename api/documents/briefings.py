"""A meeting told before it: with whom, why, in which language, where. As lines, for calendars and for paper alike."""

from datetime import datetime

from api.documents.models import Meeting, Other, PersonalAgenda, Reason
from api.documents.words import Speech


def title_of(meeting: Meeting, speech: Speech) -> str:
    """Who meets: the topic of a group, else the members across the table."""
    names = " · ".join(each.member for each in meeting.others)
    title = meeting.topic or names or speech.say("meeting.untitled")
    return speech.say("meeting.cancelled", title=title) if meeting.is_cancelled else title


def where(meeting: Meeting, speech: Speech) -> tuple[str, str]:
    """The table, or that it is held from afar; and in which part of the hall and which room."""
    if meeting.link and not meeting.table:
        return speech.say("meeting.remote"), ""
    table = speech.say("meeting.table", table=meeting.table) if meeting.table else ""
    return table, " · ".join(filter(None, (meeting.zone, meeting.room)))


def place_of(meeting: Meeting, speech: Speech) -> str:
    """The same on one line."""
    return " · ".join(filter(None, where(meeting, speech)))


def own_clock(agenda: PersonalAgenda, meeting: Meeting, speech: Speech) -> str:
    """The same hours by the clock of whoever is elsewhere; nothing where that clock shows the same."""
    return clock_elsewhere(speech, agenda.own_zone, meeting.start, meeting.end)


def clock_elsewhere(speech: Speech, zone: str, start: datetime, end: datetime) -> str:
    """From when to when by the clock of another zone, and whose it is; nothing where it shows the same."""
    own = Speech(speech.language, zone or speech.zone)
    here, there = ((each.date(start), each.span(start, end)) for each in (speech, own))
    if here == there:
        return ""
    span = there[1] if here[0] == there[0] else f"{there[0]}, {there[1]}"
    return speech.say("meeting.own_clock", span=span, zone=own.zone_name(start))


def both_clocks(agenda: PersonalAgenda, meeting: Meeting, speech: Speech) -> list[str]:
    """The hours of the place and one's own, each with whose they are; nothing for who is there."""
    own = own_clock(agenda, meeting, speech)
    span, zone = speech.span(meeting.start, meeting.end), speech.zone_name(meeting.start)
    return [speech.say("meeting.place_clock", span=span, zone=zone), own, ""] if own else []


def briefing_lines(agenda: PersonalAgenda, meeting: Meeting) -> list[str]:
    """All of it, line by line; quotations stay in their own language, which is named."""
    speech = Speech(agenda.language, agenda.gathering.zone)
    lines = both_clocks(agenda, meeting, speech)
    lines += [line for other in meeting.others for line in across_lines(agenda, other, speech)]
    for reason in meeting.reasons:
        lines += ["", speech.say("briefing.need", need=reason.need)]
        lines.append(quoted_line(reason, speech))
    if meeting.link:
        lines += ["", speech.say("briefing.link", link=meeting.link)]
    return [*lines, "", speech.say("note.neither_preference_nor_award")]


def quoted_line(reason: Reason, speech: Speech) -> str:
    """The sentence, verbatim, with whose it is and its language."""
    language = speech.languages((reason.quotation_language,))
    return speech.say("briefing.quotation", quotation=reason.quotation, member=reason.said_by, language=language)


def across_lines(agenda: PersonalAgenda, other: Other, speech: Speech) -> list[str]:
    """Who somebody across the table is, and in which language to speak."""
    name = f"{other.member} ({other.place})" if other.place else other.member
    lines = [speech.say("briefing.with", member=name)]
    if other.people:
        lines.append(speech.say("briefing.people", people=", ".join(other.people)))
    shared = agenda.shared(other)
    if shared:
        lines.append(speech.say("briefing.shared", languages=speech.languages(shared)))
    elif other.languages and agenda.languages:
        lines.append(speech.say("briefing.interpreter", languages=speech.languages(other.languages)))
    return lines
