"""All parts of a running service, introduced to each other."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from api.settings import Settings
from api.wiring.index_settings import indexer_settings
from api.wiring.noticing import Shelf
from api.wiring.secret import kept_secret
from indexer.encoder import Encoder
from indexer.engines import Engine, open_engine
from indexer.sync import Synchroniser
from matchmaker.events.launching import launch
from matchmaker.exchange.uploads import Uploads
from matchmaker.integrity import pairs
from matchmaker.integrity.rulebook import Rulebook
from matchmaker.introductions.advancing import advance_one, unfinished
from matchmaker.introductions.terms import Lists, Office, Terms
from matchmaker.matching.ports import SearchIndex
from matchmaker.membership.charter import Charter
from matchmaker.membership.office import Office as AdmissionOffice
from matchmaker.places.gazetteer import Gazetteer
from matchmaker.profiles.actions import Desk
from matchmaker.rights.deadlines import load_deadlines
from matchmaker.rights.office import Office as RightsOffice
from matchmaker.rights.purposes import Purposes, load_purposes, load_retention
from matchmaker.store.database import Database
from matchmaker.taxonomy.models import Taxonomy

Clock = Callable[[], datetime]


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
    def shelf(self) -> Shelf:
        """Every version of the alliance's lists."""
        return Shelf(self.settings.data_directory, self.database)

    @property
    def taxonomy(self) -> Taxonomy:
        """The newest version of kinds, areas and principles."""
        return self.shelf.book.taxonomy

    @property
    def rulebook(self) -> Rulebook:
        """Code of ethics, terms and public mail hosts."""
        return self.shelf.book.rulebook

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

    @property
    def charter(self) -> Charter:
        """What the alliance has laid down on membership."""
        return self.shelf.book.charter

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

    @property
    def lists(self) -> Lists:
        """Reasons for a no, and who could bid in a purchase."""
        return self.shelf.book.lists

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
