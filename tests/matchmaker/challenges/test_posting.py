from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from matchmaker.accounts.models import ANYONE, OPERATOR, Acting, Role
from matchmaker.challenges.actions import edit_challenge, edit_needs, post_challenge, set_status
from matchmaker.challenges.drafts import NeedsDraft
from matchmaker.challenges.models import Challenge, Need, Status
from matchmaker.challenges.queries import count_challenges, get_challenge
from matchmaker.errors import ConflictError, DomainError, InvalidInputError, NotAllowedError
from matchmaker.store.database import Database
from tests.factories import NOW, challenge_draft, desk, saved_challenge, saved_profile, signed_in
from tests.matchmaker.challenges.refusals import asked_of_the_index, refused_codes

LATER = NOW + timedelta(days=1)
FRENCH = (
    "Notre commune perd la moitié de son eau avant qu'elle n'arrive aux maisons. "
    "Nous cherchons quelqu'un qui sache trouver les fuites sans ouvrir toutes les rues du centre-ville."
)


def posted(session: Session, **changes: object) -> tuple[Acting, Challenge]:
    acting = signed_in(session)
    owner = saved_profile(session, acting=acting, kind="local_government")
    return acting, saved_challenge(session, acting=acting, owner=owner, **changes)


def needs(session: Session, challenge: Challenge) -> list[tuple[str, bool]]:
    found = get_challenge(session, acting=OPERATOR, challenge_id=challenge.id or 0).needs
    return [(need.text, need.is_suggested) for need in found]


def test_a_challenge_is_kept_with_suggested_needs_in_order(database: Database) -> None:
    dates = {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 2, 1)}
    with database.transaction() as session:
        _acting, made = posted(session, **dates)
    with database.reading() as session:
        challenge = get_challenge(session, acting=ANYONE, challenge_id=made.id or 0).challenge
        suggested = needs(session, made)
        positions = session.exec(select(Need.position).order_by(col(Need.id))).all()
        assert asked_of_the_index(session) == [made.id]
    assert suggested != []
    assert {is_suggested for _text, is_suggested in suggested} == {True}
    assert list(positions) == list(range(len(suggested)))
    assert (challenge.title, challenge.country, challenge.status) == ("La mitad del agua se pierde", "CO", "open")
    assert (challenge.starts_on, challenge.ends_on) == (dates["starts_on"], dates["ends_on"])
    assert (challenge.version, challenge.created_at, challenge.taxonomy_version) == (1, NOW, "2017.1")


def test_needs_that_the_author_names_are_confirmed(database: Database) -> None:
    with database.transaction() as session:
        _acting, made = posted(session, needs=["Encontrar fugas", "Medir por sectores"])
        assert needs(session, made) == [("Encontrar fugas", False), ("Medir por sectores", False)]


def test_editing_the_needs_confirms_them(database: Database) -> None:
    with database.transaction() as session:
        acting, made = posted(session)
    with database.transaction() as session:
        draft = NeedsDraft(needs=["Una", "Otra"])
        edit_needs(session, desk=desk(LATER), acting=acting, challenge_id=made.id or 0, draft=draft)
    with database.reading() as session:
        assert needs(session, made) == [("Una", False), ("Otra", False)]
        changed = get_challenge(session, acting=ANYONE, challenge_id=made.id or 0).challenge
        assert (changed.version, changed.updated_at) == (2, LATER)
        assert asked_of_the_index(session) == [made.id, made.id]


def test_an_edit_replaces_words_needs_and_place(database: Database) -> None:
    with database.transaction() as session:
        acting, made = posted(session, needs=["Una"])
    draft = challenge_draft(title="Otro", place=None, areas=[], needs=["Dos", "Tres"])
    with database.transaction() as session:
        edit_challenge(session, desk=desk(LATER), acting=acting, challenge_id=made.id or 0, draft=draft)
    with database.reading() as session:
        changed = get_challenge(session, acting=ANYONE, challenge_id=made.id or 0).challenge
        assert needs(session, made) == [("Dos", False), ("Tres", False)]
    assert (changed.title, changed.areas, changed.country, changed.version) == ("Otro", [], "", 2)


def test_a_status_change_is_seen_and_asks_for_the_index(database: Database) -> None:
    with database.transaction() as session:
        acting, made = posted(session)
        set_status(session, desk=desk(), acting=acting, challenge_id=made.id or 0, status=Status.CLOSED)
        assert (made.status, made.version, asked_of_the_index(session)) == ("closed", 2, [made.id, made.id])


