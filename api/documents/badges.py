"""Badges, eight on a sheet of A4 to be cut, each with a code for the arrival desk."""

from collections.abc import Sequence
from datetime import datetime

from api.documents.models import Badge, Gathering
from api.documents.paper import A4, ACCENT, INK, MUTED, RULE, Color, Paper
from api.documents.words import Speech
from matchmaker.languages import WorkingLanguage

ACROSS, DOWN = 2, 4
WIDTH, HEIGHT = A4[0] / ACROSS, A4[1] / DOWN
PADDING, CODE_SIDE = 7.0, 26.0


def badges_pdf(gathering: Gathering, badges: Sequence[Badge], *, language: WorkingLanguage, made_at: datetime) -> bytes:
    """All badges in one file, in the order given."""
    paper = Paper(gathering.name, Speech(language, gathering.zone), made_at=made_at)
    paper.set_auto_page_break(auto=False)
    for start in range(0, len(badges), ACROSS * DOWN):
        paper.add_page()
        for place, badge in enumerate(badges[start : start + ACROSS * DOWN]):
            row, column = divmod(place, ACROSS)
            _badge(paper, gathering, badge, left=column * WIDTH, top=row * HEIGHT)
    return paper.done()


def _badge(paper: Paper, gathering: Gathering, badge: Badge, *, left: float, top: float) -> None:
    """The name as large as it fits, so that it is read across a table."""
    paper.set_draw_color(*RULE)
    paper.set_line_width(0.2)
    paper.rect(left, top, WIDTH, HEIGHT)
    inner, x, y = WIDTH - 2 * PADDING, left + PADDING, top + PADDING
    paper.set_left_margin(x)
    paper.set_xy(x, y)
    _put(paper, gathering.name, sizes=(9, 8, 7), width=inner, height=5, color=MUTED)
    paper.set_xy(x, y + 6)
    _put(paper, badge.person, sizes=(30, 26, 22, 19, 16, 13, 10), width=inner, height=24, bold=True)
    beside = inner - CODE_SIDE - 2
    bottom = top + HEIGHT - PADDING - CODE_SIDE
    paper.set_xy(x, bottom)
    _put(paper, badge.member, sizes=(13, 12, 11, 10, 9), width=beside, height=15, color=ACCENT, bold=True)
    speech = paper.speech
    languages = speech.say("badge.languages", languages=speech.languages(badge.languages)) if badge.languages else ""
    sponsor = speech.say("badge.sponsor", sponsor=badge.sponsor) if badge.sponsor else ""
    for line in filter(None, (badge.place, languages, sponsor)):
        _put(paper, line, sizes=(9, 8, 7), width=beside, height=4.5, color=MUTED)
    paper.code(badge.address, x=left + WIDTH - PADDING - CODE_SIDE, y=bottom, side=CODE_SIDE)


def _put(
    paper: Paper, text: str, *, sizes: Sequence[float], width: float, height: float,
    color: Color = INK, bold: bool = False,
) -> None:  # fmt: skip
    points, fitted = paper.fitted(text, sizes=sizes, width=width, height=height, bold=bold)
    paper.lines(fitted, points=points, width=width, color=color, bold=bold)
