"""The report of an event: its figures, each drawn with a table behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from fastapi import APIRouter, Path
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from api.documents.plots import Plot, drawn
from api.documents.report import plots_of
from api.web.event_views import EventLine
from api.web.events import SECTION, event_line
from api.web.frames import Asked, AskedPage, page
from api.web.views import Page
from matchmaker.events.reporting import report_of

event_report = APIRouter(prefix="/desk/events", default_response_class=HTMLResponse)


@dataclass(frozen=True)
class PlotShown:
    """A plot as it stands on the page."""

    plot: Plot
    picture: Markup


@dataclass(frozen=True)
class ReportPage(Page):
    """What came of an event."""

    template: ClassVar[str] = "event_report.html"
    line: EventLine
    meetings: int
    presence: Mapping[str, int]
    attendance: float | None
    proposed: int
    acceptance_rate: float | None
    certificate: Mapping[str, Any] | None
    plots: tuple[PlotShown, ...]


@event_report.get("/{event_id}/report")
def read_report(asked: AskedPage, event_id: Annotated[int, Path(ge=1, le=2**31 - 1)]) -> Response:
    """The report."""
    return page(report_page(asked, event_id))


def report_page(asked: Asked, event_id: int) -> ReportPage:
    """The report. Raises `sign_in_needed`, `only_secretariat`, `event_unknown`."""
    found = report_of(asked.session, acting=asked.signed_in(), event_id=event_id)
    plots = plots_of(found, language=asked.spoken, taxonomy=asked.service.taxonomy)
    return ReportPage(
        language=asked.language,
        frame=asked.frame(SECTION),
        line=event_line(found.event, asked.language),
        meetings=found.meetings,
        presence=found.presence,
        attendance=found.attendance,
        proposed=sum(found.acceptance.values()),
        acceptance_rate=found.acceptance_rate,
        certificate=None if found.version is None else found.version.certificate,
        plots=tuple(PlotShown(plot, drawn(plot, language=asked.language)) for plot in plots if plot.bars),
    )
