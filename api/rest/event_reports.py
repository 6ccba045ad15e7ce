"""What came of an event: figures, plots of them, open data as CSV and as JSON."""

import csv
import io
from dataclasses import asdict
from typing import Literal

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.documents.plots import drawn
from api.documents.report import field_words, plots_of
from api.rest.answers import file_answer, read_answer
from api.rest.dependencies import Number, PaperLanguage, Reading
from api.rest.documents import READ, Responses
from api.rest.report_shapes import FieldShape, OpenDataShape, OpenRowShape, ReportShape, report_shape
from api.security import CurrentService, SignedIn
from matchmaker.events.disclosing import ALIKE_AT_LEAST, FIELDS, open_rows
from matchmaker.events.reporting import report_of
from matchmaker.formulas import guarded

router = APIRouter(tags=["agendas"])
REPORT = "/events/{event_id}/report"
CSV, SVG = "text/csv; charset=utf-8", "image/svg+xml"
TEXT = {"schema": {"type": "string"}}
PLAIN: Responses = {**READ, 200: {"description": "Rows of open data", "content": {"text/csv": TEXT}}}
DRAWN: Responses = {**READ, 200: {"description": "A picture", "content": {SVG: TEXT}}}
PlotName = Literal["areas", "kinds", "countries", "sizes", "sources", "acceptance", "presence", "met", "outcomes"]


@router.get(REPORT, response_model=ReportShape, responses=READ)
def read_report(request: Request, session: Reading, caller: SignedIn, event_id: Number) -> Response:
    """What came of an event, in figures."""
    return read_answer(request, report_shape(report_of(session, acting=caller, event_id=event_id)))


@router.get(f"{REPORT}/plots/{{plot}}.svg", response_class=Response, response_model=None, responses=DRAWN)
def read_plot(
    request: Request, session: Reading, service: CurrentService, caller: SignedIn, language: PaperLanguage,
    event_id: Number, plot: PlotName,
) -> Response:  # fmt: skip
    """Some of the figures as a picture with their words and numbers, to be put into a report of one's own."""
    report = report_of(session, acting=caller, event_id=event_id)
    plots = {each.name: each for each in plots_of(report, language=language, taxonomy=service.taxonomy)}
    return file_answer(request, drawn(plots[plot], language=language, is_alone=True).encode(), SVG)


@router.get(f"{REPORT}.csv", response_class=Response, response_model=None, responses=PLAIN)
def read_report_file(request: Request, session: Reading, caller: SignedIn, event_id: Number) -> Response:
    """The meetings as open data: kinds, areas, countries and sizes as far as no row points at a member."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=FIELDS)
    writer.writeheader()
    for row in open_rows(report_of(session, acting=caller, event_id=event_id).rows):
        cells = {name: " ".join(value) if isinstance(value, tuple) else value for name, value in asdict(row).items()}
        writer.writerow({name: guarded(value) for name, value in cells.items()})
    return file_answer(request, text.getvalue().encode(), CSV)


@router.get(f"{REPORT}.json", response_model=OpenDataShape, responses=READ)
def read_open_data(
    request: Request, session: Reading, caller: SignedIn, language: PaperLanguage, event_id: Number
) -> Response:
    """The same rows with what each field holds, in the caller's language."""
    report = report_of(session, acting=caller, event_id=event_id)
    event, words = report.event, field_words(language)
    shape = OpenDataShape(
        event_id=event_id, name=event.name, city=event.city, country=event.country,
        days=[day["on"] for day in event.days], number=None if report.version is None else report.version.number,
        alike_at_least=ALIKE_AT_LEAST, fields=[FieldShape(name=name, holds=words[name]) for name in FIELDS],
        rows=[OpenRowShape(**asdict(row)) for row in open_rows(report.rows)],
    )  # fmt: skip
    return read_answer(request, shape)
