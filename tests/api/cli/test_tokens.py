"""Keys: made, listed, ended."""

import json
from datetime import timedelta

import pytest

from api.wiring import Service
from matchmaker.accounts.actions import who_is
from matchmaker.accounts.models import Role, Scope
from matchmaker.profiles.queries import represented_by
from tests.api.cli.conftest import Run
from tests.factories import NOW


def test_a_key_is_shown_once_alone_on_standard_output(run: Run, service: Service) -> None:
    result = run("token", "create", "--role", "city", "--name", "Ana")

    assert result.exit_code == 0
    key = result.stdout.strip()
    with service.database.reading() as session:
        acting = who_is(session, token=key, now=NOW)
    assert acting is not None
    assert acting.role is Role.CITY
    assert key not in run("token", "list").output


def test_a_key_as_json_has_its_account_its_end_and_its_profiles(run: Run, filled: Service) -> None:
    result = run(
        "token", "create", "--role", "supplier", "--name", "Luz", "--label", "feria", "--days", "30", "--profile", "1",
        "--json",
    )  # fmt: skip

    made = json.loads(result.stdout)
    key = made.pop("token")
    assert made == {
        "id": 2, "account_id": 2, "account": "Luz", "role": "supplier", "label": "feria",
        "scopes": ["people", "read", "write"], "state": "active",
        "created_at": NOW.isoformat(), "expires_at": (NOW + timedelta(days=30)).isoformat(), "revoked_at": None,
        "profiles": [1],
    }  # fmt: skip
    with filled.database.reading() as session:
        acting = who_is(session, token=key, now=NOW)
        assert acting is not None
        assert represented_by(session, acting=acting) == [1]


def test_an_unknown_profile_makes_no_account(run: Run) -> None:
    result = run("token", "create", "--role", "supplier", "--name", "Luz", "--profile", "99", LANG="es_CO.UTF-8")

    assert result.exit_code == 2
    assert "99" in result.stderr
    assert json.loads(run("token", "list", "--json").stdout) == []


@pytest.mark.parametrize("name", ["", " ", "a\x00b", "x" * 201])
def test_a_name_that_cannot_be_kept_is_refused(run: Run, name: str) -> None:
    assert run("token", "create", "--role", "city", "--name", name).exit_code == 2


@pytest.mark.parametrize(("language", "said"), [("es", "revocada"), ("pt", "revogada"), ("en", "revoked")])
def test_a_key_that_has_ended_opens_nothing(run: Run, service: Service, language: str, said: str) -> None:
    key = run("token", "create", "--role", "secretariat", "--name", "Eva").stdout.strip()

    assert run("token", "revoke", 1).exit_code == 0

    with service.database.reading() as session:
        assert who_is(session, token=key, now=NOW) is None
    assert said in run("token", "list", "--lang", language).stdout
    assert json.loads(run("token", "revoke", 1, "--json").stdout) == {"id": 1, "revoked_at": NOW.isoformat()}


def test_an_unknown_key_is_refused(run: Run) -> None:
    result = run("token", "revoke", 7)

    assert result.exit_code == 2
    assert "7" in result.stderr


def test_a_key_may_be_for_less_than_the_account_may_do(run: Run, service: Service) -> None:
    key = run("token", "create", "--role", "city", "--name", "Ana", "--scope", "read").stdout.strip()
    with service.database.reading() as session:
        acting = who_is(session, token=key, now=NOW)
    assert acting is not None
    assert acting.scopes == {Scope.READ}
    assert run("token", "create", "--role", "city", "--name", "Ana", "--scope", "everything").exit_code == 2
