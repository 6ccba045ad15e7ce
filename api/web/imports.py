"""Files to import, as pages: a dry run first, with row errors in place, then the import itself."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

import structlog

from api.importing import desk_at, mapping_of, mappings_of, notice_row, problem_row
from api.saying import Say
from api.web.desk import check_room
from api.web.frames import Asked
from api.web.import_views import ColumnChoice, Counts, ImportPage, Imports, UploadLine, WrongRow
from api.web.pieces import Choice
from api.web.typed import Typed
from api.wiring import Service
from matchmaker.errors import InvalidInputError
from matchmaker.exchange.flat import header_of
from matchmaker.exchange.formats import open_table
from matchmaker.exchange.importer import ImportOptions, import_file
from matchmaker.exchange.report import ImportReport, Problem
from matchmaker.exchange.templates import template_headers
from matchmaker.exchange.understanding import columns_of
from matchmaker.exchange.uploads import WORKING, State, Upload
from matchmaker.exchange.vocabulary import CHALLENGES, PROFILES, load_vocabulary

NOTHING = Typed()
SHOWN_PROBLEMS = 200  # of a page; the rest are counted
MEGABYTE = 1_048_576
WHOLE = 100  # percent
SIGN_STEPS = 50  # of progress that are written down, so that a file of many rows does not write as often
logger = structlog.get_logger()


def imports_page(asked: Asked, *, typed: Typed = NOTHING, done: str = "") -> Imports:
    """The form, and the files that are kept. Raises `sign_in_needed`, `secretariat_only`."""
    rooms, service = check_room(asked, "import"), asked.service
    service.uploads.drop_expired(service.clock())
    known = mappings_of(service.settings.data_directory / "mappings")
    return Imports(
        language=asked.language,
        frame=asked.frame("desk"),
        rooms=rooms,
        lines=tuple(_line(upload) for upload in service.uploads.every()),
        mappings=tuple(Choice(name, name, typed.get("mapping") == name) for name in known),
        most_megabytes=service.settings.max_upload_bytes // MEGABYTE,
        typed=typed,
        done=done,
    )


def import_page(asked: Asked, key: str, *, typed: Typed = NOTHING) -> ImportPage:
    """One file. Raises `sign_in_needed`, `secretariat_only`, `upload_unknown`."""
    rooms, service = check_room(asked, "import"), asked.service
    upload, say = service.uploads.find(key), Say(asked.spoken)
    report = upload.report
    kind = upload.kind or (report.kind if report else "")
    wrong = [] if report is None else [_row(each, problem_row(say, each)) for each in report.refused]
    noticed = [] if report is None else [_row(each, notice_row(say, each)) for each in report.notices]
    return ImportPage(
        language=asked.language,
        frame=asked.frame("desk"),
        rooms=rooms,
        line=_line(upload),
        is_working=upload.state in WORKING and not upload.is_stalled(service.clock()),
        is_stalled=upload.is_stalled(service.clock()),
        percent=min(WHOLE, upload.done * WHOLE // upload.total) if upload.total else 0,
        counts=None if report is None else _counts(report),
        kind=kind,
        source=upload.source or (report.source if report else ""),
        wrong=tuple(wrong[:SHOWN_PROBLEMS]),
        more_wrong=max(0, report.problem_count - SHOWN_PROBLEMS) if report else 0,
        noticed=tuple(noticed[:SHOWN_PROBLEMS]),
        columns=_columns(asked, upload, kind),
        kinds=tuple(Choice(each, each, each == kind) for each in (PROFILES, CHALLENGES)),
        error=say.refusal(upload.error, dict(upload.error_values)) if upload.error else "",
        typed=typed,
    )


def carry_out(service: Service, key: str, *, dry_run: bool) -> None:
    """Check or import a kept file, and write down how far it is; whoever asked may have gone elsewhere."""
    upload = service.uploads.find(key)
    folder = service.settings.data_directory / "mappings"
    last = [-1]

    def progress(_stage: str, done: int, total: int) -> None:
        step = done * SIGN_STEPS // total if total else done
        if step != last[0]:
            last[0] = step
            service.uploads.save(replace(upload, done=done, total=total, seen_at=service.clock()))

    try:
        options = ImportOptions(
            kind=upload.kind or None, mapping=mapping_of(upload.mapping, folder) if upload.mapping else None,
            headers=upload.headers, source=upload.source, dry_run=dry_run, vocabulary=folder,
        )  # fmt: skip
        report = import_file(
            service.database, desk_of=desk_at(service), path=service.uploads.content(upload), options=options,
            progress=progress,
        )  # fmt: skip
    except InvalidInputError as refusal:
        values = refusal.values | ({"value": upload.name} if "value" in refusal.values else {})
        service.uploads.save(
            replace(upload, state=State.FAILED, error=refusal.code, error_values=values, seen_at=service.clock())
        )
        return
    except Exception:
        logger.exception("import_broke_off", key=key)
        service.uploads.save(
            replace(upload, state=State.FAILED, error="file_broken", error_values={"value": upload.name})
        )
        return
    state = State.CHECKED if dry_run else State.IMPORTED
    service.uploads.save(replace(upload, state=state, report=report, seen_at=service.clock()))


def _line(upload: Upload) -> UploadLine:
    return UploadLine(upload.key, upload.name, upload.state, upload.kept_at, upload.expires_at)


def _counts(report: ImportReport) -> Counts:
    return Counts(report.rows, report.created, report.updated, report.unchanged, report.refused_rows)


def _row(problem: Problem, cells: Sequence[object]) -> WrongRow:
    """A line of the report with its words: what is wrong or was understood and, of a wrong one, what would be right."""
    said = [str(cell) for cell in cells[3:]]
    return WrongRow(problem.line, problem.column, problem.value, said[0], "".join(said[1:]))


def _columns(asked: Asked, upload: Upload, kind: str) -> tuple[ColumnChoice, ...]:
    """Each header of a table with what it may be read as; nothing for files that name their fields themselves."""
    service = asked.service
    if not kind or upload.mapping or kind not in (PROFILES, CHALLENGES):
        return ()
    folder = service.settings.data_directory / "mappings"
    vocabulary = load_vocabulary(service.taxonomy, folder)
    read: Mapping[str, str] = {}
    with suppress(InvalidInputError), service.uploads.content(upload).open("rb") as file:
        opened = open_table(file, service.uploads.content(upload))
        read = columns_of(opened, vocabulary, kind, upload.headers) if opened.headers else {}
    offered = template_headers(kind, language=asked.language, directory=folder)
    headers = vocabulary.headers[kind]
    chosen = {header: header_of(field, headers, language=asked.language) if field else "" for header, field in
              read.items()}  # fmt: skip
    return tuple(
        ColumnChoice(
            f"column-{place}", header,
            tuple(Choice(each, each, each == chosen[header])
                  for each in dict.fromkeys([*offered, *filter(None, [chosen[header]])])),
        )
        for place, header in enumerate(read)
    )  # fmt: skip
