"""Owners answer an invitation on a page: they take a profile over, with corrections, or have it erased."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Path
from fastapi.responses import HTMLResponse, Response

from api.web.explained import term_name
from api.web.frames import Asked, AskedPage, page
from api.web.lines import named
from api.web.trust_views import Claim, Claimed
from api.web.typed import Typed
from api.web.typing import UNPROCESSABLE, understood
from matchmaker.membership.claiming import claim_profile, open_claim, refuse_profile
from matchmaker.membership.states import Answer
from matchmaker.places.drafts import PlaceDraft
from matchmaker.places.models import Located
from matchmaker.profiles.drafts import ExperienceDraft, OfferDraft, ProfileDraft
from matchmaker.profiles.queries import FullProfile
from matchmaker.sentences import paragraphs
from matchmaker.taxonomy.models import Concern

CORRECTED = ("name", "summary", "description", "website")
KEPT = ("external_id", "kind", "language", "languages", "delivery_area", "areas", "registration_number", "address",
        "facts", *CORRECTED)  # fmt: skip
Secret = Annotated[str, Path(max_length=200)]
Typing = Annotated[str, Form()]
claims = APIRouter(prefix="/claims", default_response_class=HTMLResponse)


@claims.get("/{secret}")
def read_claim(asked: AskedPage, secret: Secret) -> Response:
    """What a letter is about; opening it changes nothing. Raises `claim_not_valid`."""
    return page(_claim(asked, secret, Typed()))


@claims.post("/{secret}")
def post_claim(
    asked: AskedPage, secret: Secret, answer: Typing = "", person: Typing = "", name: Typing = "",
    summary: Typing = "", description: Typing = "", website: Typing = "",
) -> Response:  # fmt: skip
    """Take the profile over, corrected where anything was, or have it erased. A secret is used once."""
    office = asked.service.admission_office()
    if answer == Answer.REFUSED:
        with asked.service.database.transaction() as session:
            refuse_profile(session, office=office, secret=secret)
        return _done(asked, is_refused=True)
    said = {"name": name, "summary": summary, "description": description, "website": website}
    _, full = open_claim(asked.session, office=office, secret=secret)
    values = _values(full)
    is_corrected = any(_plain(said[field]) != _plain(values[field]) for field in CORRECTED)
    draft, typed = understood(asked, ProfileDraft, {**values, **said})
    if draft is None:
        return page(_claim(asked, secret, Typed({**said, "person": person}, typed.errors)), status=UNPROCESSABLE)
    with asked.service.database.transaction() as session:
        made = claim_profile(
            session, office=office, desk=asked.service.desk(), secret=secret, name=person.strip() or None,
            draft=draft if is_corrected else None,
        )  # fmt: skip
        has_application = made.application is not None
    return _done(asked, has_application=has_application)


def _done(asked: Asked, *, is_refused: bool = False, has_application: bool = False) -> Response:
    return page(Claimed(asked.language, asked.frame("claim"), is_refused, has_application))


def _claim(asked: Asked, secret: str, typed: Typed) -> Claim:
    _, full = open_claim(asked.session, office=asked.service.admission_office(), secret=secret)
    profile = full.profile
    given = Typed({name: getattr(profile, name) for name in CORRECTED})
    return Claim(
        language=asked.language,
        frame=asked.frame("claim", form="page-form" if typed.errors else ""),
        secret=secret,
        profile=named(profile),
        kind=term_name(asked.service.taxonomy, Concern.KINDS, profile.kind, asked.language),
        spoken=profile.language,
        summary=profile.summary,
        paragraphs=tuple(paragraphs(profile.description)),
        offers=tuple(offer.text for offer in full.offers),
        typed=typed if typed.values else given,
    )


def _plain(text: object) -> str:
    """Browsers send line ends of their own."""
    return str(text).replace("\r\n", "\n").strip()


def _values(full: FullProfile) -> dict[str, Any]:
    """A profile as it would be said again."""
    profile = full.profile
    offers = [OfferDraft(title=offer.title, text=offer.text) for offer in full.offers]
    done = [
        ExperienceDraft(title=item.title, place=_place(item), year=item.year, text=item.text, result=item.result)
        for item in full.experience
    ]
    kept = {name: getattr(profile, name) for name in KEPT}
    return {**kept, "place": _place(profile), "offers": offers, "experience": done}


def _place(row: Located) -> PlaceDraft | None:
    if row.geonameid is not None:
        return PlaceDraft(geonameid=row.geonameid)
    if row.territory_id is not None:
        return PlaceDraft(territory_id=row.territory_id)
    return PlaceDraft(name=row.place_name, region=row.region, country=row.country) if row.place_name else None
