"""Measures matching and speed in temporary stores."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from api.wiring.index_settings import indexer_settings
from api.wiring.service import Service
from matchmaker.taxonomy.models import Taxonomy
from matchmaker.taxonomy.queries import load_taxonomy

Progress = Callable[[str, int, int], None]
"""Called with a stage, how many are done, and of how many."""


@dataclass(frozen=True)
class Evaluation:
    """A judged set measured. `figures`: by system and row, how many queries and the mean of each measure.

    `runs`: by system, query and document, the score. `cross`: by system and query language, how often the first result
    is a relevant document of another language.
    """

    name: str
    documents: int
    queries: int
    runs: dict[str, Mapping[str, Mapping[str, float]]]
    figures: dict[str, dict[str, tuple[int, dict[str, float]]]]
    cross: dict[str, dict[str, float]]


def run_evaluation(service: Service, directory: Path, *, top: int, progress: Progress) -> Evaluation:
    """Measure matching on a judged set in a temporary store. Raises errors of `judged_set_…`."""
    from indexer.evaluation import evaluate
    from indexer.judged import load_judged_set

    judged = load_judged_set(directory)
    found = evaluate(
        judged,
        settings=lambda folder: indexer_settings(service.settings, folder / "index"),
        encoder=service.engine.encoder,
        taxonomy=_shipped(service),
        finder=service.gazetteer,
        top=top,
        progress=progress,
    )
    figures = {
        system: {name: (row.queries, dict(row.values)) for name, row in rows.items()}
        for system, rows in found.figures.items()
    }
    return Evaluation(judged.name, len(judged.corpus), len(judged.queries), dict(found.runs), figures, found.cross)


@dataclass(frozen=True)
class Measurement:
    """A figure in milliseconds beside its reference's, their ratio, and what the ratio may be at most, if anything.

    `name` and `reference` are codes; `values` belong to the name.
    """

    name: str
    value: float
    reference: str
    reference_value: float
    ratio: float
    limit: float | None
    values: Mapping[str, float]


def run_bench(service: Service, progress: Progress) -> list[Measurement]:
    """Measure speed in a temporary store; about two minutes."""
    from indexer.bench import run_bench as measure

    settings = indexer_settings(service.settings, service.settings.var_directory / "index")
    return [
        Measurement(
            row.name, row.milliseconds, row.reference, row.reference_milliseconds, row.ratio, row.limit, row.values
        )
        for row in measure(settings, taxonomy=_shipped(service), finder=service.gazetteer, progress=progress)
    ]


def _shipped(service: Service) -> Taxonomy:
    """The lists that came with the service: judged sets and figures were made with them, whatever is published."""
    return load_taxonomy(service.settings.data_directory / "taxonomy")
