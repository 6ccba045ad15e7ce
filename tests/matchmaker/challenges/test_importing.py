import pytest
from sqlmodel import Session, col, select

from matchmaker.accounts.models import OPERATOR
from matchmaker.challenges.actions import import_challenge
from matchmaker.challenges.drafts import ChallengeDraft
from matchmaker.challenges.models import Challenge
from matchmaker.errors import InvalidInputError
from matchmaker.store.database import Database
from tests.factories import challenge_draft, desk, signed_in
from tests.matchmaker.challenges.refusals import asked_of_the_index, refused_codes


def bring(
    session: Session, draft: ChallengeDraft, *, source: str = "portal", is_reference: bool = True
) -> tuple[Challenge, bool]:
    return import_challenge(
        session, desk=desk(), source=source, owner_id=None, draft=draft, is_reference=is_reference
    )  # fmt: skip


def test_a_reference_is_read_only_for_everyone(database: Database) -> None:
    with database.transaction() as session:
        made, _is_new = bring(session, challenge_draft(external_id="t-1", buyer="Alcaldía", url="https://t.example"))
        assert refused_codes(session, OPERATOR, made) == ["reference_is_read_only"] * 3
        assert refused_codes(session, signed_in(session), made) == ["reference_is_read_only"] * 3
        assert (made.is_reference, made.owner_id, made.buyer) == (True, None, "Alcaldía")


def test_an_import_comes_once_and_changes_when_its_words_do(database: Database) -> None:
    drafts = [challenge_draft(external_id="t-1", title=title) for title in ("Uno", "Uno", "Dos")]
    with database.transaction() as session:
        brought = [bring(session, draft) for draft in drafts]
        assert [is_changed for _row, is_changed in brought] == [True, False, True]
        assert {row.id for row, _is_changed in brought} == {1}
        assert (brought[-1][0].title, brought[-1][0].version, asked_of_the_index(session)) == ("Dos", 2, [1, 1])


def test_a_row_that_is_refused_leaves_nothing_and_the_import_goes_on(database: Database) -> None:
    with database.transaction() as session:
        bring(session, challenge_draft(external_id="t-1"))
    with database.transaction() as session:
        for number in ("t-1", "t-2"):
            with pytest.raises(InvalidInputError):
                bring(session, challenge_draft(external_id=number, title="A medias", place={"geonameid": 5}))
        bring(session, challenge_draft(external_id="t-3", title="Entero"))
    with database.transaction() as session:
        rows = session.exec(select(Challenge).order_by(col(Challenge.id))).all()
        assert [(row.external_id, row.title, row.version) for row in rows] == [
            ("t-1", "La mitad del agua se pierde", 1),
            ("t-3", "Entero", 1),
        ]
        assert bring(session, challenge_draft(external_id="t-1"))[1] is False
