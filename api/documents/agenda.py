"""The printed agenda of one participant: a table of its days, then what to know before each meeting."""

from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from api.documents.briefings import across_lines, own_clock, place_of, quoted_line, title_of, where
from api.documents.faces import SERIF
from api.documents.models import Meeting, PersonalAgenda, Reason
from api.documents.paper import ACCENT, MARGIN, MUTED, Paper
from api.documents.words import Speech

CODE_SIDE, TIME_WIDTH, PLACE_WIDTH = 28.0, 30.0, 46.0
CELL_GAP, REASON_GAP = 4.0, 1.5


def agenda_pdf(agenda: PersonalAgenda, *, made_at: datetime) -> bytes:
    """Agenda and briefings of one person."""
    paper = _Numbered(agenda.gathering.name, Speech(agenda.language, agenda.gathering.zone), made_at=made_at)
    paper.add_page()
    _head(paper, agenda)
    for _, meetings in groupby(agenda.held, key=lambda each: _day_of(each, agenda.gathering.zone)):
        _day(paper, agenda, list(meetings))
    if not agenda.held:
        paper.lines(paper.speech.say("agenda.empty"), points=12)
    if agenda.held:
        paper.add_page()
        paper.lines(paper.speech.say("briefings.title"), points=20, bold=True)
        for meeting in agenda.held:
            _briefing(paper, agenda, meeting)
        paper.rule()
        paper.lines(paper.speech.say("note.neither_preference_nor_award"), points=9, color=MUTED)
    return paper.done()


class _Numbered(Paper):
    """With the event and the number of the page at the foot."""

    def footer(self) -> None:
        """Called by the library for each page."""
        self.set_y(-12)
        pages = self.speech.say("page.number", page=self.page_no(), pages="{nb}")
        self.lines(f"{self.title} · {pages}", points=8, color=MUTED)


def _head(paper: Paper, agenda: PersonalAgenda) -> None:
    say, gathering, top = paper.speech.say, agenda.gathering, paper.get_y()
    width = paper.epw - (CODE_SIDE + CELL_GAP if agenda.address else 0)
    paper.lines(gathering.name, points=11, color=MUTED, width=width)
    paper.lines(say("agenda.title"), points=24, bold=True, width=width)
    paper.lines(f"{agenda.person} · {agenda.member}", points=13, width=width)
    paper.lines(", ".join(filter(None, (gathering.venue, gathering.city))), points=10, color=MUTED, width=width)
    count = len(agenda.held)
    if count:
        told = say("agenda.count_one") if count == 1 else say("agenda.count", count=count)
        zone = paper.speech.zone_name(agenda.held[0].start)
        paper.lines(f"{told} · {say('agenda.times', zone=zone)}", points=10, color=MUTED, width=width)
    bottom = paper.get_y()
    if agenda.address:
        left = paper.w - MARGIN - CODE_SIDE
        paper.code(agenda.address, x=left, y=top, side=CODE_SIDE)
        paper.set_xy(left, top + CODE_SIDE)
        paper.lines(say("agenda.scan"), points=8, color=MUTED, width=CODE_SIDE, align="C")
    paper.set_xy(MARGIN, max(bottom, paper.get_y()) + CELL_GAP)


def _day_of(meeting: Meeting, zone: str) -> date:
    return meeting.start.astimezone(ZoneInfo(zone)).date()


def _day(paper: Paper, agenda: PersonalAgenda, meetings: list[Meeting]) -> None:
    """A heading that does not stand alone at the foot of a page and is said again on the next, with its meetings."""
    if paper.will_page_break(30):
        paper.add_page()
    _heading(paper, meetings[0])
    for meeting in meetings:
        _row(paper, agenda, meeting)
    paper.set_y(paper.get_y() + CELL_GAP)


def _heading(paper: Paper, meeting: Meeting) -> None:
    paper.lines(paper.speech.day(meeting.start), points=14, bold=True, color=ACCENT)


def _row(paper: Paper, agenda: PersonalAgenda, meeting: Meeting) -> None:
    """When, with whom, where; all of it on one page. On a second clock too, for whoever is elsewhere."""
    speech = paper.speech
    middle = paper.epw - TIME_WIDTH - PLACE_WIDTH - 2 * CELL_GAP
    title, (place, hall) = title_of(meeting, speech), where(meeting, speech)
    people = ", ".join(person for other in meeting.others for person in other.people)
    small = list(filter(None, (people, own_clock(agenda, meeting, speech))))
    height = max(
        paper.height_of(title, points=12, bold=True, width=middle)
        + sum(paper.height_of(line, points=10, width=middle) for line in small),
        paper.height_of(place, points=12, bold=True, width=PLACE_WIDTH)
        + (paper.height_of(hall, points=10, width=PLACE_WIDTH) if hall else 0),
    )
    if paper.will_page_break(height + 4):
        paper.add_page()
        _heading(paper, meeting)
    paper.rule(gap=1.5)
    top = paper.get_y()
    paper.lines(speech.span(meeting.start, meeting.end), points=12, bold=True, width=TIME_WIDTH)
    paper.set_xy(MARGIN + TIME_WIDTH + CELL_GAP, top)
    paper.lines(title, points=12, bold=True, width=middle)
    for line in small:
        paper.lines(line, points=10, color=MUTED, width=middle)
    paper.set_xy(paper.w - MARGIN - PLACE_WIDTH, top)
    paper.lines(place, points=12, bold=True, width=PLACE_WIDTH)
    if hall:
        paper.lines(hall, points=10, color=MUTED, width=PLACE_WIDTH)
    paper.set_xy(MARGIN, top + height)


def _briefing(paper: Paper, agenda: PersonalAgenda, meeting: Meeting) -> None:
    speech = paper.speech
    if paper.will_page_break(40):
        paper.add_page()
    paper.rule()
    when = f"{speech.day(meeting.start)} · {speech.span(meeting.start, meeting.end)}"
    paper.lines(f"{when} · {place_of(meeting, speech)}", points=10, color=MUTED)
    own = own_clock(agenda, meeting, speech)
    if own:
        paper.lines(own, points=10, color=MUTED)
    paper.lines(title_of(meeting, speech), points=14, bold=True)
    for other in meeting.others:
        for line in across_lines(agenda, other, speech):
            paper.lines(line, points=10.5)
    if meeting.link:
        paper.lines(speech.say("briefing.link", link=meeting.link), points=10.5)
    for reason in meeting.reasons:
        _reason(paper, reason)


def _reason(paper: Paper, reason: Reason) -> None:
    """The need and its answer, on one page."""
    need, quoted = paper.speech.say("briefing.need", need=reason.need), quoted_line(reason, paper.speech)
    height = paper.height_of(need, points=10, width=paper.epw)
    height += paper.height_of(quoted, points=11.5, family=SERIF, width=paper.epw)
    if paper.will_page_break(height + REASON_GAP):
        paper.add_page()
    paper.set_y(paper.get_y() + REASON_GAP)
    paper.lines(need, points=10, color=MUTED)
    paper.lines(quoted, points=11.5, family=SERIF)
