"""Table signs, one on a page of A4: the number to be found from afar, who sits there when, a code for changes."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from api.documents.models import Gathering, Sitting, TableSign
from api.documents.paper import ACCENT, MARGIN, MUTED, Paper
from api.documents.words import Speech
from matchmaker.languages import WorkingLanguage

CODE_SIDE, TIME_WIDTH = 34.0, 30.0


def signs_pdf(
    gathering: Gathering, signs: Sequence[TableSign], *, language: WorkingLanguage, made_at: datetime
) -> bytes:
    """All signs in one file. A table with more sittings than a page holds goes on with the same head."""
    paper = Paper(gathering.name, Speech(language, gathering.zone), made_at=made_at)
    for sign in signs:
        _head(paper, gathering, sign)
        for _, sittings in groupby(sign.sittings, key=lambda each: _day_of(each, gathering.zone)):
            _day(paper, gathering, sign, list(sittings))
        if not sign.sittings:
            paper.lines(paper.speech.say("sign.free"), points=14, color=MUTED)
    return paper.done()


def _head(paper: Paper, gathering: Gathering, sign: TableSign) -> None:
    paper.add_page()
    top, width = paper.get_y(), paper.epw - CODE_SIDE - 4
    paper.lines(gathering.name, points=11, color=MUTED, width=width)
    title = paper.speech.say("meeting.table", table=sign.table)
    points, fitted = paper.fitted(title, sizes=(72, 60, 48, 36, 26), width=width, height=34, bold=True)
    paper.lines(fitted, points=points, bold=True, width=width)
    paper.lines(" · ".join(filter(None, (sign.zone, sign.room))), points=16, color=ACCENT, bold=True, width=width)
    bottom, left = paper.get_y(), paper.w - MARGIN - CODE_SIDE
    paper.code(sign.address, x=left, y=top, side=CODE_SIDE)
    paper.set_xy(left, top + CODE_SIDE)
    paper.lines(paper.speech.say("sign.scan"), points=8, color=MUTED, width=CODE_SIDE, align="C")
    paper.set_xy(MARGIN, max(bottom, paper.get_y()) + 5)


def _day_of(sitting: Sitting, zone: str) -> object:
    return sitting.start.astimezone(ZoneInfo(zone)).date()


def _heading(paper: Paper, sitting: Sitting) -> None:
    paper.lines(paper.speech.day(sitting.start), points=14, bold=True, color=ACCENT)


def _day(paper: Paper, gathering: Gathering, sign: TableSign, sittings: list[Sitting]) -> None:
    if paper.will_page_break(24):
        _head(paper, gathering, sign)
    _heading(paper, sittings[0])
    width = paper.epw - TIME_WIDTH
    for sitting in sittings:
        names = " · ".join(sitting.members)
        height = paper.height_of(names, points=12, width=width)
        if paper.will_page_break(height + 4):
            _head(paper, gathering, sign)
            _heading(paper, sitting)
        paper.rule(gap=1.2)
        top = paper.get_y()
        paper.lines(paper.speech.span(sitting.start, sitting.end), points=12, bold=True, width=TIME_WIDTH)
        paper.set_xy(MARGIN + TIME_WIDTH, top)
        paper.lines(names, points=12, width=width)
        paper.set_x(MARGIN)
    paper.set_y(paper.get_y() + 4)
