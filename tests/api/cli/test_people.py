import json

import pytest

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Account, Role
from tests.api.cli.conftest import Run
from tests.api.rest.signing_in import Browser


def test_the_first_administrator_signs_in_by_the_link_that_the_command_prints(run: Run, service: Service) -> None:
    result = run("administrator", "create", "--email", "Rosa@Alianza.example", "--name", "Rosa")

    assert result.exit_code == 0
    browser = Browser(create_app(service))
    assert browser.open_link(result.stdout.strip()).status_code == 200
    me = browser.get("/v1/me").json()
    assert (me["name"], me["email"], me["role"]) == ("Rosa", "rosa@alianza.example", "administrator")
    assert Browser(create_app(service)).open_link(result.stdout.strip()).status_code == 401


def test_the_command_raises_an_account_that_exists(run: Run, service: Service) -> None:
    first, second = (
        json.loads(run("administrator", "create", "--email", "rosa@alianza.example", "--json", LANG=language).stdout)
        for language in ("pt_BR.UTF-8", "en_US.UTF-8")
    )

    assert first["account_id"] == second["account_id"]
    assert first["link"] != second["link"]
    assert "/pt/sign-in/" in second["link"]
    with service.database.reading() as session:
        row = session.get_one(Account, first["account_id"])
        assert (row.role, row.name, row.language) == (Role.ADMINISTRATOR, "rosa", "pt")


@pytest.mark.parametrize("email", ["", "rosa", "rosa@", "a b@c.example"])
def test_what_is_no_address_makes_no_administrator(run: Run, email: str) -> None:
    result = run("administrator", "create", "--email", email, LANG="es_CO.UTF-8")

    assert result.exit_code == 2
    assert "no es una dirección de correo" in result.stderr
