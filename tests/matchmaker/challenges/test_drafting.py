"""A challenge written step by step: kept as it is, seen by its owners alone, posted when it says something."""

import pytest
from pydantic import ValidationError
from sqlmodel import Session

from matchmaker.accounts.models import ANYONE, OPERATOR, Acting
from matchmaker.challenges.actions import edit_needs, set_status
from matchmaker.challenges.drafting import begin_challenge, discard_draft, sketch_challenge
from matchmaker.challenges.drafts import NeedsDraft, Sketch
from matchmaker.challenges.models import Audience, Challenge, Status
from matchmaker.challenges.queries import full_challenges, get_challenge, list_challenges, own_challenges
from matchmaker.errors import ConflictError, DomainError, InvalidInputError, NotFoundError
from matchmaker.profiles.models import Profile
from matchmaker.store.database import Database
from tests.factories import desk, saved_challenge, saved_profile, signed_in
from tests.matchmaker.challenges.refusals import asked_of_the_index

LEAKS = "Queremos encontrar las fugas que no se ven. También nos falta dividir la red en sectores."


def begun(session: Session, **said: object) -> tuple[Acting, Profile, Challenge]:
    acting = signed_in(session)
    owner = saved_profile(session, acting=acting, kind="local_government")
    sketch = Sketch.model_validate(said)
    return acting, owner, begin_challenge(
        session, desk=desk(), acting=acting, owner_id=owner.id or 0, sketch=sketch
    )  # fmt: skip


def sketched(session: Session, acting: Acting, row: Challenge, **said: object) -> Challenge:
    sketch = Sketch.model_validate(said)
    return sketch_challenge(session, desk=desk(), acting=acting, challenge_id=row.id or 0, sketch=sketch)


def needs_of(session: Session, acting: Acting, row: Challenge) -> list[tuple[str, bool]]:
    found = get_challenge(session, acting=acting, challenge_id=row.id or 0).needs
    return [(need.text, need.is_suggested) for need in found]


def test_a_draft_may_lack_everything_and_is_known_to_its_owners_alone(database: Database) -> None:
    with database.transaction() as session:
        acting, _owner, row = begun(session)
        stranger = signed_in(session, name="Luís")
        saved_profile(session, acting=stranger)
        assert (row.status, row.title, row.audience) == (Status.DRAFT, "", Audience.MEMBERS)
        assert asked_of_the_index(session) == []
        for other in (ANYONE, OPERATOR, stranger):
            assert list(list_challenges(session, acting=other, limit=9)) == []
            assert full_challenges(session, acting=other, challenge_ids=[row.id or 0]) == {}
            with pytest.raises(NotFoundError):
                get_challenge(session, acting=other, challenge_id=row.id or 0)
        assert [each.id for each in own_challenges(session, acting=acting, limit=9)] == [row.id]


def test_begun_twice_with_the_same_words_it_is_one_draft(database: Database) -> None:
    with database.transaction() as session:
        acting, owner, row = begun(session, title="Agua")
        again = begin_challenge(
            session, desk=desk(), acting=acting, owner_id=owner.id or 0, sketch=Sketch(title="Agua")
        )
        assert again.id == row.id


def test_each_step_leaves_what_the_others_said(database: Database) -> None:
    with database.transaction() as session:
        acting, _owner, row = begun(session, title="Agua", description=LEAKS)
        sketched(session, acting, row, expected_benefit="Perder menos agua.", beneficiaries="Los vecinos.")
        sketched(session, acting, row, place={"name": "Sogamoso", "country": "CO"})
        sketched(session, acting, row, areas=["energy_environment", "energy_environment"])
        sketched(session, acting, row, budget_band="under_25k", procurement="planned", audience="invited")
        assert (row.title, row.language, row.country) == ("Agua", "es", "CO")
        assert (row.expected_benefit, row.beneficiaries) == ("Perder menos agua.", "Los vecinos.")
        assert (row.areas, row.taxonomy_version) == (["energy_environment"], "2017.1")
        assert (row.budget_band, row.procurement, row.audience) == ("under_25k", "planned", "invited")
        sketched(session, acting, row, place=None)
        assert row.country == ""


