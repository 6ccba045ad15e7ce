"""Whoever offers answers: a profile in steps, opportunities, proposals, visibility, alerts."""

import io

import pytest

from api.app import create_app
from api.showing import keep_showing
from api.wiring import Service
from matchmaker.accounts.models import ANYONE, Acting, Role
from matchmaker.challenges.models import Challenge, Procurement
from matchmaker.introductions.drafts import PolicyDraft
from matchmaker.introductions.models import Introduction
from matchmaker.introductions.quotas import set_asking_policy
from matchmaker.matching.actions import Wanted, matches_of_challenge
from matchmaker.profiles.models import WorkingCopy
from tests.api.web.conftest import HOSTILE, Known
from tests.api.web.persons import Person, at_browser
from tests.api.web.reading import Element

FIRM, CITY = Acting(account_id=1, role=Role.CITY), Acting(account_id=2, role=Role.CITY)
WHO = {"kind": "academic", "name": "Universidad de las Fugas", "summary": HOSTILE}


@pytest.fixture
def firm(service: Service, known: Known) -> Person:
    assert known.firm
    return at_browser(create_app(service), service, FIRM)


@pytest.fixture
def city(service: Service, known: Known) -> Person:
    assert known.city
    return at_browser(create_app(service), service, CITY)


def allow_firms(service: Service, known: Known) -> None:
    with service.database.transaction() as session:
        policy = PolicyDraft(kinds=["company"], per_week=3)
        set_asking_policy(session, taxonomy=service.taxonomy, acting=CITY, profile_id=known.city, draft=policy)


def change(service: Service, known: Known, **changes: object) -> None:
    with service.database.transaction() as session:
        session.get_one(Challenge, known.challenge).sqlmodel_update(changes)


def hrefs(page: Element) -> set[str | None]:
    return {link.get("href") for link in page.all("a")}


def begin(person: Person, **changes: str) -> str:
    answer = person.post("/es/profiles/new", **{**WHO, **changes})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).removesuffix("/edit/offers")


def test_a_profile_is_written_left_resumed_and_published(firm: Person, service: Service) -> None:
    path = begin(firm)
    assert begin(firm) == path
    number = path.rsplit("/", 1)[1]
    firm.done(f"{path}/edit/offers", text="Encontramos las fugas que no se ven en redes pequeñas.", then="leave")
    anyone = Person(create_app(service))
    anyone.read(path, status=404)
    firm.done(f"{path}/edit/experience", text="Buscamos fugas.", town="Sogamoso", country="CO", result="212 fugas.")
    check = firm.read(f"{path}/edit/check")
    assert "212 fugas." in check.by_id("content").text
    assert "¿" not in check.by_id("coach").of_class("hint")[0].text
    done = firm.done(f"{path}/publication")
    assert done.by_id("done").text == "Está publicado. Los demás lo encontrarán en un momento."
    assert "Encontramos las fugas" in anyone.read(path).by_id("content").text
    with service.database.reading() as session:
        assert session.get(WorkingCopy, int(number)) is None


def test_what_is_saved_while_it_is_typed_is_one_thing(firm: Person) -> None:
    path = begin(firm)
    answer = firm.post(f"{path}/edit/offers", text="Encontramos", then="stay")
    assert answer.status_code == 200
    assert "Guardado a las" in answer.text
    firm.done(f"{path}/edit/offers", text="Encontramos las fugas que no se ven.", then="more")
    page = firm.read(f"{path}/edit/offers")
    assert len([link for link in page.all("a") if "item=" in (link.get("href") or "")]) == 1


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(firm: Person) -> None:
    page = firm.refused("/es/profiles/new", name="", kind="company", summary="Lo mío")
    assert page.by_id("name-wrong").text == "Escriba el nombre con que se les conoce."
    assert "Lo mío" in page.by_id("summary").text
    path = begin(firm)
    page = firm.refused(f"{path}/edit/experience", text="Medimos.", town="Ningunaparte", year="dos mil")
    assert "Ningunaparte" in page.by_id("town-wrong").text
    assert page.by_id("year-wrong").text == "Escriba el año con cuatro cifras, como 2023."
    assert page.by_id("text").text == "Medimos."


def test_something_said_is_corrected_and_taken_away(firm: Person) -> None:
    path = begin(firm)
    firm.done(f"{path}/edit/offers", text="Encontramos fugas ocultas.", then="more")
    firm.done(f"{path}/edit/offers", item="1", text="Marcamos dónde excavar.")
    assert "Marcamos dónde excavar." in firm.read(f"{path}/edit/offers?item=1").by_id("text").text
    firm.done(f"{path}/edit/offers", item="1", then="remove")
    assert "Marcamos" not in firm.read(f"{path}/edit/check").by_id("content").text


