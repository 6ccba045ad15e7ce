"""`evaluate`: matching measured on judged sets, beside BM25 alone and cosine alone."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from api.cli.faults import ExitCode
from api.cli.operator import Operator
from api.cli.outlets import notices, results, stages, table, write_json
from api.cli.readme_rows import EVERYTHING, HEADER, readme_row
from api.cli.ready import require_gazetteer, require_model
from api.cli.trec_run import write_run
from api.saying import Say

if TYPE_CHECKING:
    from api.wiring import Evaluation

SYSTEMS = ("matchmaker", "bm25", "cosine")
MEASURES = {"ndcg@10": "nDCG@10", "recall@10": "recall@10", "recall@100": "recall@100", "mrr@10": "MRR@10"}


class Form(StrEnum):
    """In which form figures are written."""

    TABLE = "table"
    MARKDOWN = "markdown"
    JSON = "json"


def evaluate_all(
    operator: Operator, directories: Sequence[Path], *, top: int, run: Path | None, form: Form
) -> ExitCode:
    """Measure on each set, one after the other. Raises errors of `judged_set_…`."""
    from api.wiring import run_evaluation

    done: list[dict[str, object]] = []
    if form is Form.MARKDOWN:
        results().print(HEADER, soft_wrap=True)
    with operator.service() as service:
        require_gazetteer(service)
        require_model(service)
        for directory in directories:
            notices().print(operator.say("note.evaluating", directory=directory))
            with stages(operator.say) as progress:
                found = run_evaluation(service, directory, top=top, progress=progress)
            written = run and run_path(run, found.name, alone=len(directories) == 1)
            if written:
                write_run(written, found.runs["matchmaker"])
            done.append(plain(found, directory, written, top=top))
            if form is Form.TABLE:
                show(operator.say, found, written)
            elif form is Form.MARKDOWN:
                results().print(readme_row(found), soft_wrap=True)
    if form is Form.JSON:
        write_json({"sets": done})
    return ExitCode.DONE


def run_path(path: Path, name: str, *, alone: bool) -> Path:
    """Where a run goes: to the file named; of several sets, each to one with the set's name before the suffix."""
    return path if alone else path.with_name(f"{path.stem}-{name}{path.suffix}")


def show(say: Say, found: "Evaluation", run: Path | None) -> None:
    """One table of a judged set: the rows of each system side by side."""
    console = results()
    counts = {"name": found.name, "documents": found.documents, "queries": found.queries}
    console.print(say("evaluate.set", **counts), style="bold")
    names = list(dict.fromkeys(name for system in SYSTEMS for name in found.figures.get(system, {})))
    if names:
        headers = [say("column.queries_by"), say("column.count"), say("column.system"), *MEASURES.values()]
        rows = [_row(say, found, name, system) for name in names for system in SYSTEMS]
        console.print(table(headers, rows, numbers=(1, 3, 4, 5, 6)))
        _show_cross(console, say, found)
    else:
        console.print(say("evaluate.no_judgements"))
    if run is not None:
        console.print(say("evaluate.run", file=run))
    console.print()


def plain(found: "Evaluation", directory: Path, run: Path | None, *, top: int) -> dict[str, object]:
    """A judged set as JSON: figures by system and row, shares by system and query language."""
    figures = {
        system: {name: {"queries": queries, **values} for name, (queries, values) in rows.items()}
        for system, rows in found.figures.items()
    }
    return {
        "name": found.name,
        "directory": str(directory),
        "documents": found.documents,
        "queries": found.queries,
        "top": top,
        "figures": figures,
        "cross_language_share": found.cross,
        "run": None if run is None else str(run),
    }


def _row(say: Say, found: "Evaluation", name: str, system: str) -> list[object]:
    is_first = system == SYSTEMS[0]
    shown = say("evaluate.all") if name == EVERYTHING else name
    queries, values = found.figures.get(system, {}).get(name, (0, {}))
    figures = [f"{values[measure]:.4f}" if measure in values else "" for measure in MEASURES]
    return [shown if is_first else "", queries if is_first else "", say(f"system.{system}"), *figures]


def _show_cross(console: Console, say: Say, found: "Evaluation") -> None:
    spoken = sorted({language for shares in found.cross.values() for language in shares})
    if not spoken:
        return
    console.print(say("evaluate.cross"), style="bold")
    rows = [
        [say(f"system.{system}"), *(f"{found.cross[system][language]:.4f}" for language in spoken)]
        for system in SYSTEMS
        if system in found.cross
    ]
    console.print(table([say("column.system"), *spoken], rows, numbers=tuple(range(1, len(spoken) + 1))))
