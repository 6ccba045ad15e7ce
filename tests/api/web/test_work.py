"""What a city does with those who answer: shortlist, comparison, proposal, conversations, owners together."""

from dataclasses import dataclass

import pytest

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Acting, Role
from matchmaker.challenges.models import Status
from matchmaker.introductions import proposing
from matchmaker.introductions.answering import answer
from matchmaker.introductions.drafts import AnswerDraft, ProposalDraft
from matchmaker.introductions.models import Word
from matchmaker.profiles.actions import set_visibility
from matchmaker.profiles.models import Profile, Visibility
from tests.api.web.conftest import HOSTILE, Known
from tests.api.web.persons import Person, at_browser
from tests.api.web.reading import Element
from tests.databases import statements
from tests.factories import NOW, saved_challenge, saved_profile, signed_in

STATEMENTS_AT_MOST = 35  # with those that begin transactions, and that for the newest lists
CITY, FIRM = Acting(account_id=2, role=Role.CITY), Acting(account_id=1, role=Role.CITY)


@dataclass
class Town:
    """A city with a challenge, a firm that answers it, a department that could have it too, and a visitor."""

    service: Service
    known: Known
    here: str
    city: Person
    firm: Person
    works: Person
    works_id: int
    visitor: Person


@pytest.fixture
def town(service: Service, known: Known) -> Town:
    with service.database.transaction() as session:
        acting = signed_in(session, name="Obras")
        works = saved_profile(session, acting=acting, kind="local_government", name=f"Obras {HOSTILE}", offers=[])
        number = works.id or 0
    service.synchroniser.drain()
    app = create_app(service)
    city, firm, second = (at_browser(app, service, each) for each in (CITY, FIRM, acting))
    return Town(service, known, f"/challenges/{known.challenge}", city, firm, second, number, Person(app))


def links(page: object) -> set[str]:
    return {str(link.get("href")) for link in page.all("a")}  # type: ignore[attr-defined]


def test_those_who_have_it_choose_and_everyone_compares(town: Town) -> None:
    own, other = town.city.read(f"/es{town.here}"), town.visitor.read(f"/es{town.here}")
    propose = f"/es{town.here}/propose?profile={town.known.firm}"
    assert propose in links(own)
    assert propose not in links(other)
    assert not any(form.get("action") == f"/es{town.here}/shortlist" for form in other.all("form"))
    for page in (own, other):
        assert any(form.get("action") == f"/es{town.here}/compare" for form in page.all("form"))


def test_who_answers_alone_has_nobody_to_be_compared_with(town: Town) -> None:
    alone = f"/es{town.here}?kinds=company"
    for person in (town.city, town.visitor):
        both, one = person.read(f"/es{town.here}"), person.read(alone)
        assert [len(page.of_class("card")) for page in (both, one)] == [3, 1]
        assert [len(page.all("input", having=_compares)) for page in (both, one)] == [3, 0]
        assert town.known.firm in {int(each["id"].removeprefix("match-")) for each in one.all("li", having=_is_match)}


def test_the_grid_of_an_own_challenge_leads_on_like_its_list(town: Town) -> None:
    assert f"/es{town.here}/shortlist" in links(town.city.read(f"/es{town.here}?view=grid"))
    assert f"/es{town.here}/shortlist" not in links(town.visitor.read(f"/es{town.here}?view=grid"))
    assert f"/es{town.here}/compare" in links(town.visitor.read(f"/es{town.here}?view=grid"))
    assert f"/es{town.here}/compare" not in links(town.visitor.read(f"/es{town.here}?view=grid&kinds=company"))


def _compares(field: Element) -> bool:
    return field.get("form") == "compare-form"


def _is_match(item: Element) -> bool:
    return (item.get("id") or "").startswith("match-")


