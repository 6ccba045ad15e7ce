"""Random orders of acts on one application, by people who may and may not, held against what must never be."""

from collections.abc import Callable
from contextlib import suppress
from random import Random

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from matchmaker.accounts.models import Acting, Role
from matchmaker.errors import DomainError
from matchmaker.membership.actions import appeal, submit_application, withdraw_application
from matchmaker.membership.deciding import decide, vote
from matchmaker.membership.models import Application, Decision, Standing, Vote
from matchmaker.membership.rules import STANDING_MOVES, StandingAct
from matchmaker.membership.standing import leave, reinstate, suspend
from matchmaker.membership.states import ApplicationState, Outcome, Round
from matchmaker.profiles.models import Profile
from matchmaker.store.database import Database
from tests.factories import signed_in
from tests.matchmaker.membership.scenes import Scene

EXAMPLES = 60  # on each database; each is up to twenty acts
ORDERS, STEPS_AT_MOST, SEED = 24, 16, 2017  # of the orders that must meet every state
ACTS = ("submit", "withdraw", "appeal", "admit", "refuse", "vote_for", "vote_against", "suspend", "reinstate", "leave")
APPLICANT, SECRETARIES, VOTERS = 0, (1, 2), (3, 4, 5, 6)
LIKELY = {
    ApplicationState.DRAFT: [("submit", APPLICANT)] * 4 + [("withdraw", APPLICANT)],
    ApplicationState.SUBMITTED: [
        *[(act, who) for act in ("admit", "refuse", "refuse") for who in SECRETARIES],
        *[(act, who) for act in ("vote_against", "vote_for") for who in VOTERS],
        ("withdraw", APPLICANT),
    ],
    ApplicationState.REFUSED: [("appeal", APPLICANT)] * 4,
}
LIKELY[ApplicationState.APPEALED] = LIKELY[ApplicationState.SUBMITTED]
ANYTHING = [(act, who) for act in ACTS for who in range(VOTERS[-1] + 1)]
STEPS = st.tuples(st.integers(0, 3), st.integers(0, len(ANYTHING) - 1))
"""Three times in four what may well happen in this state, else anything by anyone."""
TO_THE_END = [(1, 0), (1, 2), (1, 0), (1, 3)]
"""Handed in, refused, appealed, refused by another: the state that chance reaches least."""


def _verdict(scene: Scene, acting: Acting, number: int, outcome: Outcome) -> object:
    return decide(
        scene.session, office=scene.office, acting=acting, application_id=number, outcome=outcome, reason="Porque sí"
    )


def _vote(scene: Scene, acting: Acting, number: int, outcome: Outcome) -> object:
    return vote(
        scene.session, office=scene.office, acting=acting, application_id=number, outcome=outcome, reason="Lo veo"
    )


def do(scene: Scene, name: str, acting: Acting, number: int) -> None:
    known = {"office": scene.office, "acting": acting}
    held = known | {"profile_id": scene.profile.id or 0, "reason": "Porque sí"}
    acts: dict[str, Callable[[], object]] = {
        "submit": lambda: submit_application(scene.session, application_id=number, **known),  # type: ignore[arg-type]
        "withdraw": lambda: withdraw_application(scene.session, application_id=number, **known),  # type: ignore[arg-type]
        "appeal": lambda: appeal(scene.session, application_id=number, words="No", **known),  # type: ignore[arg-type]
        "admit": lambda: _verdict(scene, acting, number, Outcome.ADMITTED),
        "refuse": lambda: _verdict(scene, acting, number, Outcome.REFUSED),
        "vote_for": lambda: _vote(scene, acting, number, Outcome.ADMITTED),
        "vote_against": lambda: _vote(scene, acting, number, Outcome.REFUSED),
        "suspend": lambda: suspend(scene.session, **held),  # type: ignore[arg-type]
        "reinstate": lambda: reinstate(scene.session, **held),  # type: ignore[arg-type]
        "leave": lambda: leave(scene.session, **held),  # type: ignore[arg-type]
    }
    with suppress(DomainError), scene.session.begin_nested():
        acts[name]()


def check(scene: Scene, row: Application) -> None:
    decisions = {made.round: made for made in scene.session.exec(select(Decision)).all()}
    standing = scene.session.get(Standing, scene.profile.id)
    visible = scene.session.get_one(Profile, scene.profile.id).visibility == "visible"
    assert visible == (standing is not None and standing.status == "active")
    assert standing is None or not standing.admitted_at or "admitted" in {made.outcome for made in decisions.values()}
    assert (row.state == ApplicationState.ADMITTED) == ("admitted" in {made.outcome for made in decisions.values()})
    assert (row.state == ApplicationState.REFUSED_FINALLY) == (
        Round.APPEAL in decisions and decisions[Round.APPEAL].outcome == "refused"
    )
    assert Round.APPEAL not in decisions or decisions[Round.FIRST].outcome == "refused"
    assert row.state != ApplicationState.DRAFT or not decisions
    by_round: dict[str, set[int | None]] = {Round.FIRST: set(), Round.APPEAL: set()}
    for ballot in scene.session.exec(select(Vote)).all():
        by_round[ballot.round].add(ballot.account_id)
    for round_, made in decisions.items():
        if made.body == "secretariat":
            by_round[round_].add(made.account_id)
    assert not by_round[Round.FIRST] & by_round[Round.APPEAL]


def run(database: Database, *, has_committee: bool, order: list[tuple[int, int]]) -> set[str]:
    """Do the acts of an order, checking after each; the states that the application was in. Nothing is kept."""
    reached = set()
    with database.transaction() as session:
        scene = Scene(session)
        other = signed_in(session, role=Role.SECRETARIAT, name="Inés")
        voters = [acting for acting, _ in scene.founded()[1]]
        scene.switch(committee=has_committee)
        row = scene.begun()
        people = [scene.applicant, scene.secretary, other, *voters]
        for chance, pick in order:
            likely = LIKELY.get(ApplicationState(row.state), ANYTHING) if chance else ANYTHING
            name, who = likely[pick % len(likely)]
            do(scene, name, people[who], row.id or 0)
            session.expire_all()
            check(scene, row)
            reached.add(row.state)
        session.rollback()
    return reached


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(
    has_committee=st.booleans(),
    order=st.lists(STEPS, min_size=6, max_size=20),
)
@example(has_committee=False, order=TO_THE_END)
def test_no_order_of_acts_shows_who_was_not_admitted_or_lets_one_person_decide_twice(
    database: Database, *, has_committee: bool, order: list[tuple[int, int]]
) -> None:
    run(database, has_committee=has_committee, order=order)


def test_random_orders_meet_every_state(database: Database) -> None:
    chance = Random(SEED)  # noqa: S311 - orders of acts, not secrets
    reached: set[str] = set()
    for number in range(ORDERS):
        steps = [(chance.randint(0, 3), chance.randrange(len(ANYTHING))) for _ in range(STEPS_AT_MOST)]
        reached |= run(database, has_committee=bool(number % 2), order=steps)
    assert reached == {str(state) for state in ApplicationState} - {ApplicationState.IN_ASSESSMENT}


def test_every_act_on_a_standing_is_in_some_move() -> None:
    assert {act for _status, act in STANDING_MOVES} == set(StandingAct)
