import csv
import io
import json
import zipfile
from contextlib import suppress
from datetime import timedelta

import pytest

from matchmaker.accounts.models import OPERATOR, Acting, Role
from matchmaker.errors import NotAllowedError
from matchmaker.letters.actions import write_letter
from matchmaker.rights.drafts import RequestDraft
from matchmaker.rights.export import export
from matchmaker.rights.models import Request, Right, State, Subject
from matchmaker.rights.requests import answer_request, file_request
from matchmaker.store.database import Database
from tests.factories import NOW, saved_challenge, saved_profile, signed_in
from tests.matchmaker.rights.test_erasing import office


def test_a_member_gets_every_table_of_its_own_and_no_secret_nor_formula(database: Database) -> None:
    with database.transaction() as session:
        ana, eve = signed_in(session), signed_in(session, name="Eva")
        mine = saved_profile(session, acting=ana, summary="=1+1 agua")
        saved_profile(session, acting=eve, summary="Palabras de Eva")
        saved_challenge(session, acting=ana, owner=mine)
        archive = opened(export(session, acting=ana, subject=Subject.PROFILE, subject_id=mine.id or 0, now=NOW))
        assert {"profile.json", "offer.csv", "experience.csv", "need.json", "about.json"} <= set(archive.namelist())
        assert [row["id"] for row in json.loads(archive.read("profile.json"))] == [mine.id]
        (line,) = csv.DictReader(io.StringIO(archive.read("profile.csv").decode()))
        assert line["summary"] == "'=1+1 agua"
        with pytest.raises(NotAllowedError, match="not_your_data"):
            export(session, acting=eve, subject=Subject.PROFILE, subject_id=mine.id or 0, now=NOW)


def test_a_person_gets_letters_and_keys_without_what_opens_them(database: Database) -> None:
    with database.transaction() as session:
        ana: Acting = signed_in(session)
        write_letter(session, kind="data_export_ready", now=NOW, account_id=ana.account_id)
        archive = opened(export(session, acting=ana, subject=Subject.ACCOUNT, subject_id=ana.account_id or 0, now=NOW))
        assert {"account.csv", "letter.json", "api_token.json"} <= set(archive.namelist())
        assert "digest" not in json.loads(archive.read("api_token.json"))[0]


@pytest.mark.parametrize("subject", list(Subject))
def test_the_secretariat_opens_an_archive_while_a_request_of_its_owner_is_within_its_term(
    database: Database, subject: Subject
) -> None:
    with database.transaction() as session:
        ana, rosa = signed_in(session), signed_in(session, name="Rosa", role=Role.SECRETARIAT)
        profile = saved_profile(session, acting=ana)
        number = (ana.account_id if subject is Subject.ACCOUNT else profile.id) or 0

        def ask(right: Right, acting: Acting) -> Request:
            draft = RequestDraft(right=right, subject=subject, subject_id=number, words="Por favor")
            return file_request(session, office=office(), acting=acting, draft=draft)

        def opens(days: int = 0) -> bool:
            now = NOW + timedelta(days=days)
            with suppress(NotAllowedError):
                return bool(export(session, acting=rosa, subject=subject, subject_id=number, now=now))
            return False

        ask(Right.ACCESS, rosa)
        assert not opens()
        wish = ask(Right.CORRECT, ana)
        assert opens()
        answer_request(
            session, office=office(), acting=rosa, request_id=wish.id or 0, to=State.REFUSED, reason="No procede"
        )
        assert not opens()
        ask(Right.ACCESS, ana)
        assert [opens(days) for days in (0, 200)] == [True, False]
        assert export(session, acting=OPERATOR, subject=subject, subject_id=number, now=NOW)


def test_who_asked_for_a_member_reads_of_it_numbers_and_dates_without_words(database: Database) -> None:
    with database.transaction() as session:
        ana = signed_in(session)
        profile = saved_profile(session, acting=ana)
        draft = RequestDraft(
            right=Right.CORRECT, subject=Subject.PROFILE, subject_id=profile.id or 0, words="Nos llamamos distinto."
        )
        file_request(session, office=office(), acting=ana, draft=draft)
        whose = {Subject.ACCOUNT: ana.account_id or 0, Subject.PROFILE: profile.id or 0}
        rows = {}
        for subject, number in whose.items():
            archive = opened(export(session, acting=ana, subject=subject, subject_id=number, now=NOW))
            [rows[subject]] = json.loads(archive.read("rights_request.json"))
        assert (rows[Subject.PROFILE]["words"], "words" in rows[Subject.ACCOUNT]) == ("Nos llamamos distinto.", False)
        assert rows[Subject.ACCOUNT]["due_at"] == rows[Subject.PROFILE]["due_at"]


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))
