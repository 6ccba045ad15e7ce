"""`import`: files in, each bad row named, and the index brought up to date."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from api.cli.faults import ExitCode
from api.cli.indexing import sync
from api.cli.operator import Operator
from api.cli.outlets import Stages, notices, results, stages, write_json
from api.cli.problem_table import show_report
from api.cli.ready import require_gazetteer
from api.importing import desk_at, mapping_of
from matchmaker.errors import InvalidInputError
from matchmaker.exchange.importer import ImportOptions, import_file
from matchmaker.exchange.report import ImportReport
from matchmaker.profiles.models import Visibility

if TYPE_CHECKING:
    from api.wiring import Service


@dataclass(frozen=True)
class Wish:
    """How files are to be imported, as it was typed; `wait` in seconds."""

    kind: str | None
    mapping: str
    source: str
    visibility: str | None
    dry_run: bool
    sync: bool
    wait: float


@dataclass(frozen=True)
class Imported:
    """What became of one file: a report, or the sentence that says why it could not be read."""

    path: Path
    report: ImportReport | None
    error: tuple[str, str] | None = None  # code, sentence


def import_all(operator: Operator, files: Sequence[Path], wish: Wish, *, as_json: bool) -> ExitCode:
    """Import every file that can be read: 0 when all rows were kept, 1 when some were refused, 2 for a file unread."""
    with operator.service() as service:
        require_gazetteer(service)
        options = options_of(service, wish)
        with stages(operator.say) as progress:
            found = [_one(operator, service, path, options, progress) for path in files]
            done = _sync(service, found, wish, progress)
    if as_json:
        write_json({"files": [_plain(item) for item in found], "synchronised": done})
    else:
        for item in found:
            _show(operator, item)
        if done is not None:
            results().print(operator.say("index.synchronised", **done))
    return exit_code(found)


def exit_code(found: Sequence[Imported]) -> ExitCode:
    """The worst of all files."""
    if any(item.report is None for item in found):
        return ExitCode.REFUSED
    return ExitCode.NOT_ALL if any(item.report and item.report.problem_count for item in found) else ExitCode.DONE


def options_of(service: "Service", wish: Wish) -> ImportOptions:
    """The wish in terms of the domain. Raises `mapping_unknown`."""
    folder = service.settings.data_directory / "mappings"
    return ImportOptions(
        kind=wish.kind,
        mapping=mapping_of(wish.mapping, folder) if wish.mapping else None,
        source=wish.source,
        dry_run=wish.dry_run,
        visibility=Visibility(wish.visibility) if wish.visibility else None,
        vocabulary=folder,
    )


def _one(operator: Operator, service: "Service", path: Path, options: ImportOptions, progress: Stages) -> Imported:
    progress.tell(operator.say("note.importing", file=path))
    try:
        return Imported(
            path, import_file(service.database, desk_of=desk_at(service), path=path, options=options, progress=progress)
        )
    except InvalidInputError as error:
        return Imported(path, None, (error.code, operator.say.refusal(error.code, error.values)))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Imported(
            path, None, ("file_unreadable", operator.say("error.file_unreadable", file=path, reason=reason))
        )


def _sync(service: "Service", found: Sequence[Imported], wish: Wish, progress: Stages) -> dict[str, int] | None:
    """Bring the index up to date after a change that was kept."""
    changed = sum(item.report.created + item.report.updated for item in found if item.report)
    if not wish.sync or wish.dry_run or not changed:
        return None
    return sync(service, progress, wait=wish.wait, whole=False)


def _show(operator: Operator, item: Imported) -> None:
    if item.report is not None:
        show_report(operator.say, item.path, item.report)
    elif item.error is not None:
        notices().print(f"{item.path}: {item.error[1]}")


def _plain(item: Imported) -> dict[str, object]:
    error = {"code": item.error[0], "detail": item.error[1]} if item.error else None
    return {"file": str(item.path), "error": error, "report": asdict(item.report) if item.report else None}
