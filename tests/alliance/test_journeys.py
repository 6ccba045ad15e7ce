"""A city, a founder and the secretariat, each in a browser, with the demo data and the real encoder."""

import re

import pytest
from sqlmodel import select

from matchmaker.accounts.models import Acting, Role
from matchmaker.introductions.models import Introduction
from matchmaker.membership.actions import begin_application, submit_application
from matchmaker.membership.entering import enter_profile
from tests.alliance.browsing import Someone
from tests.alliance.conftest import Alliance
from tests.conftest import Tally
from tests.factories import profile_draft

pytestmark = pytest.mark.journeys

CITY, UNIVERSITY = "demo-d-c01", "Núcleo de Hidrologia de Vales Encaixados"
TITLE = "El río sube de noche y nadie avisa"
PROBLEM = (
    "En la parte baja del cantón el río Pastaza sube hasta seis metros en pocas horas y las familias se enteran cuando "
    "el agua ya está en la casa. Queremos prever el nivel del río con horas de antelación. Nos falta un mapa que "
    "muestre hasta dónde llega el agua según la altura de la regla. También necesitamos que el personal de emergencias "
    "aprenda a leer la previsión y a saber cuándo desconfiar de ella."
)
OFFER = (
    "Encontramos las fugas que no se ven en redes de agua pequeñas, sin romper la calle: escuchamos de noche con "
    "geófonos y correladores y marcamos dónde abrir. Dividimos la red en sectores para medir cuánta agua se pierde en "
    "cada uno, y enseñamos a la cuadrilla del acueducto a buscar fugas por su cuenta."
)
RESULT = "En ocho meses se hallaron 64 fugas y el agua que se perdía bajó del 48 al 39 por ciento."
INTRODUCTIONS = 10


def _steps(person: Someone, *, last: str, button: str) -> None:
    """Go on through the steps that are left, saying nothing more."""
    for _ in range(10):
        if last in person.path:
            return
        person.presses(button)
    raise AssertionError(person.path)


def test_a_city_posts_a_challenge_and_shortlists_a_university_quoted_in_portuguese(
    alliance: Alliance, tally: Tally
) -> None:
    ana = alliance.someone(Role.CITY, "Ana", acts_for=CITY)
    challenge = _posted(ana)
    alliance.index()
    ana.opens(challenge)
    card = ana.card(UNIVERSITY)
    quoted = card.locator("blockquote[lang=pt]")
    assert quoted.count() >= 2
    assert "Modelo de nível com 6, 12 e 18 horas de antecedência" in " ".join(quoted.all_inner_texts())
    assert card.locator("[lang=es]").count() >= 2  # the needs that it answers, in their own language
    count = quoted.count()
    ana.arrives(card.get_by_role("button", name="Poner en la lista corta"))
    ana.opens(f"{challenge}/shortlist")
    assert UNIVERSITY in ana.reads
    ana.types(note="Llamar el lunes: ¿cuánto cuesta una regla?")
    ana.presses("Guardar la nota")
    ana.opens(f"{challenge}/shortlist")
    assert ana.page.locator("[name=note]").first.input_value() == "Llamar el lunes: ¿cuánto cuesta una regla?"
    tally(f"city: {TITLE!r} posted; {UNIVERSITY!r} shortlisted, quoted {count} times in Portuguese")


def _posted(ana: Someone) -> str:
    """A challenge written in steps and posted; its address."""
    ana.opens("/es/work")
    ana.follows("Escribir un reto")
    ana.types(title=TITLE, description=PROBLEM)
    ana.presses("Guardar y seguir")
    assert "/edit/benefit" in ana.path
    ana.types(expected_benefit="Que salgan a tiempo.", beneficiaries="Unas 900 familias de la parte baja.")
    _steps(ana, last="/edit/needs", button="Guardar y seguir")
    assert ana.page.locator("[name=needs]").count() >= 3
    ana.presses("Guardar y seguir")
    assert "/edit/check" in ana.path
    ana.presses("Publicar el reto")
    return re.sub(r"\?.*", "", ana.path)


