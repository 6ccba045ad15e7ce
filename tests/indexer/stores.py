"""A database with an engine beside it, as a process has them."""

from dataclasses import dataclass

from sqlmodel import col, select, update

from indexer.engines import Engine
from indexer.generation import Generation
from indexer.sync import Difference, Drained, Synchroniser
from matchmaker.accounts.models import OPERATOR
from matchmaker.matching.ports import Query, SearchRequest, Subject
from matchmaker.profiles.actions import create_profile, import_profile, save_profile, set_visibility
from matchmaker.profiles.drafts import ProfileDraft
from matchmaker.profiles.models import Profile, Representation, Visibility
from matchmaker.store.database import Database
from matchmaker.store.outbox import Message
from tests.factories import NOW, desk, profile_draft, saved_lesson, signed_in


@dataclass(frozen=True)
class Store:
    """A database, an index, and what brings the one to the other."""

    database: Database
    engine: Engine

    @property
    def synchroniser(self) -> Synchroniser:
        return Synchroniser(self.database, self.engine.generations, self.engine.builder)

    def drain(self) -> Drained:
        return self.synchroniser.drain()

    def check(self) -> Difference:
        return self.synchroniser.check()

    @property
    def generation(self) -> Generation:
        current = self.engine.generations.current()
        assert current is not None
        return current

    def add(self, summary: str) -> int:
        """Save a profile of these words."""
        with self.database.transaction() as session:
            return create_profile(session, desk=desk(), acting=OPERATOR, draft=_draft(summary)).id or 0

    def replace(self, profile_id: int, summary: str) -> None:
        with self.database.transaction() as session:
            save_profile(session, desk=desk(), acting=OPERATOR, profile_id=profile_id, draft=_draft(summary))

    def show(self, profile_id: int, visibility: Visibility) -> None:
        with self.database.transaction() as session:
            profile = session.get_one(Profile, profile_id)
            set_visibility(session, profile=profile, visibility=visibility, now=NOW)

    def bring(self, external_id: str, summary: str) -> None:
        """Import a profile, as a file does."""
        draft = _draft(summary, external_id=external_id)
        with self.database.transaction() as session:
            import_profile(session, desk=desk(), source="tests", draft=draft, visibility=Visibility.VISIBLE)

    def tell(self, tried: str) -> None:
        """Write a lesson of the newest profile, as its own people do."""
        with self.database.transaction() as session:
            author = session.exec(select(Profile).order_by(col(Profile.id).desc()).limit(1)).one()
            acting = signed_in(session)
            session.add(Representation(account_id=acting.account_id or 0, profile_id=author.id or 0))
            session.flush()
            saved_lesson(session, acting=acting, author=author, tried=tried)

    def ask_again(self) -> None:
        """Let every message wait as if it had never been handled."""
        with self.database.transaction() as session:
            session.exec(update(Message).values(done_at=None))

    def forget_messages(self) -> None:
        with self.database.transaction() as session:
            session.exec(update(Message).values(done_at=NOW))

    def summaries(self) -> dict[int, str]:
        """Every profile of the database."""
        with self.database.reading() as session:
            return {profile.id or 0: profile.summary for profile in session.exec(select(Profile)).all()}

    def best(self, text: str) -> int | None:
        """The profile found first for a text."""
        asked = SearchRequest(needs=(Query(text, "es"),), subject=Subject.PROFILE, limit=1)
        hits = self.engine.index.search(asked).hits
        return hits[0].id if hits else None


def _draft(summary: str, *, external_id: str | None = None) -> ProfileDraft:
    return profile_draft(summary=summary, offers=[], experience=[], external_id=external_id)
