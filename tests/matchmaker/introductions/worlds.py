"""A city, a firm, a challenge and the secretariat, with conflicts that a test decides."""

import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypedDict

from sqlmodel import Session, select

from matchmaker.accounts.models import Acting, Role
from matchmaker.errors import DomainError
from matchmaker.introductions.conflicts import KnownConflicts
from matchmaker.introductions.drafts import AnswerDraft, ProposalDraft
from matchmaker.introductions.keeping import Kept
from matchmaker.introductions.models import AskingPolicy, Word
from matchmaker.introductions.proposing import propose
from matchmaker.introductions.terms import Office, Terms, load_lists
from matchmaker.profiles.models import Profile
from matchmaker.store.database import Database
from tests.factories import NOW, saved_challenge, saved_profile, signed_in

LISTS = load_lists(Path(__file__).parents[3] / "data" / "introductions")
YES = AnswerDraft(answer=Word.YES)
NO = AnswerDraft(answer=Word.NO, reason="no_capacity", words="zarigüeya")
NOT_NOW = AnswerDraft(answer=Word.NOT_NOW)
Deed = Callable[[Session], object]


class Who(TypedDict):
    """What every act takes beside its session."""

    office: Office
    acting: Acting
    introduction_id: int


@dataclass
class FakeConflicts:
    """Conflicts as a test says: the same for every pair, or `between` one member and all others."""

    is_apart: bool = False
    is_held: bool = False
    between: int | None = None

    def are_apart(self, _session: Session, one: int, other: int) -> bool:
        return self.is_apart or self.between in {one, other}

    def apart_of(self, session: Session, numbers: Collection[int]) -> dict[int, frozenset[int]]:
        others = [number or 0 for number in session.exec(select(Profile.id)).all()]
        return {
            number: frozenset(other for other in others if other != number and self.are_apart(session, number, other))
            for number in numbers
        }

    def are_held(self, _session: Session, _one: int, _other: int) -> bool:
        return self.is_held


@dataclass
class World:
    """Who there is."""

    database: Database
    city: Acting
    firm: Acting
    rosa: Acting
    owner_id: int
    profile_id: int
    challenge_id: int
    conflicts: FakeConflicts = field(default_factory=FakeConflicts)
    kept: KnownConflicts | None = None  # those of integrity, for tests in which people declare and decide
    now: datetime = NOW
    terms: Terms = field(default_factory=Terms)

    @property
    def office(self) -> Office:
        return Office(lists=LISTS, now=self.now, terms=self.terms, conflicts=self.kept or self.conflicts)

    def pass_days(self, days: float) -> None:
        self.now += timedelta(days=days)

    def propose(self, session: Session, acting: Acting, **changes: int) -> Kept:
        draft = ProposalDraft(challenge_id=self.challenge_id, profile_id=self.profile_id, message="Hola")
        return propose(session, office=self.office, acting=acting, draft=draft.model_copy(update=changes))

    def who(self, acting: Acting, number: int) -> Who:
        return {"office": self.office, "acting": acting, "introduction_id": number}

    def proposed(self, acting: Acting) -> int:
        """The number of an introduction just proposed."""
        with self.database.transaction() as session:
            return self.propose(session, acting).id

    def done(self, deed: Deed) -> str:
        """Do something in a transaction of its own; the code of its refusal, if any."""
        try:
            with self.database.transaction() as session:
                deed(session)
        except DomainError as error:
            return error.code
        return ""


def world(database: Database) -> World:
    """Everyone, and a city that lets firms ask."""
    with database.transaction() as session:
        city, firm = signed_in(session), signed_in(session, role=Role.SUPPLIER, name="Luís")
        rosa = signed_in(session, role=Role.SECRETARIAT, name="Rosa")
        owner = saved_profile(session, acting=city, name="Ciudad", kind="local_government", email="agua@ciudad.example")
        profile = saved_profile(session, acting=firm)
        challenge = saved_challenge(session, acting=city, owner=owner)
        session.add(AskingPolicy(profile_id=owner.id or 0, kinds=["company"], per_week=100))
        return World(
            database, city, firm, rosa, owner_id=owner.id or 0, profile_id=profile.id or 0,
            challenge_id=challenge.id or 0,
        )  # fmt: skip


def together(here: World, deeds: Sequence[Deed]) -> list[str]:
    """Do things at the same instant, each in a thread and a transaction of its own; the codes of their refusals."""
    start, codes = threading.Barrier(len(deeds)), ["never ran"] * len(deeds)

    def run(number: int, deed: Deed) -> None:
        start.wait()
        codes[number] = here.done(deed)

    threads = [threading.Thread(target=run, args=(number, deed)) for number, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return codes


def with_terms(here: World, **changes: int) -> World:
    """The same people under other terms."""
    return replace(here, terms=replace(here.terms, **changes))
