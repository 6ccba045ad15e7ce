"""Register, privacy and the code of ethics, for everyone; one's own data, for oneself."""

import io
import zipfile
from datetime import timedelta

import pytest
from sqlmodel import select

from api.app import create_app
from api.web.lines import PAGE_LINES
from api.wiring import Service
from matchmaker.accounts.models import Account, Acting, Role
from matchmaker.membership.models import Standing
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.rights.deadlines import load_deadlines
from matchmaker.rights.models import Request, State
from matchmaker.rights.purposes import load_retention
from tests.api.web.conftest import Known, Read
from tests.api.web.persons import Person, at_browser
from tests.databases import statements
from tests.factories import NOW, saved_profile, signed_in

LANGUAGES = ["es", "pt", "en"]
DATA = "/es/account/data"


@pytest.fixture
def ana(service: Service, known: Known) -> Person:
    """Represents the firm."""
    assert known.firm
    return at_browser(create_app(service), service, Acting(account_id=1, role=Role.CITY))


def test_the_register_names_who_was_admitted_and_nobody_else(service: Service, read: Read, known: Known) -> None:
    _admit(service, known.firm, known.hidden)
    page = read("/pt/register")
    assert [link["href"] for link in page.one("tbody").all("a")] == [f"/pt/profiles/{known.firm}"]
    assert "Oculta" not in page.text


@pytest.mark.usefixtures("known")
def test_the_register_turns_its_pages_in_as_many_statements(service: Service, read: Read) -> None:
    _admit(service, *_many(service, 1))
    with statements(service.database) as few:
        read("/es/register")
    _admit(service, *_many(service, PAGE_LINES + 5))
    with statements(service.database) as many:
        page = read("/es/register")
    assert len(many) == len(few)
    (following,) = [link["href"] for link in page.all("a") if link.get("rel") == "next"]
    assert len(page.one("tbody").all("tr")) + len(read(following).one("tbody").all("tr")) == PAGE_LINES + 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_privacy_tells_every_period_and_every_law_in_force(service: Service, read: Read, language: str) -> None:
    page = read(f"/{language}/privacy")
    directory = service.settings.data_directory / "rights"
    laws = [law for law in load_deadlines(directory).laws if law.since <= NOW.date() < law.until]
    for law in laws:
        assert law.law in page.text
        assert all(term.article in page.text for term in law.terms.values())
    kept = [age for age in load_retention(directory).tables if not age.only]
    assert len(page.one("tbody").all("tr")) == len(kept) + 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_of_ethics_is_read_by_version(service: Service, read: Read, language: str) -> None:
    code = service.rulebook.in_force(NOW)
    for address in ("/ethics", f"/ethics/{code.version}"):
        page = read(f"/{language}{address}")
        assert page.one("main").one("h1").text == code.title[language]
        assert len(page.all("article")) == len(code.articles)
        assert f"/{language}/ethics/{code.version}" in {link["href"] for link in page.one("main").all("a")}


def test_a_version_that_never_was_is_not_there(ana: Person) -> None:
    ana.read("/en/ethics/1999.1", status=404)


def test_one_takes_a_copy_of_oneself_and_of_ones_member(ana: Person, known: Known) -> None:
    page = ana.read(DATA)
    addresses = [link["href"] for link in page.all("a") if link["href"].startswith("/v1/rights/export")]
    assert f"/v1/rights/export?subject=profile&subject_id={known.firm}" in addresses
    for address in addresses:
        archive = zipfile.ZipFile(io.BytesIO(ana.client.get(address).content))
        assert "about.json" in archive.namelist()


def test_a_right_is_used_told_with_its_term_and_taken_back(ana: Person, known: Known, service: Service) -> None:
    typed = {"right": "correct", "about": f"profile-{known.firm}", "words": "Somos de Tunja <b>"}
    page = ana.done(DATA, **typed)
    assert "Ley 1581 de 2012" in page.text
    assert "Somos de Tunja <b>" in page.text
    ana.done(DATA, **typed)
    assert [row.kind for row in _requests(service)] == ["correct"]
    number = _requests(service)[0].id
    ana.done(f"{DATA}/{number}/withdrawal")
    assert _requests(service)[0].state == State.WITHDRAWN
    ana.refused(f"{DATA}/{number}/withdrawal", status=409)


def test_what_is_wrong_stands_beside_its_field_and_the_words_stay(ana: Person, known: Known) -> None:
    about = f"profile-{known.firm}"
    assert ana.refused(DATA, right="correct", about=about, words="").by_id("words-wrong").text
    page = ana.refused(DATA, about=about, words="Somos de Tunja")
    assert page.by_id("right-wrong").text
    assert "Somos de Tunja" in page.by_id("words").text
    assert ana.refused(DATA, right="block", about=f"profile-{known.city}").by_id("about-wrong").text


def test_an_erasure_is_confirmed_by_name_and_can_be_taken_back(ana: Person, known: Known, service: Service) -> None:
    typed = {"right": "erase", "about": f"profile-{known.firm}", "words": ""}
    answer = ana.post(DATA, **typed)
    with service.database.reading() as session:
        name = session.get_one(Profile, known.firm).name
    assert answer.status_code == 200
    assert name in answer.text
    assert _requests(service) == []
    ana.done(DATA, **typed, confirmed="yes")
    with service.database.reading() as session:
        assert session.get_one(Profile, known.firm).visibility == Visibility.HIDDEN
    ana.done(f"{DATA}/{_requests(service)[0].id}/withdrawal")
    with service.database.reading() as session:
        assert session.get_one(Profile, known.firm).visibility == Visibility.VISIBLE


def test_nobody_reads_or_takes_back_what_another_asked_for(ana: Person, known: Known, service: Service) -> None:
    ana.done(DATA, right="block", about=f"profile-{known.hostile}")
    with service.database.transaction() as session:
        stranger = signed_in(session)
        office = signed_in(session, role=Role.SECRETARIAT)
    eva, rosa = (at_browser(ana.app, service, who) for who in (stranger, office))
    assert "/withdrawal" not in eva.client.get(DATA).text
    assert "/withdrawal" not in rosa.client.get(DATA).text
    assert eva.post(f"{DATA}/{_requests(service)[0].id}/withdrawal").status_code == 404


def test_who_is_not_signed_in_is_led_back_to_their_data(ana: Person) -> None:
    answer = Person(ana.app).client.get(DATA)
    assert answer.status_code == 401
    assert f'name="wanted" value="{DATA}"' in answer.text


def _requests(service: Service) -> list[Request]:
    with service.database.reading() as session:
        return list(session.exec(select(Request)).all())


def _admit(service: Service, *numbers: int) -> None:
    with service.database.transaction() as session:
        for number in numbers:
            row = session.get(Standing, number) or Standing(profile_id=number, status="admitted", changed_at=NOW)
            row.admitted_at = NOW - timedelta(days=3)
            session.add(row)


def _many(service: Service, count: int) -> list[int]:
    with service.database.transaction() as session:
        account = session.exec(select(Account)).first()
        assert account is not None
        acting = Acting(account_id=account.id, role=Role.CITY)
        return [saved_profile(session, acting=acting, name=f"Miembro {n}").id or 0 for n in range(count)]