def test_a_shortlist_keeps_notes_for_those_who_have_the_challenge(town: Town) -> None:
    firm = str(town.known.firm)
    town.city.done(f"/es{town.here}/shortlist", profile=firm, act="add", back="10")
    page = town.city.done(f"/es{town.here}/shortlist", profile=firm, note=f"Llamar {HOSTILE}")
    assert page.by_id("done").text == "La nota quedó guardada."
    assert page.by_id(f"note-{firm}").text == f"Llamar {HOSTILE}"
    assert page.of_class("strength")
    assert "1 en la lista corta" in town.city.read("/es/work").by_id("content").text
    for other, status in ((town.firm, 403), (town.visitor, 401)):
        other.read(f"/es{town.here}/shortlist", status=status)
        assert other.post(f"/es{town.here}/shortlist", profile=firm, note="x").status_code in {401, 403}
    gone = town.city.done(f"/pt{town.here}/shortlist", profile=firm, act="remove")
    assert gone.of_class("empty")


def test_up_to_four_stand_beside_one_another_need_by_need(town: Town) -> None:
    known = town.known
    chosen = "&".join(f"profile={number}" for number in (known.hostile, known.firm, known.hidden))
    page = town.visitor.read(f"/en{town.here}/compare?{chosen}")
    table = page.of_class("compare")[0]
    named = [link["href"] for head in table.all("th") for link in head.all("a")]
    assert named == [f"/en/profiles/{known.hostile}", f"/en/profiles/{known.firm}"]
    assert len(table.all("blockquote")) >= 2
    assert page.of_class("notice")  # the hidden one is not compared
    assert town.visitor.client.get(f"/en{town.here}/compare?profile=0").status_code == 404


def test_who_marks_nobody_compares_those_that_answer_best(town: Town) -> None:
    page = town.visitor.read(f"/en{town.here}")
    (form,) = page.all("form", having=lambda each: each.get("id") == "compare-form")
    best = [link["href"] for head in page.all("h3") for link in head.all("a")][:4]
    compared = town.visitor.read(form["action"])
    assert [link["href"] for head in compared.all("th") for link in head.all("a")] == best
    assert "these are the ones that answer best" in compared.of_class("notice")[0].text


def test_who_answers_alone_is_compared_with_nobody(town: Town) -> None:
    with town.service.database.transaction() as session:
        for number in (town.known.hostile, town.works_id):
            hidden = session.get_one(Profile, number)
            set_visibility(session, profile=hidden, visibility=Visibility.HIDDEN, now=NOW)
    town.service.synchroniser.drain()
    assert len(town.city.read(f"/es{town.here}").of_class("card")) == 1
    page = town.city.read(f"/es{town.here}/compare")
    assert page.of_class("empty")
    assert not page.of_class("compare")


def test_an_introduction_is_proposed_with_what_both_will_see(town: Town) -> None:
    path = f"/es{town.here}/propose"
    page = town.city.read(f"{path}?profile={town.known.firm}")
    assert page.of_class("quotation")
    assert "Agua de Sogamoso" in page.by_id("content").text
    again = town.city.refused(path, profile=str(town.known.firm), message="  ")
    assert again.of_class("summary")
    opened = town.city.done(path, profile=str(town.known.firm), message=f"Conversemos {HOSTILE}")
    assert f"Conversemos {HOSTILE}" in opened.by_id("content").text
    twice = town.city.refused(path, status=409, profile=str(town.known.firm), message="Otra vez")
    assert "Otra vez" in twice.by_id("message").text
    assert "Ver la conversación" in town.city.read(f"/es{town.here}").by_id(f"match-{town.known.firm}").text
    town.firm.read(f"{path}?profile={town.known.hostile}", status=403)
    town.visitor.read(f"{path}?profile={town.known.firm}", status=401)
    town.city.read(f"{path}?profile={town.known.hidden}", status=404)


