"""Findings of pydantic as problems: codes and values, without its sentences."""

from collections.abc import Mapping

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from sqlmodel import SQLModel

from matchmaker.exchange.records import Record
from matchmaker.exchange.report import Problem, shown

_CODES: Mapping[str, str] = {
    "missing": "missing",
    "string_too_short": "missing",
    "string_too_long": "too_long",
    "too_long": "too_many",
    "string_pattern_mismatch": "malformed",
    "string_type": "not_text",
    "list_type": "not_a_list",
    "int_type": "not_a_number",
    "int_parsing": "not_a_number",
    "int_from_float": "not_a_number",
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
    "date_from_datetime_parsing": "not_a_date",
    "date_type": "not_a_date",
    "enum": "unknown_code",
    "extra_forbidden": "unknown_field",
}
_OWN = ("no_words", "nul_character", "lone_surrogate", "dates_out_of_order")
_BOUNDS = ("max_length", "ge", "le", "pattern", "expected")


def problems_of(error: ValidationError, record: Record) -> list[Problem]:
    """One problem for each value, in the order of the draft."""
    found: dict[str, Problem] = {}
    for detail in error.errors(include_url=False):
        problem = _problem(detail, record)
        found.setdefault(problem.column, problem)
    return list(found.values())


def too_long_for(table: type[SQLModel], draft: BaseModel, record: Record) -> list[Problem]:
    """Texts that the draft allows and the table's column does not."""
    columns = table.metadata.tables[str(table.__tablename__)].columns
    limits = {column.name: getattr(column.type, "length", None) for column in columns}
    problems = []
    for name in type(draft).model_fields:
        value, limit = getattr(draft, name), limits.get(name)
        if isinstance(value, str) and isinstance(limit, int) and len(value) > limit:
            problems.append(Problem(record.line, record.column(name), shown(value), "too_long", str(limit)))
    return problems


def _problem(detail: ErrorDetails, record: Record) -> Problem:
    kind = detail["type"]
    if isinstance(detail["input"], str):
        kind = {"too_long": "string_too_long", "too_short": "string_too_short"}.get(kind, kind)
    code = kind if kind in _OWN else _CODES.get(kind, "invalid")
    path = ".".join(str(piece) for piece in detail["loc"] if not str(piece).startswith(("function", "constrained")))
    context = detail.get("ctx", {})
    expected = next((str(context[bound]) for bound in _BOUNDS if bound in context), "")
    value = "" if code == "missing" or not detail["loc"] else shown(detail["input"])
    return Problem(record.line, record.column(path) if path else "", value, code, expected)
