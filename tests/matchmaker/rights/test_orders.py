"""Whatever the order of acts: who is blocked or waits to be erased is hidden, and is erased once at most."""

from datetime import timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from matchmaker.accounts.models import OPERATOR, Acting, Role
from matchmaker.errors import ConflictError, NotFoundError
from matchmaker.profiles.actions import set_visibility
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.rights.deadlines import load_deadlines
from matchmaker.rights.drafts import RequestDraft
from matchmaker.rights.erasing import erase_due
from matchmaker.rights.models import Erasure, Request, Right, State, Subject
from matchmaker.rights.office import Office
from matchmaker.rights.queries import waiting_erasure
from matchmaker.rights.requests import answer_request, file_request, withdraw_request
from matchmaker.rights.rules import OPEN
from matchmaker.store.database import Database
from tests.factories import NOW, saved_profile, signed_in
from tests.matchmaker.rights.test_actions import RETENTION, RIGHTS

DEADLINES = load_deadlines(RIGHTS)
EXAMPLES, LONGEST = 100, 10
ACTS = st.one_of(
    st.tuples(st.just("ask"), st.sampled_from([Right.ERASE, Right.BLOCK, Right.OBJECT])),
    st.tuples(st.just("withdraw"), st.integers(0, 2)),
    st.tuples(st.just("answer"), st.tuples(st.integers(0, 3), st.sampled_from(State))),
    st.tuples(st.just("decide"), st.sampled_from(Visibility)),
    st.tuples(st.just("wait"), st.sampled_from([1, 3, 6])),
)


class Member:
    """One member, its representative, the secretariat, and a clock that moves."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.ana = signed_in(session)
        self.rosa = signed_in(session, name="Rosa", role=Role.SECRETARIAT)
        self.number = saved_profile(session, acting=self.ana).id or 0
        self.now = NOW

    @property
    def office(self) -> Office:
        return Office(DEADLINES, RETENTION, self.now)

    def requests(self) -> list[Request]:
        return list(self.session.exec(select(Request).order_by(Request.id)).all())  # type: ignore[arg-type]

    def ask(self, right: Right) -> None:
        draft = RequestDraft(right=right, subject=Subject.PROFILE, subject_id=self.number, words="Por esto.")
        file_request(self.session, office=self.office, acting=self.actor(), draft=draft)

    def withdraw(self, place: int) -> None:
        if place < len(self.requests()):
            number = self.requests()[place].id or 0
            withdraw_request(self.session, office=self.office, acting=self.actor(), request_id=number)

    def answer(self, said: tuple[int, State]) -> None:
        place, to = said
        if place < len(self.requests()):
            number = self.requests()[place].id or 0
            answer_request(
                self.session, office=self.office, acting=self.rosa, request_id=number, to=to, reason="Porque sí."
            )

    def decide(self, visibility: Visibility) -> None:
        profile = self.session.get(Profile, self.number)
        if profile is not None:
            set_visibility(self.session, profile=profile, visibility=visibility, now=self.now)

    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)
        erase_due(self.session, acting=OPERATOR, retention=RETENTION, now=self.now)

    def actor(self) -> Acting:
        return self.ana if self.session.get(Profile, self.number) else self.rosa

    def check(self) -> None:
        profile = self.session.get(Profile, self.number)
        erased = [row for row in self.session.exec(select(Erasure)).all() if row.erased_at is not None]
        assert len(erased) == (profile is None)
        rows = self.requests()
        if profile is None:
            assert not any(row.state in OPEN or row.words for row in rows)
            return
        waits = waiting_erasure(self.session, subject=Subject.PROFILE, subject_id=self.number) is not None
        assert waits == any(row.kind == Right.ERASE and row.state in OPEN for row in rows)
        blocks = any(row.kind in {Right.BLOCK, Right.OBJECT} and row.state == State.DONE for row in rows)
        assert bool(profile.visibility_unblocked) is (waits or blocks)
        if waits or blocks:
            assert profile.visibility == Visibility.HIDDEN


ASK_BLOCK, ASK_ERASURE, ASK_OBJECTION = (("ask", right) for right in (Right.BLOCK, Right.ERASE, Right.OBJECT))


@example(acts=[ASK_BLOCK, ASK_ERASURE, ("withdraw", 0), ("withdraw", 1)])
@example(acts=[ASK_BLOCK, ASK_OBJECTION, ("answer", (1, State.DONE)), ("withdraw", 0), ("withdraw", 1)])
@example(acts=[ASK_ERASURE, ASK_BLOCK, ("withdraw", 0), ("decide", Visibility.VISIBLE), ("withdraw", 1)])
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(acts=st.lists(ACTS, max_size=LONGEST))
def test_no_order_of_acts_shows_who_is_to_be_erased(sqlite_database: Database, acts: list[tuple[str, object]]) -> None:
    with sqlite_database.transaction() as session:
        member = Member(session)
        for act, said in acts:
            try:
                with session.begin_nested():
                    getattr(member, act)(said)
            except (ConflictError, NotFoundError):
                pass
            member.check()
        session.rollback()
