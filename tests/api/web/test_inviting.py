"""Owners of imported profiles are invited in bulk, after one look at whom and in which words."""

import pytest
from sqlmodel import select

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Acting, Role
from matchmaker.membership.models import Invitation
from matchmaker.profiles.actions import import_profile
from matchmaker.profiles.models import Visibility
from tests.api.web.conftest import Known
from tests.api.web.persons import Person, at_browser
from tests.databases import statements
from tests.factories import profile_draft, signed_in

PATH = "/desk/invitations"


def bring(service: Service, *names: str) -> None:
    with service.database.transaction() as session:
        for name in names:
            draft = profile_draft(name=name, email=f"{name.lower()}@firma.example", external_id=name)
            import_profile(
                session, desk=service.desk(), source="feria", draft=draft, visibility=Visibility.UNCLAIMED
            )  # fmt: skip


@pytest.fixture
def secretary(service: Service, known: Known) -> Person:
    assert known.firm
    with service.database.transaction() as session:
        acting = signed_in(session, role=Role.SECRETARIAT)
    bring(service, "Una", "Otra")
    return at_browser(create_app(service), service, acting)


def numbers(service: Service) -> int:
    with service.database.reading() as session:
        return len(session.exec(select(Invitation)).all())


@pytest.mark.parametrize(
    ("language", "sent"),
    [
        ("es", "invitaciones van en camino"),
        ("pt", "convites estão a caminho"),
        ("en", "invitations are on their way"),
    ],
)
def test_those_seen_are_invited_once(secretary: Person, service: Service, language: str, sent: str) -> None:
    page = secretary.read(f"/{language}{PATH}")
    assert {"Una", "Otra"} <= {link.text for link in page.by_id("invited").all("a")}
    (form,) = page.by_id("invited").all("form")
    typed: dict[str, str | list[str]] = {
        box["name"]: box["value"] for box in form.all("input") if box["name"] != "csrf_token"
    }
    done = secretary.done(form["action"], **typed)
    assert sent in done.by_id("done").text
    assert done.by_id("invited").of_class("empty")
    before = numbers(service)
    assert secretary.refused(form["action"], status=409, **typed).of_class("summary")
    assert numbers(service) == before >= 2


def test_who_is_there_may_be_narrowed_and_nothing_goes_that_was_not_seen(secretary: Person, service: Service) -> None:
    assert secretary.read(f"/es{PATH}?country=BR").by_id("invited").of_class("empty")
    (form,) = secretary.read(f"/es{PATH}").by_id("invited").all("form")
    (digest,) = form.all("input", having=lambda each: each["name"] == "digest")
    bring(service, "Nueva")
    assert secretary.refused(form["action"], status=409, digest=digest["value"]).of_class("summary")
    assert numbers(service) == 0


def test_more_owners_take_no_more_statements(secretary: Person, service: Service) -> None:
    counts = []
    for names in ((), [f"Firma{number}" for number in range(20)]):
        bring(service, *names)
        with statements(service.database) as sent:
            secretary.read(f"/es{PATH}")
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_only_the_secretariat_invites(secretary: Person, service: Service) -> None:
    person = at_browser(secretary.app, service, Acting(account_id=1, role=Role.CITY))
    assert person.client.get(f"/es{PATH}").status_code == 403
    assert person.post(f"/es{PATH}", digest="x").status_code == 403