def test_conversations_are_followed_to_their_outcome_by_those_who_have_the_challenge(town: Town) -> None:
    office = town.service.introduction_office()
    assert town.city.read(f"/es{town.here}/conversations").of_class("empty")
    with town.service.database.transaction() as session:
        draft = ProposalDraft(challenge_id=town.known.challenge, profile_id=town.known.firm, message="Hola")
        number = proposing.propose(session, office=office, acting=CITY, draft=draft).id
    waiting = town.city.read(f"/es{town.here}/conversations")
    assert waiting.by_id("waiting").text == "Esperan respuesta"
    assert "1 conversación espera" in town.city.read("/es/work").by_id("content").text
    with town.service.database.transaction() as session:
        answer(session, office=office, acting=FIRM, introduction_id=number, draft=AnswerDraft(answer=Word.YES))
    assert town.city.read(f"/es{town.here}/conversations").by_id("open").text == "Con contactos abiertos"
    town.firm.read(f"/es{town.here}/conversations", status=403)
    assert f"/es/introductions/{number}" in links(town.city.read(f"/es{town.here}/conversations"))


def test_a_department_joins_follows_and_leaves(town: Town) -> None:
    owners, works = f"/es{town.here}/owners", str(town.works_id)
    found = town.city.read(f"{owners}?called=obras")
    assert works in {field.get("value") for field in found.all("input")}
    town.works.read(owners, status=403)
    asked = town.city.done(owners, profile=works)
    assert "está invitado" in asked.by_id("owners").text
    assert f"/es{town.here}/owners" in links(town.works.read("/es/work"))
    town.works.read(f"/es{town.here}/shortlist", status=403)
    joined = town.works.done(f"{owners}/{works}/answer", answer="yes")
    assert joined.by_id("done").text == "Desde ahora llevan el reto en conjunto."
    town.works.read(f"/es{town.here}/shortlist")
    town.works.read(f"/es{town.here}/edit/words")
    with town.service.database.transaction() as session:
        draft = ProposalDraft(challenge_id=town.known.challenge, profile_id=town.known.firm, message="Hola")
        number = proposing.propose(session, office=town.service.introduction_office(), acting=CITY, draft=draft).id
    assert f"/es/introductions/{number}" in links(town.works.read(f"/es{town.here}/conversations"))
    read = town.works.read(f"/es/introductions/{number}")
    assert not any("/introductions/" in str(form.get("action")) for form in read.all("form"))
    assert town.works.post(f"/es/introductions/{number}/withdrawal").status_code == 404
    left = town.works.done(f"{owners}/{works}/end", act="leave")
    assert left.by_id("done").text == "Su miembro ya no lleva el reto."
    town.works.read(owners, status=403)
    town.works.read(f"/es/introductions/{number}", status=404)


def test_the_last_that_has_it_cannot_leave_and_is_told_why(town: Town) -> None:
    page = town.city.refused(f"/es{town.here}/owners/{town.known.city}/end", status=409, act="leave")
    assert page.of_class("summary")


def test_similar_challenges_have_a_page(town: Town) -> None:
    with town.service.database.transaction() as session:
        firm = saved_profile(session, acting=FIRM, name="Acueducto vecino", kind="local_government")
        number = saved_challenge(session, acting=FIRM, owner=firm, title="Fugas de al lado").id
    town.service.synchroniser.drain()
    assert f"/es/challenges/{number}" in links(town.visitor.read(f"/es{town.here}/peers"))


@pytest.mark.parametrize("challenges", [1, 20])
def test_what_is_under_way_is_read_at_once_however_much_it_is(town: Town, challenges: int) -> None:
    with town.service.database.transaction() as session:
        city = saved_profile(session, acting=CITY, name="Alcaldía", kind="local_government")
        for _ in range(challenges):
            saved_challenge(session, acting=CITY, owner=city)
    with statements(town.service.database) as sent:
        town.city.read("/es/work")
    assert len(sent) <= STATEMENTS_AT_MOST


def test_what_is_closed_or_withdrawn_is_told_to_be_read_by_those_who_have_it_alone(town: Town) -> None:
    with town.service.database.transaction() as session:
        city = saved_profile(session, acting=CITY, name="Alcaldía", kind="local_government")
        saved_challenge(session, acting=CITY, owner=city).status = Status.WITHDRAWN
    told = town.city.read("/es/work").text.partition("Cerrados o retirados")[2]
    assert "Solo lo leen quienes lo llevan y la secretaría." in told
    assert "lo lee cualquiera" not in told
