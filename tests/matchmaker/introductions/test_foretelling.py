"""What is foretold of proposing oneself is what proposing then answers."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from matchmaker.challenges.models import Challenge, CoOwner, Procurement, Status
from matchmaker.challenges.queries import get_challenge
from matchmaker.errors import DomainError
from matchmaker.introductions.answering import answer
from matchmaker.introductions.checking import check_proposal
from matchmaker.introductions.foretelling import foretold
from matchmaker.introductions.models import AskingPolicy
from matchmaker.introductions.obstacles import Obstacle
from matchmaker.introductions.proposing import withdraw
from matchmaker.profiles.actions import set_visibility
from matchmaker.profiles.models import Part, Profile, Representation, Visibility
from tests.databases import statements
from tests.factories import NOW, saved_challenge, saved_profile
from tests.matchmaker.introductions.worlds import NO, World, with_terms

Turn = Callable[[Session, World], object]


def closed(session: Session, here: World) -> None:
    session.get_one(Challenge, here.challenge_id).status = Status.CLOSED


def reference(session: Session, here: World) -> None:
    session.get_one(Challenge, here.challenge_id).is_reference = True


def procurement(session: Session, here: World) -> None:
    session.get_one(Challenge, here.challenge_id).procurement = Procurement.OPEN


def hidden(session: Session, here: World) -> None:
    profile = session.get_one(Profile, here.profile_id)
    set_visibility(session, profile=profile, visibility=Visibility.HIDDEN, now=NOW)


def editor(session: Session, here: World) -> None:
    session.get_one(Representation, (here.firm.account_id, here.profile_id)).part = Part.EDITOR


def both_sides(session: Session, here: World) -> None:
    session.add(Representation(account_id=here.firm.account_id or 0, profile_id=here.owner_id, part=Part.EDITOR))


def refused_kind(session: Session, here: World) -> None:
    session.get_one(AskingPolicy, here.owner_id).kinds = ["academic"]


def full_week(session: Session, here: World) -> None:
    session.get_one(AskingPolicy, here.owner_id).per_week = 0


def takes_none(session: Session, here: World) -> None:
    session.get_one(AskingPolicy, here.owner_id).takes_none = True


def used_up(session: Session, here: World) -> None:
    owner = session.get_one(Profile, here.owner_id)
    for number in range(here.terms.asks_per_week):
        other = saved_challenge(session, acting=here.city, owner=owner, title=f"Otro reto {number}")
        here.propose(session, here.firm, challenge_id=other.id or 0)


def proposed(session: Session, here: World) -> None:
    here.propose(session, here.city)


def held(session: Session, here: World) -> None:
    here.conflicts.is_held = True
    here.propose(session, here.city)


def taken_back(session: Session, here: World) -> None:
    number = here.propose(session, here.firm).id
    withdraw(session, **here.who(here.firm, number))


def refused(session: Session, here: World) -> None:
    number = here.propose(session, here.firm).id
    answer(session, **here.who(here.city, number), draft=NO)


def apart(_session: Session, here: World) -> None:
    here.conflicts.is_apart = True


def apart_from_a_department(session: Session, here: World) -> None:
    department = saved_profile(session, acting=here.city, name="Empresa de aguas")
    session.add(CoOwner(challenge_id=here.challenge_id, profile_id=department.id or 0, asked_at=NOW, joined_at=NOW))
    here.conflicts.between = department.id


def nothing(_session: Session, _here: World) -> None:
    """Nothing is in the way."""


TURNS: dict[Turn, str] = {
    nothing: "",
    closed: "challenge_not_open",
    reference: "reference_not_contacted",
    procurement: "procurement_open",
    hidden: "profile_not_shown",
    editor: "only_representatives",
    both_sides: "introduction_with_oneself",
    refused_kind: "asking_not_allowed",
    full_week: "asks_full",
    takes_none: "introduction_not_possible",
    used_up: "asks_used_up",
    proposed: "introduction_exists",
    held: "introduction_not_possible",
    taken_back: "introduction_not_possible",
    refused: "introduction_exists",
    apart: "introduction_not_possible",
    apart_from_a_department: "introduction_not_possible",
}


def checked(session: Session, here: World) -> Obstacle | None:
    """What the check before a proposal says."""
    try:
        check_proposal(
            session, office=here.office, acting=here.firm, challenge_id=here.challenge_id, profile_id=here.profile_id
        )
    except DomainError as error:
        return Obstacle(error.code, error.values)
    return None


def tried(session: Session, here: World) -> str:
    """The code that is foretold, once it is seen to be that of the check."""
    profile = session.get_one(Profile, here.profile_id)
    full = get_challenge(session, acting=here.city, challenge_id=here.challenge_id)
    found = foretold(session, office=here.office, acting=here.firm, profiles=[profile], challenges=[full])
    obstacle = found[here.profile_id, here.challenge_id]
    if not (obstacle and obstacle.code == "challenge_not_open"):  # who may not read it any more is told even less
        assert obstacle == checked(session, here)
    return "" if obstacle is None else obstacle.code


@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: turn.__name__)
def test_what_is_foretold_is_what_is_then_answered(here: World, turn: Turn) -> None:
    with here.database.transaction() as session:
        turn(session, here)
        session.flush()
        assert tried(session, here) == TURNS[turn]


def test_a_quota_is_open_again_after_a_week_and_a_rest_ends(here: World) -> None:
    later = with_terms(here, rest_days=8)
    with here.database.transaction() as session:
        used_up(session, here)
        taken = later.propose(session, here.city, challenge_id=here.challenge_id).id
        withdraw(session, **later.who(here.city, taken))
    later.now = NOW + timedelta(days=9)
    with here.database.reading() as session:
        assert tried(session, later) == ""


def test_nobody_else_is_told_and_many_are_read_as_few(here: World) -> None:
    with here.database.transaction() as session:
        owner = session.get_one(Profile, here.owner_id)
        for number in range(8):
            saved_challenge(session, acting=here.city, owner=owner, title=f"Reto {number}")
        profiles = [saved_profile(session, acting=here.firm, name=f"Otra {number}") for number in range(3)]
        numbers = [profile.id or 0 for profile in profiles]
    with here.database.reading() as session:
        rows = [session.get_one(Profile, number) for number in numbers]
        challenges = [
            get_challenge(session, acting=here.firm, challenge_id=here.challenge_id + step) for step in range(9)
        ]
        told = [
            foretold(session, office=here.office, acting=acting, profiles=rows, challenges=challenges)
            for acting in (here.city, here.rosa)
        ]
        assert told == [{}, {}]
        with statements(here.database) as few:
            foretold(session, office=here.office, acting=here.firm, profiles=rows[:1], challenges=challenges[:1])
        with statements(here.database) as many:
            found = foretold(session, office=here.office, acting=here.firm, profiles=rows, challenges=challenges)
        assert len(found) == len(rows) * len(challenges)
        assert len(many) == len(few)
