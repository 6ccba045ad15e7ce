from collections.abc import Callable

import pytest
from sqlmodel import Session, col, select

from matchmaker.accounts.models import OPERATOR, Acting
from matchmaker.challenges.actions import edit_challenge, edit_needs, import_challenge, set_status
from matchmaker.challenges.drafts import ChallengeDraft, NeedsDraft
from matchmaker.challenges.models import Challenge, Status
from matchmaker.errors import DomainError, InvalidInputError
from matchmaker.store.database import Database
from matchmaker.store.outbox import Message, Topic
from tests.factories import challenge_draft, desk, signed_in


def asked_of_the_index(session: Session) -> list[int]:
    wanted = select(Message.subject_id).where(Message.topic == Topic.INDEX_CHALLENGE).order_by(col(Message.id))
    return list(session.exec(wanted).all())


def refused_codes(session: Session, acting: Acting, challenge: Challenge) -> list[str]:
    challenge_id, draft = challenge.id or 0, challenge_draft(title="Mío")
    mine = NeedsDraft(needs=["Mío"])
    changes: list[Callable[[], object]] = [
        lambda: edit_challenge(session, desk=desk(), acting=acting, challenge_id=challenge_id, draft=draft),
        lambda: edit_needs(session, desk=desk(), acting=acting, challenge_id=challenge_id, draft=mine),
        lambda: set_status(session, desk=desk(), acting=acting, challenge_id=challenge_id, status=Status.CLOSED),
    ]
    codes = []
    for change in changes:
        with pytest.raises(DomainError) as refused:
            change()
        codes.append(refused.value.code)
    return codes


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
