import csv
import io
import json
import zipfile

import pytest

from matchmaker.accounts.models import Acting
from matchmaker.errors import NotAllowedError
from matchmaker.letters.actions import write_letter
from matchmaker.rights.export import export
from matchmaker.rights.models import Subject
from matchmaker.store.database import Database
from tests.factories import NOW, saved_challenge, saved_profile, signed_in


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


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))
