"""What was typed into a step of a profile, and the draft that it makes of the one before."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, Field

from api.web.choices import OFFERED_LANGUAGES
from api.web.forms import known
from api.web.frames import Asked
from api.web.typed import Typed, Wrong
from api.web.typing import refused, understood
from matchmaker.places.drafts import PlaceDraft
from matchmaker.places.place import Ambiguous
from matchmaker.profiles.drafts import ExperienceDraft, OfferDraft, ProfileDraft
from matchmaker.taxonomy.models import Concern
from matchmaker.texts import EmailAddress, Line

STEPS = ("who", "offers", "experience", "languages", "place", "links")
CHECK = "check"
LISTED = {"offers": "offers", "experience": "experience"}
"""Steps in which one thing after the other is written."""
ITEM_FIELDS = {
    "offers": ("title", "text"),
    "experience": ("title", "town", "country", "geonameid", "year", "text", "result", "for_whom"),
}


class StepForm(BaseModel):
    """A step as it was typed: nothing is refused here, so that everything can be given back."""

    kind: str = ""
    name: str = ""
    spoken: str = ""  # language code; empty is recognised
    summary: str = ""
    description: str = ""
    areas: list[str] = Field(default_factory=list)
    item: str = ""  # the number, from 1, of what is rewritten; empty is one more
    title: str = ""
    text: str = ""
    year: str = ""
    result: str = ""
    for_whom: str = ""
    town: str = ""
    country: str = ""
    geonameid: str = ""
    languages: list[str] = Field(default_factory=list)
    delivery_area: list[str] = Field(default_factory=list)
    website: str = ""
    email: str = ""
    then: str = ""  # leave, stay, more, remove; empty goes on


class Links(BaseModel):
    """Where more is to be read, and where letters go once both sides have said yes."""

    website: Line
    email: EmailAddress | None


def following(step: str) -> str:
    """The step after this one; the page with all answers after the last."""
    return dict(zip(STEPS, (*STEPS[1:], CHECK), strict=True))[step]


def item_of(form: StepForm, count: int) -> int | None:
    """Which of `count` things is rewritten, from 0; nothing for one more."""
    return int(form.item) - 1 if form.item.isdecimal() and 1 <= int(form.item[:6]) <= count else None


def applied(asked: Asked, step: str, form: StepForm, before: ProfileDraft) -> tuple[ProfileDraft | None, Typed]:
    """The draft with what the step says; nothing, and what is wrong, where it cannot be read."""
    typed = Typed(form.model_dump())
    values, wrong = _READ[step](asked, form, before)
    if wrong is not None:
        return None, Typed(typed.values, wrong.errors)
    kept = {name: getattr(before, name) for name in before.model_fields_set}
    draft, found = understood(asked, ProfileDraft, {**kept, **values})
    return draft, Typed(typed.values, found.errors)


def _who(asked: Asked, form: StepForm, _before: ProfileDraft) -> tuple[dict[str, Any], Typed | None]:
    taxonomy = asked.service.taxonomy
    errors = [] if form.name.strip() else [Wrong("name", asked.say("form.member_name"))]
    if form.kind not in taxonomy.codes(Concern.KINDS):
        errors.append(Wrong("kind", asked.say("form.kind")))
    values = {
        "kind": form.kind, "name": form.name, "summary": form.summary, "description": form.description,
        "language": form.spoken if form.spoken in OFFERED_LANGUAGES else None,
        "areas": known(form.areas, taxonomy, Concern.AREAS),
    }  # fmt: skip
    return values, Typed({}, tuple(errors)) if errors else None


def _offers(asked: Asked, form: StepForm, before: ProfileDraft) -> tuple[dict[str, Any], Typed | None]:
    typed = {"title": form.title, "text": form.text}
    draft, wrong = understood(asked, OfferDraft, typed)
    if draft is not None and draft.title and not draft.text:
        wrong = refused(typed, field="text", sentence=asked.say("form.offer"))
    if draft is None or wrong.errors:
        return {}, wrong
    return {"offers": _with(before.offers, draft, form, is_empty=not draft.text)}, None


def _experience(asked: Asked, form: StepForm, before: ProfileDraft) -> tuple[dict[str, Any], Typed | None]:
    place, wrong_place = read_place(asked, form)
    typed = {name: getattr(form, name) for name in ("title", "text", "result", "for_whom")}
    draft, wrong = understood(asked, ExperienceDraft, {**typed, "year": form.year.strip() or None, "place": place})
    errors = [*wrong.errors, *([wrong_place] if wrong_place else [])]
    is_empty = draft is not None and not (draft.title or draft.text or draft.result)
    if is_empty and (form.for_whom.strip() or form.town.strip() or form.year.strip()):
        errors.append(Wrong("text", asked.say("form.done")))
    if draft is None or errors:
        return {}, Typed({}, tuple(errors))
    return {"experience": _with(before.experience, draft, form, is_empty=is_empty)}, None


def _languages(_asked: Asked, form: StepForm, before: ProfileDraft) -> tuple[dict[str, Any], Typed | None]:
    offered = [*OFFERED_LANGUAGES, *(code for code in before.languages if code not in OFFERED_LANGUAGES)]
    return {"languages": [code for code in offered if code in form.languages]}, None


def _place(asked: Asked, form: StepForm, _before: ProfileDraft) -> tuple[dict[str, Any], Typed | None]:
    place, wrong = read_place(asked, form)
    return {"place": place, "delivery_area": form.delivery_area}, Typed({}, (wrong,)) if wrong else None


def _links(asked: Asked, form: StepForm, before: ProfileDraft) -> tuple[dict[str, Any], Typed | None]:
    draft, wrong = understood(asked, Links, {"website": form.website, "email": form.email.strip() or None})
    if draft is None:
        return {}, wrong
    kept = {"email": draft.email} if draft.email else {}
    return {"website": draft.website, **({"email": before.email} if "email" in before.model_fields_set else {}), **kept}, None


_READ: Mapping[str, Callable[[Asked, StepForm, ProfileDraft], tuple[dict[str, Any], Typed | None]]] = {
    "who": _who, "offers": _offers, "experience": _experience, "languages": _languages, "place": _place,
    "links": _links,
}  # fmt: skip


def read_place(asked: Asked, form: StepForm) -> tuple[PlaceDraft | None, Wrong | None]:
    """The town that was typed; what is wrong where it is none, or several and none of them was chosen."""
    if not form.town.strip():
        return None, None
    found = asked.service.gazetteer.resolve(form.town.strip(), country=form.country or None)
    values = {"value": form.town, "country": form.country}
    if isinstance(found, Ambiguous):
        chosen = next((town for town in found.candidates if str(town.geonameid) == form.geonameid), None)
        if chosen is None:
            return None, Wrong("town", asked.say("form.town_ambiguous", values))
        found = chosen
    if found is None:
        return None, Wrong("town", asked.say("form.town_unknown", values))
    return PlaceDraft(geonameid=found.geonameid), None


def _with(before: Sequence[Any], item: Any, form: StepForm, *, is_empty: bool) -> list[Any]:
    """A list with one thing rewritten, or one more; what is empty is none. What was saved as it was typed is the same."""
    number = item_of(form, len(before))
    if number is None and before and _goes_on(before[-1], item):
        number = len(before) - 1
    listed = list(before)
    if number is None:
        return listed if is_empty else [*listed, item]
    return [*listed[:number], *([] if is_empty else [item]), *listed[number + 1 :]]


def _goes_on(before: OfferDraft | ExperienceDraft, now: OfferDraft | ExperienceDraft) -> bool:
    """Whether something was saved a moment ago while it was being typed."""
    said = before.text or before.title
    return bool(said) and (now.text or now.title).startswith(said) and now.title.startswith(before.title)
