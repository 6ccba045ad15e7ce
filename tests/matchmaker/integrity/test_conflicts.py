"""Declaring, deciding and reading conflicts, and what nobody else may learn."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from matchmaker.accounts.models import ANYONE, Account, Acting, Role
from matchmaker.audit.models import AuditEntry
from matchmaker.errors import DomainError
from matchmaker.integrity.actions import close_what_is_over, declare_conflict
from matchmaker.integrity.drafts import ConflictDraft
from matchmaker.integrity.models import Conflict, ConflictState, Decision, Nature
from matchmaker.integrity.queries import confirmed_with, declared_conflicts, get_conflict, is_held, list_conflicts
from matchmaker.letters.models import Letter
from matchmaker.profiles.models import Profile
from tests.factories import NOW, signed_in
from tests.matchmaker.integrity.conftest import House

LATER = NOW + timedelta(hours=1)


def told(house: House, acting: Acting, profile: Profile) -> list[ConflictState]:
    found = declared_conflicts(house.session, acting=acting, profile_id=profile.id or 0, limit=10)
    return [state for _, _, state in found]


def waiting(house: House) -> list[Conflict]:
    found = list_conflicts(house.session, acting=house.secretary, state=ConflictState.UNKNOWN, limit=10)
    return list(found)


def test_a_declared_conflict_holds_until_the_secretariat_decides(house: House) -> None:
    (one, acting), (other, _) = house.member(), house.member()
    conflict = house.declare(acting, one, other)
    assert is_held(house.session, other.id or 0, one.id or 0)
    assert confirmed_with(house.session, one.id or 0) == frozenset()
    assert waiting(house) == [conflict]
    house.decide(conflict, Decision.CONFIRMED)
    assert not is_held(house.session, one.id or 0, other.id or 0)
    assert confirmed_with(house.session, other.id or 0) == {one.id}
    assert waiting(house) == []
    house.decide(conflict, Decision.DISMISSED)
    assert confirmed_with(house.session, other.id or 0) == frozenset()


def test_a_decision_is_in_the_audit_log_without_words(house: House) -> None:
    (one, acting), (other, _) = house.member(), house.member()
    house.decide(house.declare(acting, one, other), Decision.CONFIRMED, reason="Hermanos Rojas")
    [entry] = house.session.exec(select(AuditEntry)).all()
    assert (entry.act, entry.subject, entry.account_id) == (
        "conflict_confirmed", "conflict", house.secretary.account_id,
    )  # fmt: skip
    assert "Rojas" not in str(entry.model_dump())


def test_the_secretariat_gets_one_letter_for_what_is_declared(house: House) -> None:
    (one, acting), (other, _) = house.member(), house.member()
    gone = signed_in(house.session, role=Role.SECRETARIAT)
    house.session.get_one(Account, gone.account_id).ended_at = NOW
    conflict = house.declare(acting, one, other)
    house.declare(acting, one, other)
    [letter] = house.session.exec(select(Letter).where(Letter.kind == "conflict_declared")).all()
    assert (letter.account_id, letter.subject_id) == (house.secretary.account_id, conflict.id)
    assert letter.codes == {"profile_id": one.id, "nature": "family"}


def test_only_the_secretariat_decides_and_only_the_office_reads(house: House) -> None:
    (one, acting), (other, beside) = house.member(), house.member()
    conflict = house.declare(acting, one, other)
    for reader in (acting, beside, ANYONE):
        for read in (
            lambda who: get_conflict(house.session, acting=who, conflict_id=conflict.id or 0),
            lambda who: list_conflicts(house.session, acting=who, state=None, limit=10),
        ):
            with pytest.raises(DomainError) as refused:
                read(reader)
            assert refused.value.code == "office_needed"
    for role in (Role.COMMITTEE, Role.ADMINISTRATOR):
        person = signed_in(house.session, role=role)
        assert get_conflict(house.session, acting=person, conflict_id=conflict.id or 0) is conflict
        with pytest.raises(DomainError) as refused:
            _decide_as(house, conflict, person)
        assert refused.value.code == "secretariat_needed"


def test_who_acts_for_a_side_neither_reads_nor_decides_as_the_office(house: House) -> None:
    (one, acting), (other, _) = house.member(), house.member()
    conflict = house.declare(acting, one, other)
    for role in (Role.COMMITTEE, Role.SECRETARIAT):
        person = signed_in(house.session, role=role)
        house.acts(person, other)
        assert list_conflicts(house.session, acting=person, state=None, limit=10) == []
        with pytest.raises(DomainError) as refused:
            get_conflict(house.session, acting=person, conflict_id=conflict.id or 0)
        assert refused.value.code == "conflict_unknown"
    with pytest.raises(DomainError) as refused:
        _decide_as(house, conflict, person)
    assert refused.value.code == "conflict_unknown"


def test_the_other_side_learns_nothing_from_declaring_the_same(house: House) -> None:
    (one, acting), (other, beside) = house.member(), house.member()
    conflict = house.declare(acting, one, other)
    house.decide(conflict, Decision.CONFIRMED)
    assert told(house, acting, one) == [ConflictState.CONFIRMED]
    assert told(house, beside, other) == []
    draft = ConflictDraft(with_profile_id=one.id or 0, nature=Nature.OWNERSHIP)
    declare_conflict(house.session, acting=beside, profile_id=other.id or 0, draft=draft, now=LATER)
    assert told(house, beside, other) == [ConflictState.UNKNOWN]
    assert conflict.state == ConflictState.CONFIRMED
    assert waiting(house) == [conflict]
    house.decide(conflict, Decision.CONFIRMED, now=LATER)
    assert told(house, beside, other) == [ConflictState.CONFIRMED]


def test_a_new_nature_makes_a_question_again_of_what_was_dismissed_and_the_same_one_does_not(house: House) -> None:
    (one, acting), (other, _) = house.member(), house.member()
    conflict = house.decide(house.declare(acting, one, other), Decision.DISMISSED)
    assert house.declare(acting, one, other).state == ConflictState.DISMISSED
    assert house.declare(acting, one, other, nature=Nature.ADVISORY).state == ConflictState.UNKNOWN
    assert waiting(house) == [conflict]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"with_profile_id": 999}, "profile_unknown"),
        ({"with_profile_id": None}, "conflict_with_itself"),
        ({"until": NOW.date() - timedelta(days=1)}, "tie_is_over"),
    ],
)
def test_what_is_no_conflict_is_refused(house: House, changes: dict[str, object], code: str) -> None:
    (one, acting), (other, _) = house.member(), house.member()
    changes = {key: one.id if value is None else value for key, value in changes.items()}
    with pytest.raises(DomainError) as refused:
        house.declare(acting, one, other, **changes)
    assert refused.value.code == code


def test_a_conflict_ends_by_itself_when_every_tie_is_past(house: House) -> None:
    (one, acting), (other, beside), (third, _) = house.member(), house.member(), house.member()
    until = NOW.date() + timedelta(days=10)
    ends = house.decide(
        house.declare(acting, one, other, nature=Nature.CONTRACT_IN_PROGRESS, until=until), Decision.CONFIRMED
    )
    lasts = house.decide(house.declare(acting, one, third, until=until), Decision.CONFIRMED)
    house.declare(acting, one, third, nature=Nature.OWNERSHIP)
    assert close_what_is_over(house.session, now=NOW + timedelta(days=10)) == 0
    assert close_what_is_over(house.session, now=NOW + timedelta(days=11)) == 1
    assert (ends.state, lasts.state) == (ConflictState.DISMISSED, ConflictState.CONFIRMED)
    assert confirmed_with(house.session, other.id or 0) == frozenset()
    entry = house.session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc())).first()
    assert entry is not None
    assert (entry.act, entry.subject_id, entry.account_id) == ("conflict_ended", ends.id, None)
    assert told(house, beside, other) == []


def _decide_as(house: House, conflict: Conflict, person: Acting) -> None:
    house.secretary = person
    house.decide(conflict, Decision.DISMISSED)