def test_a_founder_completes_a_profile_and_finds_an_opportunity(alliance: Alliance, tally: Tally) -> None:
    luis = alliance.someone(Role.SUPPLIER, "Luis", width=390)
    luis.opens("/es/profiles/new")
    luis.chooses("kind", "entrepreneur")
    luis.types(name="Agua Callada", summary="Buscamos fugas de agua con el oído, en redes de municipios pequeños.")
    luis.presses("Guardar y seguir")
    profile = int(luis.path.split("/")[3])
    luis.types(text=OFFER)
    luis.presses("Guardar y seguir")
    luis.types(text="Recorrimos de noche la red de Cotacachi con la junta de agua.", year="2024", result=RESULT)
    luis.types(for_whom="Unas 3.000 familias y la empresa de agua.", town="Cotacachi")
    luis.chooses("country", "EC")
    luis.presses("Guardar y seguir")
    luis.page.locator("[name=languages][value=es]").check()
    _steps(luis, last="/edit/check", button="Guardar y seguir")
    luis.presses("Terminar y pasar a la solicitud")
    alliance.index()

    luis.opens(f"/es/profiles/{profile}/opportunities")
    found = luis.page.locator(".card")
    assert found.count() >= 1
    assert "Encontramos las fugas que no se ven" in " ".join(found.locator("blockquote[lang=es]").all_inner_texts())
    tally(f"founder: profile {profile} written on a telephone, {found.count()} open challenges that it could answer")


def test_the_secretariat_admits_a_member_and_curates_ten_introductions(alliance: Alliance, tally: Tally) -> None:
    application = _applied(alliance)
    rosa = alliance.someone(Role.SECRETARIAT, "Rosa")
    _admits(rosa, application)
    rosa.opens("/es/desk/curation")
    _ticks(rosa, INTRODUCTIONS)
    rosa.presses("Mirar las marcadas")
    assert rosa.page.locator("[name=pair]:checked").count() == INTRODUCTIONS
    rosa.types(message="Los presentamos porque sus textos hablan de lo mismo. Digan si quieren conversar.")
    before = _introductions(alliance)
    rosa.arrives(rosa.page.locator("main form[action$='/curation/introductions'] button").first)
    assert _introductions(alliance) == before + INTRODUCTIONS
    tally(f"secretariat: one application admitted, {INTRODUCTIONS} introductions curated in one go")


def _admits(rosa: Someone, application: int) -> None:
    """Decide on an application from the desk."""
    rosa.opens("/es/desk/applications")
    rosa.follows("Huerta del Barrio")
    assert rosa.path.endswith(f"/applications/{application}")
    rosa.chooses("verdict", "admitted")
    rosa.types(reason="Cuenta lo que hizo, dónde y para quién.")
    rosa.presses("Revisar la decisión")
    rosa.presses("Sí, decidirlo así")
    assert "admit" in rosa.reads.lower()


def _ticks(rosa: Someone, count: int) -> None:
    """Tick so many pairs, up to three of a challenge."""
    rows, ticked = rosa.page.locator("#board > li"), 0
    for number in range(rows.count()):
        opener = rows.nth(number).locator("[hx-get]")
        if opener.count():
            opener.click()
            rows.nth(number).locator("[name=pair], .help").first.wait_for()
        boxes = rows.nth(number).locator("[name=pair]").all()[: min(3, count - ticked)]
        for box in boxes:
            box.check()
        ticked += len(boxes)
        if ticked == count:
            return
    raise AssertionError(ticked)


def _introductions(alliance: Alliance) -> int:
    with alliance.service.database.reading() as session:
        return len(session.exec(select(Introduction)).all())


def _applied(alliance: Alliance) -> int:
    """An application that waits."""
    zoe = alliance.someone(Role.SUPPLIER, "Zoe")
    acting = Acting(account_id=zoe.account_id, role=Role.SUPPLIER)
    service = alliance.service
    with service.database.transaction() as session:
        office = service.admission_office()
        profile = enter_profile(
            session, desk=service.desk(), acting=acting, admission=office.admission, rulebook=service.rulebook,
            draft=profile_draft(name="Huerta del Barrio", kind="civil_society"),
        )  # fmt: skip
        begun = begin_application(
            session, office=office, acting=acting, profile_id=profile.id or 0, words="Por las huertas"
        )
        submit_application(session, office=office, acting=acting, application_id=begun.id or 0)
        return begun.id or 0
