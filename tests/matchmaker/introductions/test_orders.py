"""All orders of acts, held against a model of what people said."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlmodel import Session, select

from api.rest.introduction_shapes import introduction_shape
from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Challenge, Procurement
from matchmaker.errors import DomainError
from matchmaker.introductions.advancing import advance
from matchmaker.introductions.answering import Contacts, answer, ask, read_contacts
from matchmaker.introductions.drafts import AnswerDraft
from matchmaker.introductions.keeping import Kept, hold
from matchmaker.introductions.models import Disclosure, Introduction, Phase, Side, Word
from matchmaker.introductions.proposing import edit_message, withdraw
from matchmaker.introductions.queries import view_introduction
from matchmaker.introductions.telephone import record_by_phone, undo_recorded
from matchmaker.languages import WorkingLanguage
from matchmaker.letters.models import Letter
from matchmaker.profiles.actions import set_visibility
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.store.database import Database
from tests.databases import SqliteDatabases
from tests.matchmaker.introductions.worlds import FakeConflicts, Who, World, world

EXAMPLES, STEPS = 40, 14
COPIES = count(1)
ENDS = (Phase.ENDED, Phase.CLOSED)
PRIVATE, SHARED = "zarigüeya", "armadillo"
SAYS = [
    AnswerDraft(answer=Word.YES),
    AnswerDraft(answer=Word.NOT_NOW, words=PRIVATE),
    AnswerDraft(answer=Word.NO, reason="no_capacity", words=PRIVATE),
    AnswerDraft(answer=Word.NO, reason="no_budget", words=SHARED, shares_words=True),
]
sides = st.sampled_from(Side)


class Orders(RuleBasedStateMachine):
    """One introduction, and everything that may happen to it. `own` holds what each side said itself."""

    here: World
    first: World  # in a database that each example copies

    @initialize(proposer=st.sampled_from(["city", "firm", "rosa"]), is_held=st.booleans())
    def begin(self, proposer: str, is_held: bool) -> None:  # noqa: FBT001 - hypothesis passes by name
        path = self.first.database.url.removeprefix("sqlite:///")
        copy = shutil.copyfile(path, Path(path).with_name(f"orders{next(COPIES)}.sqlite"))
        self.database = Database(f"sqlite:///{copy}")
        self.here = replace(self.first, database=self.database, conflicts=FakeConflicts())
        self.here.conflicts.is_held = is_held
        self.proposer: Side | None = {"city": Side.OWNER, "firm": Side.PROFILE}.get(proposer)
        self.number = self.here.proposed(getattr(self.here, proposer))
        self.own = {side: Word.YES if side is self.proposer else Word.SILENT for side in Side}
        self.last = Phase.HELD

    def who(self, side: Side) -> Acting:
        return self.here.city if side is Side.OWNER else self.here.firm

    @contextmanager
    def acting(self) -> Iterator[Session]:
        """A transaction in which an act may be refused."""
        try:
            with self.database.transaction() as session:
                yield session
        except DomainError as error:
            self.refused = error.code

    @rule(side=sides, draft=st.sampled_from(SAYS))
    def say(self, side: Side, draft: AnswerDraft) -> None:
        with self.acting() as session:
            answer(session, **self.at(side), draft=draft)
            self.own[side] = draft.answer

    @rule(side=sides)
    def take_back(self, side: Side) -> None:
        with self.acting() as session:
            kept = withdraw(session, **self.at(side))
            if kept.row.phase != Phase.CLOSED:  # who closes open contacts leaves what was said as it is
                self.own[side] = Word.SILENT

    @rule()
    def withdraw_for_the_secretariat(self) -> None:
        with self.acting() as session:
            withdraw(session, **self.here.who(self.here.rosa, self.number))

    @rule(side=sides, draft=st.sampled_from(SAYS[:3]))
    def record(self, side: Side, draft: AnswerDraft) -> None:
        with self.acting() as session:
            record_by_phone(session, **self.here.who(self.here.rosa, self.number), side=side, draft=draft)
            self.own[side] = Word.SILENT

    @rule(side=sides)
    def undo(self, side: Side) -> None:
        with self.acting() as session:
            undo_recorded(session, **self.at(side))

    @rule(side=sides)
    def ask_or_edit(self, side: Side) -> None:
        with self.acting() as session:
            ask(session, **self.at(side), text="¿Cuándo?")
        with self.acting() as session:
            edit_message(session, **self.at(side), message="Hola otra vez")

    @rule(procurement=st.sampled_from([Procurement.OPEN, Procurement.CLOSED]))
    def purchase(self, procurement: Procurement) -> None:
        with self.database.transaction() as session:
            session.get_one(Challenge, self.here.challenge_id).procurement = procurement

    @rule(is_held=st.booleans(), is_apart=st.sampled_from([False, False, False, True]))
    def examine(self, is_held: bool, is_apart: bool) -> None:  # noqa: FBT001
        self.here.conflicts.is_held, self.here.conflicts.is_apart = is_held, is_apart

    @rule(visibility=st.sampled_from([Visibility.VISIBLE, Visibility.VISIBLE, Visibility.HIDDEN]))
    def show(self, visibility: Visibility) -> None:
        with self.database.transaction() as session:
            profile = session.get_one(Profile, self.here.profile_id)
            set_visibility(session, profile=profile, visibility=visibility, now=self.here.now)

    @rule(days=st.sampled_from([1, 5, 12]))
    def wait(self, days: int) -> None:
        self.here.pass_days(days)
        with self.database.transaction() as session:
            advance(session, office=self.here.office)
            letters = len(session.exec(select(Letter)).all())
            advance(session, office=self.here.office)
            assert len(session.exec(select(Letter)).all()) == letters

    def at(self, side: Side) -> Who:
        return self.here.who(self.who(side), self.number)

    def kept(self, session: Session) -> Kept:
        return hold(session, self.number)

    @invariant()
    def open_only_by_two_own_yeses(self) -> None:
        with self.database.transaction() as session:
            kept = self.kept(session)
        is_open, was_open = kept.row.phase == Phase.OPEN, self.last in {Phase.OPEN, Phase.CLOSED}
        assert not is_open or was_open or set(self.own.values()) == {Word.YES}
        assert (self.last in ENDS) <= (kept.row.phase == self.last)
        assert was_open <= (kept.row.phase in {Phase.OPEN, Phase.CLOSED})
        assert was_open or kept.row.phase != Phase.CLOSED
        self.last = Phase(kept.row.phase)

    @invariant()
    def nobody_speaks_for_a_silent_side(self) -> None:
        with self.database.transaction() as session:
            words = self.kept(session).standing.words
        for side in Side:
            assert words[side] is not Word.YES or self.own[side] is Word.YES or side is self.proposer

    @invariant()
    def contacts_only_while_open(self) -> None:
        for side in Side:
            found: list[Contacts] = []
            phase = ""
            with self.acting() as session:
                found.append(read_contacts(session, **self.at(side)))
                phase = session.get_one(Introduction, self.number).phase  # looking may open what nothing holds any more
                session.rollback()  # a look of the test, not of a person
            assert found == [] or phase == Phase.OPEN
            with self.database.transaction() as session:
                assert session.exec(select(Disclosure)).all() == []

    @invariant()
    def a_side_reads_nothing_private_of_the_other(self) -> None:
        with self.database.transaction() as session:
            kept = self.kept(session)
            for side in Side:
                if kept.sides[side].told_at is None:
                    continue
                view = view_introduction(session, acting=self.who(side), introduction_id=self.number)
                theirs = [said for said in view.answers if said.side is side.other]
                shape = introduction_shape(view, WorkingLanguage.ES)
                other = kept.sides[side.other]
                may_read = kept.row.phase == Phase.OPEN or other.shares_words
                assert theirs == [] or may_read
                hidden = shape.model_copy(update={"answers": [x for x in shape.answers if x.side is not side]})
                assert PRIVATE not in hidden.model_dump_json()
                assert SHARED not in hidden.model_dump_json() or other.shares_words
                assert all(said.reason == "" for said in theirs)

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.database.close()


def run(databases: SqliteDatabases, examples: int) -> None:
    class Here(Orders):
        pass

    Here.first = world(Database(databases.migrated()))
    Here.first.database.close()
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Here,
        settings=settings(
            max_examples=examples, stateful_step_count=STEPS, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_in_all_orders_contacts_open_by_two_own_yeses_and_no_private_word_is_read(
    sqlite_databases: SqliteDatabases,
) -> None:
    run(sqlite_databases, EXAMPLES)


@pytest.mark.slow
def test_in_very_many_orders_too(sqlite_databases: SqliteDatabases) -> None:
    run(sqlite_databases, 1_500)
