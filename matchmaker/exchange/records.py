"""Rows of any file in one shape: the keys of a draft, nested as in JSON, and the columns they came from. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from matchmaker.exchange.names import Names
from matchmaker.exchange.report import Problem, shown
from matchmaker.exchange.rows import Row, is_blank
from matchmaker.formulas import unguarded

_NUMBER = re.compile(r"\d{1,4}")
_BETWEEN = re.compile(r"[;|\n]")
_PLACE_PARTS = ("country", "region", "geonameid")

Path = tuple[str, int, str]
"""A target: field, number of its group (0 when it is not numbered), part of the group ("" for none)."""


@dataclass(frozen=True)
class Record:
    """What a row says, by the names of a draft's fields. `columns` gives the source of each dotted path."""

    line: int
    values: dict[str, object]
    columns: dict[str, str] = field(default_factory=dict)

    def column(self, path: str) -> str:
        """The column from which a path's value came, or that of the nearest path above it; else the path itself."""
        trail = path
        while trail:
            if trail in self.columns:
                return self.columns[trail]
            trail = trail.rpartition(".")[0]
        return path


@dataclass(frozen=True)
class HeaderPlan:
    """Which header fills which target, and what is worth saying about the others."""

    paths: Mapping[str, Path]
    notices: tuple[Problem, ...]

    @property
    def fields(self) -> set[str]:
        """The fields that have a column."""
        return {path[0] for path in self.paths.values()}


def plan_headers(headers: tuple[str, ...], names: Names, *, line: int) -> HeaderPlan:
    """Give every header its target: exact spellings first, near ones where the target is still free."""
    paths: dict[str, Path] = {}
    notices: list[Problem] = []
    found = {header: _find(header, names) for header in headers if header}
    for header, (path, is_exact, candidates) in sorted(found.items(), key=lambda item: not item[1][1]):
        if path is None:
            code = "header_ambiguous" if candidates else "column_ignored"
            notices.append(Problem(line, header, shown(header), code, ", ".join(candidates)))
        elif path in paths.values():
            notices.append(Problem(line, header, shown(header), "column_repeated", _dotted(path)))
        else:
            paths[header] = path
            if not is_exact:
                notices.append(Problem(line, header, shown(header), "header_guessed", _dotted(path)))
    return HeaderPlan({header: paths[header] for header in headers if header in paths}, tuple(notices))


def record_of_cells(row: Row, plan: HeaderPlan) -> Record:
    """A row of a table as a record. The guard of formulas is taken off; numbered groups close up."""
    record = Record(row.line, {})
    groups: dict[str, dict[int, dict[str, tuple[object, str]]]] = {}
    for header, (name, number, part) in plan.paths.items():
        value = row.values.get(header)
        if is_blank(value):
            continue
        value = unguarded(value) if isinstance(value, str) else value
        if number:
            groups.setdefault(name, {}).setdefault(number, {})[part] = (value, header)
        else:
            record.values[name] = value
            record.columns[name] = header
    for name, numbered in groups.items():
        _add_group(record, name, [numbered[number] for number in sorted(numbered)])
    _gather_place(record.values, record.columns, prefix="")
    return record


def _find(header: str, names: Names) -> tuple[Path | None, bool, tuple[str, ...]]:
    """Target, whether it is sure, and what else may be meant. The first number in a header is that of its group."""
    number = _NUMBER.search(header)
    marked = _NUMBER.sub("#", header, count=1) if number else header
    found = names.find(marked)
    if number and not found.meaning and not found.candidates:
        number, found = None, names.find(header)
    if not found.meaning:
        return None, True, found.candidates
    if "#" not in found.meaning:
        return (None, True, ()) if number else ((found.meaning, 0, ""), found.exact, ())
    name, _, part = found.meaning.partition(".#")
    return (name, int(number.group()) if number else 1, part.removeprefix(".")), found.exact, ()


def _add_group(record: Record, name: str, items: list[dict[str, tuple[object, str]]]) -> None:
    present = record.values.get(name)
    kept: list[object] = [] if present is None else list(split_list(present))
    for parts in items:
        at = f"{name}.{len(kept)}"
        for part, (_, header) in parts.items():
            record.columns[f"{at}.{part}" if part else at] = header
        if "" in parts:
            kept.append(parts[""][0])
            continue
        group: dict[str, object] = {part: value for part, (value, _) in parts.items()}
        if "place" in group or "country" in group:
            _gather_place(group, record.columns, prefix=f"{at}.")
        kept.append(group)
    record.values[name] = kept


def _gather_place(values: dict[str, object], columns: dict[str, str], *, prefix: str) -> None:
    """Put the parts of a place together: {"name", "country", "region", "geonameid"}."""
    parts = {part: values.pop(part) for part in _PLACE_PARTS if part in values}
    if not parts and "place" not in values:
        return
    if "place" in values:
        parts["name"] = values["place"]
        columns[f"{prefix}place.name"] = columns.get(f"{prefix}place", "place")
    for part in parts:
        if f"{prefix}{part}" in columns and part != "name":
            columns[f"{prefix}place.{part}"] = columns[f"{prefix}{part}"]
    values["place"] = parts


def _dotted(path: Path) -> str:
    return ".".join(str(piece) for piece in path if piece)


def header_score(headers: tuple[str, ...], names: Names) -> int:
    """How many fields the headers name exactly."""
    return len({path[0] for path, is_exact, _ in (_find(header, names) for header in headers if header)
                if path is not None and is_exact})  # fmt: skip


def split_list(value: object) -> list[object]:
    """The pieces of a list in one cell, between `;`, `|` or line ends; a list as it is."""
    if isinstance(value, str):
        return [piece.strip() for piece in _BETWEEN.split(value) if piece.strip()]
    return list(value) if isinstance(value, list) else [value]
