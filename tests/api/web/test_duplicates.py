"""What may be there twice, on the desk."""

import pytest

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Acting, Role
from tests.api.web.conftest import Known
from tests.api.web.persons import Person, at_browser
from tests.databases import statements
from tests.factories import saved_profile, signed_in

FIRM = Acting(account_id=1, role=Role.CITY)
PATH = "/desk/duplicates"


@pytest.fixture
def secretary(service: Service, known: Known) -> Person:
    assert known.firm
    with service.database.transaction() as session:
        acting = signed_in(session, role=Role.SECRETARIAT)
        saved_profile(session, acting=FIRM, name="FUGAS Y CAUDALES", website="")
    return at_browser(create_app(service), service, acting)


@pytest.mark.parametrize(
    ("language", "said", "mark"),
    [
        ("es", "1 perfil podría estar dos veces", "El mismo nombre"),
        ("pt", "1 perfil pode estar duas vezes", "O mesmo nome"),
        ("en", "1 profile may be there twice", "The same name"),
    ],
)
def test_the_desk_counts_them_and_the_page_says_what_two_share(
    secretary: Person, language: str, said: str, mark: str
) -> None:
    assert said in secretary.read(f"/{language}/desk").of_class("queues")[0].text
    page = secretary.read(f"/{language}{PATH}")
    (pair,) = page.of_class("two-sides")
    assert [link.text for link in pair.all("a")][::2] == ["Fugas y Caudales", "FUGAS Y CAUDALES"]
    assert page.of_class("lines")[0].of_class("kicker")[0].text == mark


def test_two_that_are_not_the_same_wait_no_longer_and_that_can_be_undone(secretary: Person, known: Known) -> None:
    page = secretary.read(f"/es{PATH}")
    (form,) = page.of_class("lines")[0].all("form")
    pair = {box["name"]: box["value"] for box in form.all("input") if box["name"] != "csrf_token"}
    assert (pair["twice"], pair["first"]) == ("profile", str(known.firm))
    told = secretary.done(form["action"], **pair)
    assert not told.of_class("two-sides")
    (undo,) = told.by_id("done").all("form")
    assert secretary.done(undo["action"], **pair).of_class("two-sides")
    assert secretary.post(form["action"], **pair | {"second": "999"}).status_code == 404


def test_more_pairs_take_no_more_statements(secretary: Person, service: Service) -> None:
    counts = []
    for names in ([], [f"Firma {number // 2}" for number in range(40)]):
        with service.database.transaction() as session:
            for name in names:
                saved_profile(session, acting=FIRM, name=name)
        with statements(service.database) as sent:
            secretary.read(f"/es{PATH}")
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_only_the_secretariat_looks(secretary: Person, service: Service) -> None:
    with service.database.transaction() as session:
        acting = signed_in(session, role=Role.ADMINISTRATOR)
    for who in (acting, FIRM):
        person = at_browser(secretary.app, service, who)
        assert person.client.get(f"/es{PATH}").status_code == 403
        assert person.post(f"/es{PATH}/apart", twice="profile", first="1", second="2").status_code == 403
