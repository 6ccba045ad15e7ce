"""`bench`: performance as ratios to a named reference in the same run, so that another machine reads the same."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from indexer.encoder import Encoder, SentenceEncoder
from indexer.engines import Engine, open_engine
from indexer.settings import IndexerSettings
from indexer.sync import Progress, Synchroniser, silent
from indexer.vectors import Vectors
from matchmaker.accounts.models import ANYONE
from matchmaker.matching.actions import Wanted, find_matches
from matchmaker.matching.asks import Ask
from matchmaker.matching.ports import Query
from matchmaker.migrations import upgrade
from matchmaker.places.actions import PlaceFinder
from matchmaker.places.models import Located
from matchmaker.profiles.actions import Desk, import_profile
from matchmaker.profiles.drafts import OfferDraft, ProfileDraft
from matchmaker.profiles.models import Visibility
from matchmaker.store.database import Database
from matchmaker.taxonomy.models import Taxonomy

ROUNDS = 40  # the smallest of so many times is taken: what the machine can do when nothing disturbs it
DIMENSION = 384
PROFILES = 3_350  # of six passages each: about 20,000 passages
RARE_SHARE = 0.07  # of the profiles that the filter keeps
NEEDS = (
    "Detectar fugas en la red de agua potable con pocos sensores",
    "Capacitar a mujeres recicladoras y formalizar su trabajo",
    "Precisamos de um sistema de alerta para enchentes em bairros ribeirinhos",
    "A one-stop desk where residents can follow every permit by telephone",
    "Rutas escolares seguras para niñas y niños en calles sin acera",
)


@dataclass(frozen=True)
class Measured:
    """One line of the table: a value and its reference in milliseconds, and what their ratio may be at most.

    `name` and `reference` are codes; `values` belong to the name.
    """

    name: str
    milliseconds: float
    reference: str
    reference_milliseconds: float
    limit: float | None
    values: Mapping[str, float] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """Value over reference."""
        return self.milliseconds / self.reference_milliseconds


def run_bench(
    settings: IndexerSettings, *, taxonomy: Taxonomy, finder: PlaceFinder, progress: Progress = silent
) -> list[Measured]:
    """Measure encoding and matching on one core each; takes about two minutes."""
    encoder = SentenceEncoder(settings.model, threads=1)
    rows = [_encoding(settings.model, encoder)]
    progress("bench", 1, 3)
    with TemporaryDirectory() as folder:
        rows += _matching(settings, Path(folder), encoder, taxonomy, finder, progress)
    progress("bench", 3, 3)
    return rows


class _RandomPassages:
    """The real model for queries; seeded random unit vectors for passages, which cost nothing to make."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._random = np.random.default_rng(7)
        self.fingerprint = f"{encoder.fingerprint}-random"

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.queries(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        drawn = self._random.normal(size=(len(texts), DIMENSION)).astype(np.float32)
        return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True))


def _encoding(model: str, encoder: SentenceEncoder) -> Measured:
    """One query through the runtime, and through the same model on torch."""
    torch_encoder = SentenceEncoder(model, threads=1, backend="torch")
    ours, theirs = encoder.queries(NEEDS[:1]), torch_encoder.queries(NEEDS[:1])
    fast, slow = _alternating(lambda: encoder.queries(NEEDS[:1]), lambda: torch_encoder.queries(NEEDS[:1]))
    return Measured(
        "encode_query", fast, "encode_on_torch", slow, 0.6, {"cosine": float((ours * theirs).sum())},
    )  # fmt: skip


def _matching(
    settings: IndexerSettings, folder: Path, encoder: Encoder, taxonomy: Taxonomy, finder: PlaceFinder,
    progress: Progress,
) -> list[Measured]:  # fmt: skip
    database, engine = _filled(settings, folder, _RandomPassages(encoder), taxonomy, finder)
    progress("bench", 2, 3)
    generation = engine.generations.current()
    ask = Ask(tuple(Query(need, "es") for need in NEEDS), None, (), "es", Located())
    wanted = Wanted(kinds=frozenset({taxonomy.kinds[0].code}), limit=20)

    def match() -> None:
        with database.reading() as session:
            find_matches(session, index=engine.index, acting=ANYONE, ask=ask, wanted=wanted)

    whole, alone = _alternating(match, lambda: encoder.queries(NEEDS))
    passages = 0 if generation is None else len(generation.digests)
    start = time.perf_counter()
    Synchroniser(database, engine.generations, engine.builder).rebuild()
    again = 1_000 * (time.perf_counter() - start)
    engine.close()
    database.close()
    return [
        Measured("match", whole, "encode_needs", alone, 1.3, {"passages": passages, "share": RARE_SHARE}),
        Measured("rebuild", again, "encode_passages", passages * alone / len(NEEDS), None),
    ]  # fmt: skip


def _filled(
    settings: IndexerSettings, folder: Path, encoder: Encoder, taxonomy: Taxonomy, finder: PlaceFinder
) -> tuple[Database, Engine]:
    url = f"sqlite:///{folder / 'bench.sqlite'}"
    upgrade(url)
    database = Database(url)
    desk = Desk(taxonomy=taxonomy, finder=finder, now=datetime.now(UTC))
    rare = int(PROFILES * RARE_SHARE)
    with database.transaction() as session:
        for number in range(PROFILES):
            kind = taxonomy.kinds[0 if number < rare else 1 + number % (len(taxonomy.kinds) - 1)].code
            import_profile(
                session, desk=desk, source="bench", draft=_draft(number, kind), visibility=Visibility.VISIBLE
            )
    engine = open_engine(
        IndexerSettings(settings.model, folder / "index", settings.background_directory, threads=1), encoder
    )
    Synchroniser(database, engine.generations, engine.builder).rebuild()
    return database, engine


def _draft(number: int, kind: str) -> ProfileDraft:
    said = f"Somos el equipo {number} y trabajamos con municipios. En {2000 + number % 25} terminamos la obra {number}."
    offers = [
        OfferDraft(title=f"Servicio {number}", text=f"Ofrecemos el servicio {number} a ciudades. Dura {number} días.")
    ]
    return ProfileDraft(
        external_id=str(number), kind=kind, name=f"Equipo {number}", language="es", summary=said, offers=offers,
        languages=["es"],
    )  # fmt: skip


def _alternating(first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    """The smallest time of each, in milliseconds, measured in turns so that both see the same machine."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for kept, work in zip(times, (first, second), strict=True):
            start = time.perf_counter()
            work()
            kept.append(1_000 * (time.perf_counter() - start))
    return min(times[0]), min(times[1])
