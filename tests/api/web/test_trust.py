"""The code of ethics, declarations of interests, and invitations to claim a profile, on pages."""

from datetime import timedelta
from typing import Any

import pytest

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Acting, Role
from matchmaker.integrity.actions import declare_interests
from matchmaker.integrity.drafts import InterestDraft
from matchmaker.integrity.models import Nature
from matchmaker.membership.claim_secrets import digest_of, new_nonce, secret_of
from matchmaker.membership.models import Invitation
from matchmaker.profiles.models import Profile, Visibility
from tests.api.web.conftest import Known
from tests.api.web.persons import Person, at_browser
from tests.factories import NOW, signed_in


@pytest.fixture
def ana(service: Service, known: Known) -> Person:
    """Represents the firm."""
    assert known.firm
    return at_browser(create_app(service), service, Acting(account_id=1, role=Role.CITY))


@pytest.fixture
def secret(service: Service, known: Known) -> str:
    nonce = new_nonce()
    made = secret_of(service.signing_key, nonce=nonce)
    with service.database.transaction() as session:
        until = NOW + timedelta(days=9)
        session.add(
            Invitation(
                profile_id=known.unclaimed,
                address="eva@callada.example",
                language="es",
                nonce=nonce,
                digest=digest_of(made),
                send_at=NOW,
                expires_at=until,
            )
        )
    return made


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_the_code_is_read_and_signed_once(ana: Person, known: Known, service: Service, language: str) -> None:
    path = f"/{language}/profiles/{known.firm}/ethics"
    code = service.rulebook.in_force(NOW)
    assert len(ana.read(path).all("article")) == len(code.articles)
    signed = ana.done(path, version=code.version)
    assert [form["action"] for form in signed.all("form") if form["action"] == path] == []
    ana.done(path, version=code.version)


def test_interests_are_declared_and_kept(ana: Person, known: Known) -> None:
    path = f"/es/profiles/{known.firm}/declaration"
    wrong = ana.refused(path, nature=["family", "", ""], with_name=["", "", ""])
    assert wrong.by_id("nature-0").all("option", having=lambda each: each.get("selected") is not None)
    ana.done(path, nature=["family", "", ""], with_name=["Tubos del Sur", "", ""])
    again = ana.done(path, nature=["", "", ""], with_name=["", "", ""], kept="1")
    assert "Tubos del Sur" in again.text
    assert "Tubos del Sur" not in ana.done(path, nature=["", "", ""], with_name=["", "", ""]).text


def test_a_tie_with_a_member_that_is_no_longer_shown_is_told_without_its_name(
    ana: Person, known: Known, service: Service
) -> None:
    tie = InterestDraft(nature=Nature.FAMILY, with_profile_id=known.hidden)
    acting = Acting(account_id=1, role=Role.CITY)
    with service.database.transaction() as session:
        hidden = session.get_one(Profile, known.hidden)
        name, seen, hidden.visibility = hidden.name, hidden.visibility, Visibility.VISIBLE
        session.flush()
        declare_interests(session, acting=acting, profile_id=known.firm, interests=[tie], now=NOW)
        hidden.visibility = seen
    text = ana.read(f"/es/profiles/{known.firm}/declaration").text
    assert ("Un miembro que ya no se muestra" in text, name in text) == (True, False)


def test_strangers_read_neither(ana: Person, known: Known, service: Service) -> None:
    with service.database.transaction() as session:
        acting = signed_in(session)
    stranger = at_browser(ana.app, service, acting)
    for path in ("ethics", "declaration"):
        stranger.read(f"/es/profiles/{known.firm}/{path}", status=403)
        Person(ana.app).read(f"/es/profiles/{known.firm}/{path}", status=401)


def test_an_owner_corrects_and_takes_over(ana: Person, secret: str, service: Service, known: Known) -> None:
    eva = Person(ana.app)
    page = eva.read(f"/es/claims/{secret}")
    assert "Callada" in page.one("h1").text
    typed: dict[str, Any] = {
        name: page.by_id(name).get("value") or page.by_id(name).text for name in ("summary", "website")
    }
    kept = eva.refused(f"/es/claims/{secret}", answer="claimed", name="", description="Oímos fugas.", **typed)
    assert kept.by_id("description").text == "Oímos fugas."
    done = eva.post(f"/es/claims/{secret}", answer="claimed", name="Callada S.A.", description="Oímos fugas.", **typed)
    assert done.status_code == 200
    with service.database.reading() as session:
        row = session.get_one(Profile, known.unclaimed)
        assert (row.name, row.description, row.visibility) == ("Callada S.A.", "Oímos fugas.", Visibility.VISIBLE)
    assert "enlace" in eva.read(f"/es/claims/{secret}", status=404).text


def test_an_owner_has_it_erased(ana: Person, secret: str, service: Service, known: Known) -> None:
    assert "borrado" in Person(ana.app).post(f"/es/claims/{secret}", answer="refused").text
    with service.database.reading() as session:
        assert session.get_one(Profile, known.unclaimed).visibility == Visibility.HIDDEN
