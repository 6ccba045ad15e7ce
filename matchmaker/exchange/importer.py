"""Importing a file: read, understand, save in batches, report."""

from collections.abc import Callable, Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from matchmaker.errors import InvalidInputError
from matchmaker.exchange.drafting import SOURCE_CHARACTERS, Prepared, prepare
from matchmaker.exchange.formats import open_table
from matchmaker.exchange.mapping import Mapping, load_mapping
from matchmaker.exchange.ocds_importer import import_releases
from matchmaker.exchange.place_cells import Places
from matchmaker.exchange.reading import Reading
from matchmaker.exchange.report import ImportReport, Problem, Progress, Tally
from matchmaker.exchange.rows import Format, Opened, Row
from matchmaker.exchange.saving import Terms, save_batch
from matchmaker.exchange.seen import SeenIds
from matchmaker.exchange.understanding import Understanding, understand
from matchmaker.exchange.vocabulary import CHALLENGES, MAPPINGS, PROFILES, load_vocabulary
from matchmaker.profiles.actions import Desk
from matchmaker.profiles.models import Visibility
from matchmaker.store.database import Database

BATCH_ROWS = 200  # saved in one transaction: well under a second, so that other writers need not wait
DEFAULT_SOURCE, OCDS_SOURCE = "import", "ocds"

DeskOf = Callable[[datetime], Desk]


@dataclass(frozen=True)
class ImportOptions:
    """How a file is to be read.

    `kind` is `profiles` or `challenges`, found out when None. `source` is the name under which external ids are known
    (the mapping's own, `ocds` or `import` when empty). `headers`: as which one a header of a table is read,
    empty to leave it out. `visibility` of new profiles is the mapping's, else visible.
    """

    kind: str | None = None
    mapping: Path | None = None
    headers: MappingOf[str, str] = field(default_factory=dict)
    source: str = ""
    dry_run: bool = False
    visibility: Visibility | None = None
    is_demo: bool = False
    vocabulary: Path = field(default=MAPPINGS)


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def import_file(
    database: Database,
    *,
    desk_of: DeskOf | Desk,
    path: Path,
    options: ImportOptions | None = None,
    progress: Progress = no_progress,
) -> ImportReport:
    """Import one file; bad rows are reported and good ones kept. The same file again changes nothing.

    Memory does not grow with the file. A dry run does all but keep what it saved, so that a row which needs an earlier
    one of the same file, such as its owner, is refused there once that one's batch is over.
    Raises InvalidInputError: `file_empty`, `format_unknown`, `file_broken`, `file_too_large`, `mapping_broken`,
    `kind_undetected`, `source_too_long`; FileNotFoundError.
    """
    chosen = options or ImportOptions()
    mapping = load_mapping(chosen.mapping) if chosen.mapping else None
    _check(chosen)
    with path.open("rb") as file:
        opened = open_table(file, path)
        if opened.format is Format.OCDS:
            return import_releases(
                database, desk_of=_dated(desk_of), opened=opened, source=chosen.source or OCDS_SOURCE,
                vocabulary=chosen.vocabulary, dry_run=chosen.dry_run, progress=progress,
            )  # fmt: skip
        return _import_rows(
            database, desk_of=_dated(desk_of), opened=opened, options=chosen, mapping=mapping, progress=progress
        )


def _check(options: ImportOptions) -> None:
    if len(options.source) > SOURCE_CHARACTERS:
        raise InvalidInputError("source_too_long", field="source", value=options.source, known=SOURCE_CHARACTERS)
    if options.kind not in (None, PROFILES, CHALLENGES):
        raise InvalidInputError("kind_undetected", field="kind", value=options.kind, known=[PROFILES, CHALLENGES])


def _dated(desk_of: DeskOf | Desk) -> DeskOf:
    return (lambda _now: desk_of) if isinstance(desk_of, Desk) else desk_of


def _import_rows(
    database: Database,
    *,
    desk_of: DeskOf,
    opened: Opened,
    options: ImportOptions,
    mapping: Mapping | None,
    progress: Progress,
) -> ImportReport:
    desk, tally = desk_of(datetime.now(UTC)), Tally()
    vocabulary = load_vocabulary(desk.taxonomy, options.vocabulary)
    understanding = understand(
        opened, vocabulary=vocabulary, mapping=mapping, kind=options.kind, headers=options.headers
    )
    source = options.source or (mapping.source if mapping else "") or DEFAULT_SOURCE
    tally.notice(understanding.notices)
    terms = Terms(
        visibility=options.visibility or Visibility((mapping and mapping.visibility) or Visibility.VISIBLE),
        is_demo=options.is_demo, is_reference=bool(mapping and mapping.is_reference),
        fields=understanding.fields,
    )  # fmt: skip
    seen = SeenIds()
    try:
        prepared = _prepared(understanding, Places(desk.finder, vocabulary.labels["country"]), source, seen, tally)
        while rows := list(islice(prepared, BATCH_ROWS)):
            with database.transaction() as session:
                save_batch(session, desk=desk_of(datetime.now(UTC)), rows=rows, terms=terms, tally=tally)
                if options.dry_run:
                    session.rollback()
            progress("import_reading", opened.position() or tally.rows, opened.size)
    finally:
        seen.close()
    progress("import_done", opened.size or tally.rows, opened.size or tally.rows)
    return tally.report(kind=understanding.kind, source=source, dry_run=options.dry_run)


def _prepared(
    understanding: Understanding, places: Places, source: str, seen: SeenIds, tally: Tally
) -> Iterator[Prepared]:
    """The rows that can be saved, one after the other; the others are refused on the way."""
    for item in understanding.rows:
        tally.rows += 1
        row = _read(item, understanding, places, source, tally) if isinstance(item, Row) else item
        if isinstance(row, Prepared):
            row = _once(row, seen)
        if isinstance(row, Prepared):
            yield row
        elif row is not None:
            tally.refuse([row])


def _read(
    row: Row, understanding: Understanding, places: Places, source: str, tally: Tally
) -> Prepared | Problem | None:
    record = understanding.record_of(row)
    if isinstance(record, Problem):
        return record
    reading = Reading(record, understanding.labels, places, understanding.lenient)
    prepared = prepare(reading, kind=understanding.kind, source=source)
    tally.notice(reading.notices)
    if prepared is None:
        tally.refuse(reading.problems)
    return prepared


def _once(row: Prepared, seen: SeenIds) -> Prepared | Problem:
    external_id = row.draft.external_id or ""
    first = seen.first_line(row.source, external_id, line=row.line)
    return row if first == row.line else Problem(row.line, "external_id", external_id, "id_repeated", str(first))
