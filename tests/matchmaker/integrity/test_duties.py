"""Signatures, declarations, and the letters that ask for them."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from matchmaker.accounts.models import ANYONE, Acting, Role
from matchmaker.errors import ConflictError, DomainError
from matchmaker.integrity.actions import declare_interests, send_renewals, sign_code
from matchmaker.integrity.drafts import InterestDraft
from matchmaker.integrity.models import ConflictState, Signature
from matchmaker.integrity.pairs import conflict_of
from matchmaker.integrity.queries import declarations_of, duties_of, standing_of
from matchmaker.integrity.rulebook import Rulebook, load_rulebook
from matchmaker.integrity.rules import DeclarationState, SignatureState
from matchmaker.letters.models import Letter
from matchmaker.profiles.actions import set_visibility
from matchmaker.profiles.models import Part, Profile, Visibility
from tests.factories import NOW, signed_in
from tests.matchmaker.integrity.conftest import House
from tests.matchmaker.integrity.test_rulebook import with_next_version

DAY = timedelta(days=1)


def sign(house: House, acting: Acting, profile: Profile, *, version: str = "2026.1", now: datetime = NOW) -> Signature:
    return sign_code(
        house.session, acting=acting, profile_id=profile.id or 0, version=version, rulebook=house.rulebook, now=now
    )


def state(house: House, profile: Profile, *, now: datetime) -> SignatureState:
    return standing_of(
        house.session, acting=house.secretary, profile_id=profile.id or 0, rulebook=house.rulebook, now=now
    ).state


def declare(house: House, acting: Acting, profile: Profile, *interests: dict[str, object], now: datetime = NOW) -> None:
    drafts = [InterestDraft.model_validate({"nature": "family"} | interest) for interest in interests]
    declare_interests(house.session, acting=acting, profile_id=profile.id or 0, interests=drafts, now=now)


def letters(house: House, kind: str) -> list[tuple[int, bool]]:
    """Profile, and whether it is a reminder."""
    rows = house.session.exec(select(Letter).where(Letter.kind == kind).order_by(Letter.id)).all()  # type: ignore[arg-type]
    return [(row.subject_id, bool(row.codes.get("is_reminder"))) for row in rows]


def test_a_member_has_days_to_sign_and_is_then_overdue(house: House) -> None:
    profile, acting = house.member()
    assert state(house, profile, now=NOW + 30 * DAY - timedelta(seconds=1)) is SignatureState.DUE
    assert state(house, profile, now=NOW + 30 * DAY) is SignatureState.OVERDUE
    first = sign(house, acting, profile)
    assert sign(house, acting, profile, now=NOW + DAY) is first
    assert state(house, profile, now=NOW + 300 * DAY) is SignatureState.SIGNED


def test_a_new_version_is_due_again_and_the_old_one_no_longer_signed(house: House, tmp_path: Path) -> None:
    profile, acting = house.member()
    sign(house, acting, profile)
    house.rulebook = load_rulebook(with_next_version(tmp_path, in_force_from="2027-03-01"))
    begins = datetime(2027, 3, 1, tzinfo=NOW.tzinfo)
    assert state(house, profile, now=begins - DAY) is SignatureState.SIGNED
    assert state(house, profile, now=begins) is SignatureState.DUE
    assert state(house, profile, now=begins + 30 * DAY) is SignatureState.OVERDUE
    with pytest.raises(ConflictError) as refused:
        sign(house, acting, profile, now=begins)
    assert refused.value.code == "code_of_ethics_replaced"
    sign(house, acting, profile, version="2027.1", now=begins - DAY)
    assert state(house, profile, now=begins) is SignatureState.SIGNED


def test_only_a_representative_signs_declares_and_reads(house: House) -> None:
    profile, _ = house.member()
    editor, stranger = signed_in(house.session), signed_in(house.session)
    house.acts(editor, profile, part=Part.EDITOR)
    for acting in (editor, stranger, house.secretary, ANYONE):
        for act in (sign, declare):
            with pytest.raises(DomainError) as refused:
                act(house, acting, profile)
            assert refused.value.code == "representative_needed"
    for acting in (editor, stranger, ANYONE):
        for read in (standing_of, duties_of):
            with pytest.raises(DomainError) as refused:
                read(house.session, acting=acting, profile_id=profile.id or 0, rulebook=house.rulebook, now=NOW)
            assert refused.value.code == "representative_needed"


def test_renewals_are_asked_once_however_often_the_action_runs(house: House) -> None:
    profile, acting = house.member()
    hidden, _ = house.member()
    editor = signed_in(house.session)
    house.acts(editor, profile, part=Part.EDITOR)
    set_visibility(house.session, profile=hidden, visibility=Visibility.HIDDEN, now=NOW)
    assert send_renewals(house.session, now=NOW) == 2
    assert send_renewals(house.session, now=NOW) == 0
    assert letters(house, "code_of_ethics_renewal") == [(profile.id, False)]
    assert letters(house, "declaration_renewal") == [(profile.id, False)]
    written = house.session.exec(select(Letter)).all()
    assert {letter.account_id for letter in written} == {acting.account_id}
    due_at = (NOW + 30 * DAY).isoformat()
    assert written[0].codes == {"version": "2026.1", "due_at": due_at}


def test_a_new_version_is_asked_of_those_who_signed_the_old_one(house: House, tmp_path: Path) -> None:
    profile, acting = house.member()
    sign(house, acting, profile)
    declare(house, acting, profile)
    assert send_renewals(house.session, now=NOW) == 0
    rules: Rulebook = load_rulebook(with_next_version(tmp_path, in_force_from="2027-03-01"))
    assert send_renewals(house.session, now=datetime(2027, 2, 28, tzinfo=NOW.tzinfo), rulebook=rules) == 0
    assert send_renewals(house.session, now=datetime(2027, 3, 1, tzinfo=NOW.tzinfo), rulebook=rules) == 1


def test_a_declaration_holds_a_year_is_asked_before_and_reminded_once(house: House) -> None:
    profile, acting = house.member()
    sign(house, acting, profile)
    declare(house, acting, profile)
    year = NOW + 365 * DAY
    for now, expected in (
        (year - 31 * DAY, []),
        (year - 30 * DAY, [(profile.id, False)]),
        (year - 17 * DAY, [(profile.id, False)]),
        (year - 16 * DAY, [(profile.id, False), (profile.id, True)]),
        (year + 90 * DAY, [(profile.id, False), (profile.id, True)]),
    ):
        send_renewals(house.session, now=now)
        assert letters(house, "declaration_renewal") == expected
    declare(house, acting, profile, now=year)
    send_renewals(house.session, now=year + 335 * DAY)
    assert letters(house, "declaration_renewal")[2:] == [(profile.id, False)]


def test_a_declaration_goes_from_declared_to_due_to_overdue(house: House) -> None:
    profile, acting = house.member()

    def stands(now: datetime) -> list[DeclarationState]:
        duties = duties_of(house.session, acting=acting, profile_id=profile.id or 0, rulebook=house.rulebook, now=now)
        return [duty.state for duty in duties]

    assert stands(NOW) == [DeclarationState.DUE]
    assert stands(NOW + 30 * DAY) == [DeclarationState.OVERDUE]
    declare(house, acting, profile)
    year = NOW + 365 * DAY
    assert stands(year - DAY) == [DeclarationState.DECLARED]
    assert stands(year) == [DeclarationState.DUE]
    assert stands(year + 30 * DAY) == [DeclarationState.OVERDUE]


def test_each_representative_declares_and_reads_their_own(house: House) -> None:
    profile, one = house.member()
    two = signed_in(house.session)
    house.acts(two, profile)
    declare(house, one, profile, {"with_name": "Hermanos Rojas"})
    declare(house, two, profile)

    def read(acting: Acting) -> list[int]:
        found = declarations_of(house.session, acting=acting, profile_id=profile.id or 0, limit=10)
        return [row.account_id for row, _ in found]

    assert read(one) == [one.account_id]
    assert read(two) == [two.account_id]
    for role in (Role.SECRETARIAT, Role.COMMITTEE, Role.ADMINISTRATOR):
        assert read(signed_in(house.session, role=role)) == [one.account_id, two.account_id]


def test_an_interest_with_a_profile_is_a_conflict_and_a_past_contract_is_shown_and_is_none(house: House) -> None:
    (profile, acting), (now_with, _), (then_with, _) = house.member(), house.member(), house.member()
    contract = {"nature": "contract_in_progress", "since": "2025-01-01"}
    declare(
        house, acting, profile,
        contract | {"with_profile_id": now_with.id, "until": str(NOW.date())},
        contract | {"with_profile_id": then_with.id, "until": str(NOW.date() - DAY)},
    )  # fmt: skip
    assert house.between(profile, now_with).state == ConflictState.UNKNOWN
    assert conflict_of(house.session, profile.id or 0, then_with.id or 0) is None
    [(_, interests)] = declarations_of(house.session, acting=acting, profile_id=profile.id or 0, limit=10)
    assert [item.until for item in interests] == [NOW.date(), NOW.date() - DAY]
    assert isinstance(interests[0].until, date)


@pytest.mark.parametrize(
    ("interest", "code"),
    [
        ({}, "interest_party"),
        ({"with_name": "X Y", "with_profile_id": 1}, "interest_party"),
        ({"with_name": "X Y", "since": "2026-05-01", "until": "2026-04-01"}, "dates_turned"),
        ({"with_profile_id": 999}, "profile_unknown"),
    ],
)
def test_an_interest_that_cannot_be_is_refused_and_nothing_is_kept(
    house: House, interest: dict[str, object], code: str
) -> None:
    profile, acting = house.member()
    with pytest.raises(DomainError) as refused:
        declare(house, acting, profile, interest)
    assert refused.value.code == code
    assert declarations_of(house.session, acting=acting, profile_id=profile.id or 0, limit=10) == []
