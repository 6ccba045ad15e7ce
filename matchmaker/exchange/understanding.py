"""What the rows of a file are, and how each is turned into a record."""

from collections.abc import Callable, Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from itertools import chain

from matchmaker.errors import InvalidInputError
from matchmaker.exchange.drafting import CHALLENGE_FIELDS, PROFILE_FIELDS
from matchmaker.exchange.mapping import Mapping, apply_mapping
from matchmaker.exchange.names import Names
from matchmaker.exchange.records import HeaderPlan, Record, header_score, plan_headers, record_of_cells
from matchmaker.exchange.report import Problem
from matchmaker.exchange.rows import Opened, Readable, Row
from matchmaker.exchange.vocabulary import CHALLENGES, PROFILES, Vocabulary

REQUIRED = {PROFILES: ("kind", "name"), CHALLENGES: ("title", "description")}
FIELDS = {PROFILES: PROFILE_FIELDS, CHALLENGES: CHALLENGE_FIELDS}


@dataclass(frozen=True)
class Understanding:
    """A file whose rows can be read. `fields`: those that the file has a place for, filled or not."""

    kind: str
    rows: Readable
    record_of: Callable[[Row], Record | Problem]
    labels: MappingOf[str, Names]
    lenient: frozenset[str]
    fields: frozenset[str]
    notices: tuple[Problem, ...] = ()


def understand(
    opened: Opened,
    *,
    vocabulary: Vocabulary,
    mapping: Mapping | None,
    kind: str | None,
    headers: MappingOf[str, str] | None = None,
) -> Understanding:
    """Find out what the file holds. Raises `kind_undetected`."""
    if mapping is not None:
        return Understanding(
            kind=mapping.kind, rows=opened.rows, record_of=lambda row: apply_mapping(mapping, row),
            labels=vocabulary.labels, lenient=mapping.lenient, fields=frozenset(mapping.rules),
        )  # fmt: skip
    if not opened.headers:
        return _of_objects(opened, vocabulary, kind)
    return _of_table(opened, vocabulary, kind, headers or {})


def columns_of(opened: Opened, vocabulary: Vocabulary, kind: str, headers: MappingOf[str, str]) -> dict[str, str]:
    """What each header of a table is read as: the target field with its number, empty where it is left out."""
    plan = _plan(opened, vocabulary, kind, headers)
    return {header: ".".join(str(piece) for piece in plan.paths.get(header, ()) if piece) for header in opened.headers}


def _plan(opened: Opened, vocabulary: Vocabulary, kind: str, said: MappingOf[str, str]) -> HeaderPlan:
    """The plan of the headers, each read as what is said of it, under its own name."""
    read_as = {said.get(header, header): header for header in opened.headers if said.get(header, header)}
    plan = plan_headers(tuple(read_as), vocabulary.header_names[kind], line=opened.header_line)
    return HeaderPlan({read_as[name]: path for name, path in plan.paths.items()}, plan.notices)


def _of_table(opened: Opened, vocabulary: Vocabulary, kind: str | None, headers: MappingOf[str, str]) -> Understanding:
    chosen = kind or _kind_of(opened.headers, vocabulary)
    plan = _plan(opened, vocabulary, chosen, headers)
    absent = [name for name in REQUIRED[chosen] if name not in plan.fields]
    problems = [_absent(name, vocabulary, chosen, line=opened.header_line) for name in absent]
    return Understanding(
        kind=chosen, rows=iter(problems) if problems else opened.rows,
        record_of=lambda row: record_of_cells(row, plan), labels=vocabulary.labels, lenient=frozenset(),
        fields=frozenset(plan.fields), notices=plan.notices,
    )  # fmt: skip


def _absent(name: str, vocabulary: Vocabulary, kind: str, *, line: int) -> Problem:
    spellings = [texts[0] for texts in vocabulary.headers[kind][name].values()]
    return Problem(line, name, "", "column_missing", " / ".join(dict.fromkeys(spellings)))


def _of_objects(opened: Opened, vocabulary: Vocabulary, kind: str | None) -> Understanding:
    """JSON Lines in the service's own shape; the first object tells which."""
    held: list[Row | Problem] = []
    for item in opened.rows:
        held.append(item)
        if isinstance(item, Row):
            break
    first = held[-1] if held else None
    keys = tuple(_original(first.values)) if isinstance(first, Row) else ()
    chosen = kind or _kind_of(keys, vocabulary)
    names = vocabulary.header_names[chosen]
    rows: Iterator[Row | Problem] = chain(held, opened.rows)
    return Understanding(
        kind=chosen, rows=rows, record_of=lambda row: _native(row, chosen, names), labels=vocabulary.labels,
        lenient=frozenset(), fields=frozenset(),
    )  # fmt: skip


def _native(row: Row, kind: str, names: Names) -> Record:
    """Keys by their own names, else as headers are read when they are exact."""
    record = Record(row.line, {})
    for key, value in _original(row.values).items():
        found = names.find(key) if key not in FIELDS[kind] else None
        name = found.meaning if found and found.exact and "#" not in found.meaning else key
        record.values.setdefault(name, value)
        record.columns[name] = key
    return record


def _original(values: dict[str, object]) -> dict[str, object]:
    """A challenge told in several languages, in that of its author: `texts` holds an object for each."""
    texts = values.get("texts")
    told = texts.get(str(values.get("language"))) if isinstance(texts, dict) else None
    if not isinstance(told, dict):
        return values
    return {**{key: value for key, value in values.items() if key != "texts"}, **told}


def _kind_of(headers: tuple[str, ...], vocabulary: Vocabulary) -> str:
    scores = {kind: header_score(headers, vocabulary.header_names[kind]) for kind in REQUIRED}
    best = max(scores, key=lambda kind: scores[kind])
    if list(scores.values()).count(scores[best]) > 1:
        raise InvalidInputError("kind_undetected", field="kind", value=" | ".join(headers[:12]), known=sorted(REQUIRED))
    return best
