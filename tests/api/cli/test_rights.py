"""`rights`: what is late, answers, copies."""

import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from api.wiring import Service
from matchmaker.accounts.models import Acting
from matchmaker.rights.drafts import RequestDraft
from matchmaker.rights.models import Right, Subject
from matchmaker.rights.requests import file_request
from tests.api.cli.conftest import Run
from tests.factories import NOW, saved_profile, signed_in


def asked(service: Service) -> tuple[int, Acting]:
    with service.database.transaction() as session:
        ana = signed_in(session)
        profile = saved_profile(session, acting=ana)
        draft = RequestDraft(
            right=Right.CORRECT, subject=Subject.PROFILE, subject_id=profile.id or 0, words="Nos llamamos distinto."
        )
        row = file_request(session, office=service.rights_office(), acting=ana, draft=draft)
        return row.id or 0, ana


def test_what_is_late_is_listed_with_an_exit_code_until_it_is_answered(run: Run, service: Service) -> None:
    number, _ = asked(service)
    assert run("rights", "overdue", "--lang", "es").stdout == "No hay ninguna.\n"
    assert [row["id"] for row in json.loads(run("rights", "overdue", "--all", "--json").stdout)] == [number]
    late = replace(service, clock=lambda: NOW + timedelta(days=60))
    told = run("rights", "overdue", "--lang", "pt", over=late)
    assert (told.exit_code, "Ley 1581" in told.stdout) == (1, True)
    refused = run("rights", "answer", number, "--to", "done", "--lang", "es")
    assert (refused.exit_code, "razón" in refused.stderr) == (2, True)
    done = json.loads(run("rights", "answer", number, "--to", "done", "--reason", "Corregido.", "--json").stdout)
    assert done["state"] == "done"
    assert run("rights", "overdue", over=late).exit_code == 0


def test_the_copy_of_a_person_is_written_for_its_owner_alone(run: Run, service: Service, tmp_path: Path) -> None:
    _, ana = asked(service)
    path = tmp_path / "ana.zip"
    assert run("rights", "export", "account", ana.account_id, path).exit_code == 0
    assert path.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(path) as archive:
        assert {"account.csv", "api_token.json", "about.json"} <= set(archive.namelist())
    unknown = run("rights", "answer", 99, "--to", "refused", "--reason", "No es suya.", "--lang", "es")
    assert (unknown.exit_code, "99" in unknown.stderr) == (2, True)
