"""`letters` and `audit`."""

import json
import mailbox
from pathlib import Path

from sqlalchemy import text

from api.wiring import Service
from matchmaker.accounts.models import OPERATOR
from matchmaker.audit.actions import record_act
from matchmaker.letters.actions import write_letter
from matchmaker.letters.models import Letter
from tests.api.cli.conftest import Run
from tests.factories import NOW
from tests.letters import account
from tests.matchmaker.letters.test_bounces import notice


def test_letters_are_sent_and_mail_that_came_back_is_noted(run: Run, service: Service, tmp_path: Path) -> None:
    with service.database.transaction() as session:
        letter = write_letter(session, kind="data_export_ready", account_id=account(session).id, now=NOW)
        assert isinstance(letter, Letter)
    assert run("letters", "send", "--lang", "es").stdout == "Enviados 1, aplazados 0, abandonados 0, cancelados 0.\n"
    assert json.loads(run("letters", "send", "--json").stdout)["sent"] == 0
    box = mailbox.mbox(tmp_path / "mbox")
    box.add(notice(message_id=letter.message_id))
    box.close()
    assert json.loads(run("letters", "bounces", tmp_path / "mbox", "--json").stdout) == {"notices": 1, "noted": 1}
    missing = run("letters", "bounces", tmp_path / "nowhere", "--lang", "pt")
    assert (missing.exit_code, "nowhere" in missing.stderr) == (2, True)


def test_the_audit_log_is_verified_with_an_exit_code(run: Run, service: Service) -> None:
    with service.database.transaction() as session:
        for number in (1, 2, 3):
            record_act(session, acting=OPERATOR, act="role.give", subject="account", subject_id=number, now=NOW)
    whole = json.loads(run("audit", "verify", "--json").stdout)
    assert (whole["whole"], whole["entries"], whole["first_broken"]) == (True, 3, None)
    assert run("audit", "verify", "--expect", whole["digest"]).exit_code == 0

    with service.database.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_entry_kept_delete"))
        connection.execute(text("DROP TRIGGER audit_entry_kept_update"))
        connection.execute(text("DELETE FROM audit_entry WHERE id = 3"))
    assert run("audit", "verify").exit_code == 0
    cut = run("audit", "verify", "--expect", whole["digest"], "--lang", "es")
    assert (cut.exit_code, "cortó el final" in cut.stdout) == (1, True)

    with service.database.engine.begin() as connection:
        connection.execute(text("UPDATE audit_entry SET subject_id = 9 WHERE id = 2"))
    changed = run("audit", "verify", "--lang", "pt")
    assert (changed.exit_code, "a entrada 2" in changed.stdout) == (1, True)