def test_a_look_quotes_what_is_not_published_and_keeps_nothing(firm: Person, known: Known) -> None:
    path = begin(firm)
    firm.done(f"{path}/edit/offers", text="Queremos encontrar las fugas que no se ven: las encontramos.", then="leave")
    answer = firm.post(f"{path}/preview", challenge=str(known.challenge))
    assert answer.status_code == 200
    assert "las encontramos" in answer.text
    typed = firm.post(f"{path}/preview", problem="Queremos encontrar las fugas que no se ven.")
    assert "las encontramos" in typed.text


def test_a_text_is_sorted_looked_over_and_kept_word_for_word(firm: Person) -> None:
    path = begin(firm)
    page = firm.refused(
        f"{path}/draft", status=200, pasted="Ofrecemos cursos de riego.\n\nEn 2023 formamos a 40 familias."
    )
    sentences = [each["value"] for each in page.all("input", having=lambda each: each.get("name") == "sentence")]
    assert sentences == ["Ofrecemos cursos de riego.", "En 2023 formamos a 40 familias."]
    firm.done(f"{path}/draft/kept", sentence=sentences, place=["offer", "experience"], together=["0", "1"])
    check = firm.read(f"{path}/edit/check").by_id("content").text
    assert "Ofrecemos cursos de riego." in check
    assert "En 2023 formamos a 40 familias." in check


def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(firm: Person) -> None:
    path = begin(firm)
    token = firm.read(f"{path}/draft").all("input", having=lambda each: each.get("name") == "csrf_token")[0]["value"]
    answer = firm.client.post(
        f"{path}/draft", data={"csrf_token": token}, files={"file": ("a.pdf", io.BytesIO(b"%PDF-1.4 nada"))}
    )
    assert answer.status_code == 422
    assert "Está dañado" in answer.text


def test_nobody_else_writes_a_profile(city: Person, known: Known) -> None:
    for path in ("edit/offers", "edit/check", "preview", "draft", "visibility", f"propose?challenge={known.challenge}"):
        city.read(f"/es/profiles/{known.firm}/{path}", status=403)


def test_opportunities_are_narrowed_and_lead_to_a_proposal_and_an_alert(
    firm: Person, service: Service, known: Known
) -> None:
    here = f"/es/profiles/{known.firm}"
    assert "recibe propuestas directas" in firm.read(f"{here}/opportunities").of_class("notice")[0].text
    allow_firms(service, known)
    page = firm.read(f"{here}/opportunities?country=CO")
    links = {link.get("href") for link in page.all("a")}
    assert f"{here}/propose?challenge={known.challenge}" in links
    assert f"/es/alerts/new?profile={known.firm}&country=CO" in links
    assert firm.read(f"{here}/opportunities?country=UY").of_class("empty")


def test_a_member_is_offered_a_proposal_only_where_it_can_succeed(
    firm: Person, city: Person, service: Service, known: Known
) -> None:
    offer = f"/es/profiles/{known.firm}/propose?challenge={known.challenge}"
    pages = [f"/es/profiles/{known.firm}/opportunities", f"/es/challenges/{known.challenge}"]
    for why, procurement in (("propuestas directas", Procurement.NONE), ("contratación abierta", Procurement.OPEN)):
        change(service, known, procurement=procurement)
        for path in pages:
            page = firm.read(path)
            assert offer not in hrefs(page)
            assert any(why in notice.text for notice in page.of_class("notice"))
        allow_firms(service, known)
    assert "contratación" in firm.read(offer).by_id("content").of_class("notice")[0].text
    change(service, known, procurement=Procurement.CLOSED)
    for path in pages:
        assert offer in hrefs(firm.read(path))
        assert offer not in hrefs(city.read(path))


def test_quotas_used_up_are_said_once_with_the_next_moment(firm: Person, service: Service, known: Known) -> None:
    allow_firms(service, known)
    with service.database.transaction() as session:
        now = service.clock()
        for _ in range(service.introduction_office().terms.asks_per_week):
            kept = Introduction(
                challenge_id=known.tender, owner_id=known.city, profile_id=known.firm, proposed_by="profile",
                phase="ended", message="", created_at=now, expires_at=now,
            )  # fmt: skip
            session.add(kept)
    page = firm.read(f"/es/profiles/{known.firm}/opportunities")
    assert [notice.text.count("La próxima será posible") for notice in page.of_class("notice")] == [1]
    assert not any("propose?" in (link or "") for link in hrefs(page))


