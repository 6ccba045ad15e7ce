"""What came of an event as answers: figures, and open data."""

from pydantic import BaseModel

from matchmaker.events.reporting import Report


class ReportShape(BaseModel):
    """An event in figures, without persons."""

    event_id: int
    number: int | None
    versions: int
    presence: dict[str, int]
    attendance: float | None
    meetings: int
    by_source: dict[str, int]
    by_area: dict[str, int]
    by_kind: dict[str, int]
    by_country: dict[str, int]
    by_size: dict[str, int]
    met: dict[str, int]
    outcomes: dict[str, int]
    acceptance: dict[str, int]
    acceptance_rate: float | None


class FieldShape(BaseModel):
    """A field of open data, and what it holds."""

    name: str
    holds: str


class OpenRowShape(BaseModel):
    """A meeting as open data."""

    day: str
    kinds: list[str]
    areas: list[str]
    countries: list[str]
    sizes: list[str]
    source: str
    met: str
    withheld: list[str]


class OpenDataShape(BaseModel):
    """The meetings of an event as open data. What fewer than `alike_at_least` rows say alike is withheld."""

    event_id: int
    name: str
    city: str
    country: str
    days: list[str]
    number: int | None
    alike_at_least: int
    fields: list[FieldShape]
    rows: list[OpenRowShape]


def report_shape(report: Report) -> ReportShape:
    """An event in figures."""
    known = {name: getattr(report, name) for name in ReportShape.model_fields if name not in {"event_id", "number"}}
    number = None if report.version is None else report.version.number
    return ReportShape(event_id=report.event.id or 0, number=number, **known)