def test_a_text_in_another_language_is_kept_with_it(database: Database) -> None:
    with database.transaction() as session:
        _acting, made = posted(session, language=None, title="La moitié de l'eau", description=FRENCH)
    with database.reading() as session:
        challenge = get_challenge(session, acting=ANYONE, challenge_id=made.id or 0).challenge
    assert (challenge.language, challenge.description) == ("fr", FRENCH)


def test_a_text_in_no_known_language_is_kept_as_undetermined(database: Database) -> None:
    with database.transaction() as session:
        _acting, made = posted(session, language=None, title="漢字", description="漢字漢字漢字", expected_benefit="")
        assert made.language == "und"


def test_only_who_acts_for_a_profile_posts_for_it(database: Database) -> None:
    codes: list[str] = []
    with database.transaction() as session:
        owner = saved_profile(session, acting=signed_in(session))
        stranger = signed_in(session, role=Role.SUPPLIER, name="Luís")
        for acting, owner_id in ((ANYONE, owner.id), (stranger, owner.id), (stranger, None), (stranger, 999)):
            with pytest.raises(DomainError) as refused:
                post_challenge(session, desk=desk(), acting=acting, owner_id=owner_id, draft=challenge_draft())
            codes.append(refused.value.code)
        assert count_challenges(session, acting=OPERATOR) == 0
    assert codes == ["sign_in_needed", "not_your_profile", "not_your_profile", "profile_unknown"]


def test_the_secretariat_posts_for_others_and_without_an_owner(database: Database) -> None:
    with database.transaction() as session:
        owner = saved_profile(session, acting=signed_in(session))
        secretariat = signed_in(session, role=Role.SECRETARIAT, name="Inés")
        made = [
            post_challenge(
                session, desk=desk(), acting=secretariat, owner_id=owner_id, draft=challenge_draft()
            ).owner_id
            for owner_id in (owner.id, None)
        ]
    assert made == [owner.id, None]


def test_strangers_change_nothing_and_what_is_closed_is_unknown_to_them(database: Database) -> None:
    with database.transaction() as session:
        acting, made = posted(session)
        stranger = signed_in(session, name="Luís")
        assert refused_codes(session, stranger, made) == ["not_your_challenge"] * 3
        assert refused_codes(session, ANYONE, made) == ["not_your_challenge"] * 3
        set_status(session, desk=desk(), acting=acting, challenge_id=made.id or 0, status=Status.WITHDRAWN)
        assert refused_codes(session, stranger, made) == ["challenge_unknown"] * 3
        assert (made.title, made.version) == ("La mitad del agua se pierde", 2)


def test_an_edit_keeps_the_number_and_a_taken_one_is_refused(database: Database) -> None:
    with database.transaction() as session:
        acting, made = posted(session, external_id="mine")
        challenge_id = made.id or 0
        edit_challenge(session, desk=desk(), acting=acting, challenge_id=challenge_id, draft=challenge_draft())
        with pytest.raises(ConflictError) as refused:
            posted(session, external_id="mine")
        assert made.external_id == "mine"
        assert count_challenges(session, acting=OPERATOR) == 1
    assert refused.value.code == "external_id_taken"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"areas": ["magic"]}, "unknown_code", "areas"),
        ({"principles": ["magic"]}, "unknown_code", "principles"),
        ({"place": {"name": "Atlántida", "country": "CO"}}, "place_unknown", "place"),
        ({"place": {"name": "San Carlos", "country": "CL"}}, "place_ambiguous", "place"),
    ],
)
def test_codes_and_places_that_nobody_knows_are_refused(
    database: Database, changes: dict[str, object], code: str, field: str
) -> None:
    with pytest.raises(InvalidInputError) as refused, database.transaction() as session:
        posted(session, **changes)
    assert (refused.value.code, refused.value.values["field"]) == (code, field)


def test_signing_in_is_asked_before_anything_is_said_of_a_profile(database: Database) -> None:
    with database.transaction() as session, pytest.raises(NotAllowedError) as refused:
        post_challenge(session, desk=desk(), acting=ANYONE, owner_id=999, draft=challenge_draft())
    assert refused.value.code == "sign_in_needed"