def test_a_city_is_offered_no_introduction_with_bidders_while_its_purchase_is_open(
    city: Person, service: Service, known: Known
) -> None:
    here = f"/es/challenges/{known.challenge}"
    offer = f"{here}/propose?profile={known.firm}"
    city.done(f"{here}/shortlist", profile=str(known.firm), act="add")
    pages = (here, f"{here}/shortlist", f"{here}/compare?profile={known.firm}")
    assert [offer in hrefs(city.read(path)) for path in pages] == [True, True, True]
    change(service, known, procurement=Procurement.OPEN)
    assert [offer in hrefs(city.read(path)) for path in pages] == [False, False, False]
    page = city.read(offer)
    assert page.by_id("closed").text == "Ahora no es posible"
    assert not page.all("textarea")


def test_a_member_proposes_itself_only_where_the_city_allows_it(firm: Person, service: Service, known: Known) -> None:
    here = f"/es/profiles/{known.firm}/propose"
    closed = firm.read(f"{here}?challenge={known.challenge}")
    assert closed.by_id("closed").text == "Ahora no es posible"
    assert not closed.all("textarea")
    allow_firms(service, known)
    opened = firm.read(f"{here}?challenge={known.challenge}")
    assert "Le quedan 5 propuestas propias de 5" in opened.of_class("state")[0].text
    answer = firm.post(here, challenge=str(known.challenge), message="Podemos ayudar.")
    assert answer.status_code == 303
    assert "/introductions/" in answer.headers["location"]
    after = firm.read(f"{here}?challenge={known.challenge}")
    assert "Le quedan 4" in after.of_class("state")[0].text
    assert answer.headers["location"] in {link.get("href") for link in after.all("a")}


def test_how_a_profile_is_seen_is_counted_from_what_others_were_shown(
    firm: Person, service: Service, known: Known
) -> None:
    here = f"/es/profiles/{known.firm}/visibility"
    assert firm.read(here).of_class("empty")
    with service.database.reading() as session:
        full, found = matches_of_challenge(
            session, index=service.index, acting=ANYONE, taxonomy=service.taxonomy, challenge_id=known.challenge,
            wanted=Wanted(),
        )  # fmt: skip
    for acting in (ANYONE, CITY, FIRM):
        keep_showing(service, acting=acting, challenge=full.challenge, found=found, shown=found.matches)
    page = firm.read(here)
    assert [dd.text for dd in page.of_class("numbers")[0].all("dd")] == ["2", "1", "1"]
    assert "Se mostró 2 veces" in page.by_id("content").text
    assert "fugas que no se ven" in page.of_class("needs")[0].text


def test_an_alert_is_begun_from_a_search_saved_and_corrected(firm: Person, known: Known) -> None:
    page = firm.read(f"/es/alerts/new?profile={known.firm}&country=CO&q=fugas")
    assert page.by_id("text").text == "fugas"
    unnamed = firm.refused("/es/alerts/new", profile=str(known.firm))
    assert unnamed.by_id("name-wrong").text == "Póngale un nombre a la alerta."
    nowhere = firm.refused("/es/alerts/new", profile=str(known.firm), name="A", radius="10")
    assert nowhere.by_id("radius-wrong").text
    answer = firm.post("/es/alerts/new", profile=str(known.firm), name="Fugas", text="fugas", countries="CO")
    assert answer.status_code == 303
    path = answer.headers["location"].partition("?")[0]
    done = firm.done(f"{path}/edit", name="Otra", text="fugas", town="Sogamoso", country="CO", radius="50")
    assert done.one("h1").text == "Otra"
    assert "hasta 50 km de Sogamoso" in done.by_id("content").text


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_every_page_is_there_in_every_language_and_says_nothing_hostile(
    firm: Person, known: Known, language: str
) -> None:
    path = f"/{language}" + begin(firm).removeprefix("/es")
    for step in ("who", "offers", "experience", "languages", "place", "links", "check"):
        assert "<script>alert" not in firm.client.get(f"{path}/edit/{step}").text
        firm.read(f"{path}/edit/{step}")
    for rest in ("preview", "draft", "visibility", "opportunities", f"propose?challenge={known.challenge}"):
        firm.read(f"{path}/{rest}")