def test_needs_follow_the_description_until_the_author_has_their_own(database: Database) -> None:
    with database.transaction() as session:
        acting, _owner, row = begun(session, description=LEAKS)
        first = needs_of(session, acting, row)
        assert {is_suggested for _need, is_suggested in first} == {True}
        sketched(session, acting, row, description="Necesitamos medir el caudal de cada sector.")
        assert needs_of(session, acting, row) != first
        sketched(session, acting, row, needs=["Hallar fugas"])
        sketched(session, acting, row, description=LEAKS)
        assert needs_of(session, acting, row) == [("Hallar fugas", False)]
        sketched(session, acting, row, needs=None)
        assert needs_of(session, acting, row) == first


def test_needs_of_a_draft_can_be_edited_alone(database: Database) -> None:
    with database.transaction() as session:
        acting, _owner, row = begun(session, description=LEAKS)
        edit_needs(
            session, desk=desk(), acting=acting, challenge_id=row.id or 0, draft=NeedsDraft(needs=["Medir", "Hallar"])
        )
        assert needs_of(session, acting, row) == [("Medir", False), ("Hallar", False)]


@pytest.mark.parametrize(
    ("said", "field"),
    [({}, "title"), ({"title": "Agua"}, "description"), ({"title": "Agua", "description": "123 !"}, "description"),
     ({"title": "42", "description": LEAKS}, "title")],
)  # fmt: skip
def test_a_draft_without_words_is_not_posted(database: Database, said: dict[str, str], field: str) -> None:
    with database.transaction() as session:
        acting, _owner, row = begun(session, **said)
        with pytest.raises(InvalidInputError) as refused:
            set_status(session, desk=desk(), acting=acting, challenge_id=row.id or 0, status=Status.OPEN)
        assert (refused.value.code, refused.value.values) == ("challenge_incomplete", {"field": field})


def test_posted_it_is_indexed_and_read_by_those_chosen(database: Database) -> None:
    with database.transaction() as session:
        acting, _owner, row = begun(session, title="Agua", description=LEAKS, audience="public")
        set_status(session, desk=desk(), acting=acting, challenge_id=row.id or 0, status=Status.OPEN)
        assert asked_of_the_index(session) == [row.id]
        assert get_challenge(session, acting=ANYONE, challenge_id=row.id or 0).needs


def test_what_is_posted_keeps_its_words_and_is_no_draft_again(database: Database) -> None:
    with database.transaction() as session:
        acting = signed_in(session)
        row = saved_challenge(session, acting=acting, owner=saved_profile(session, acting=acting))
        number = row.id or 0
        codes = []
        for change in (
            lambda: sketched(session, acting, row, title=""),
            lambda: set_status(session, desk=desk(), acting=acting, challenge_id=number, status=Status.DRAFT),
            lambda: discard_draft(session, acting=acting, challenge_id=number),
        ):
            with session.begin_nested(), pytest.raises(DomainError) as refused:
                change()
            codes.append(refused.value.code)
    assert codes == ["challenge_incomplete", "challenge_is_posted", "challenge_is_posted"]


@pytest.mark.parametrize("status", [Status.CLOSED, Status.WITHDRAWN])
def test_a_draft_is_discarded_and_neither_closed_nor_withdrawn(database: Database, status: Status) -> None:
    with database.transaction() as session:
        acting, _owner, row = begun(session, title="Agua", description=LEAKS)
        number = row.id or 0
        with pytest.raises(ConflictError, match="challenge_is_draft"):
            set_status(session, desk=desk(), acting=acting, challenge_id=number, status=status)
        discard_draft(session, acting=acting, challenge_id=number)
        with pytest.raises(NotFoundError):
            get_challenge(session, acting=acting, challenge_id=number)


def test_nobody_else_writes_or_discards_a_draft(database: Database) -> None:
    with database.transaction() as session:
        _acting, owner, row = begun(session, title="Agua")
        stranger = signed_in(session, name="Luís")
        number = row.id or 0
        codes = []
        for change in (
            lambda: sketched(session, stranger, row, title="Mío"),
            lambda: discard_draft(session, acting=stranger, challenge_id=number),
            lambda: begin_challenge(session, desk=desk(), acting=stranger, owner_id=owner.id or 0, sketch=Sketch()),
            lambda: begin_challenge(session, desk=desk(), acting=ANYONE, owner_id=owner.id or 0, sketch=Sketch()),
        ):
            with pytest.raises(DomainError) as refused:
                change()
            codes.append(refused.value.code)
    assert codes == ["challenge_unknown", "challenge_unknown", "not_your_profile", "sign_in_needed"]


def test_dates_of_a_sketch_are_in_order() -> None:
    with pytest.raises(ValidationError, match="ends before it starts"):
        Sketch.model_validate({"starts_on": "2027-02-02", "ends_on": "2027-02-01"})
