"""A profile written step by step: the page of a step, and the page on which everything is looked over."""

from babel.dates import format_time

from api.i18n import dates_in
from api.pages import link
from api.web.choices import country_choices, language_choices, term_choices, town_choices
from api.web.explained import term_name, term_names
from api.web.frames import Asked
from api.web.pieces import Choice, Where
from api.web.profile_preview import challenge_choices
from api.web.profile_step_forms import ITEM_FIELDS, LISTED, STEPS
from api.web.profile_step_views import CheckPage, DoneShown, ItemLine, StepMark, StepPage, Writing
from api.web.typed import Typed
from matchmaker.letters.habits import habits_of
from matchmaker.letters.zones import zone_of
from matchmaker.membership.queries import open_application
from matchmaker.membership.rules import Admission
from matchmaker.places.drafts import PlaceDraft
from matchmaker.places.models import Territory
from matchmaker.places.place import Ambiguous
from matchmaker.places.regions import MACRO_REGIONS
from matchmaker.profiles.completeness import Lack, Missing, missing_from
from matchmaker.profiles.drafts import ANYWHERE, ExperienceDraft, ProfileDraft
from matchmaker.profiles.speaking import speaks_for
from matchmaker.profiles.writing import Written, draft_language, written
from matchmaker.sentences import paragraphs
from matchmaker.taxonomy.models import Concern

SHOWN_TOWNS = 8
STEP_OF = {
    Lack.OFFERS: "offers", Lack.OFFER_SHORT: "offers", Lack.LANGUAGES: "languages", Lack.PLACE: "place",
    Lack.DELIVERY_AREA: "place",
}  # fmt: skip
"""In which step it is said; in experience where nothing else is."""
NEW = Writing(0, "", "", "", is_first=True, has_copy=False)


def new_page(asked: Asked, typed: Typed) -> StepPage:
    """The first step of a profile that is not begun yet. Raises `sign_in_needed`."""
    asked.signed_in()
    return _page(asked, NEW, ProfileDraft(kind="", name="?"), "who", typed)


def step_page(
    asked: Asked, profile_id: int, step: str, *, typed: Typed | None = None, item: str = "", is_saved: bool = False
) -> StepPage:
    """One step of a profile of one's own. Raises `sign_in_needed`, `profile_unknown`, `not_your_profile`."""
    found = written(asked.session, acting=asked.signed_in(), profile_id=profile_id)
    saved = _hour(asked, found) if is_saved else ""
    return _page(asked, writing_of(found), found.draft, step, typed, item=item, saved=saved)


def check_page(asked: Asked, profile_id: int, *, wrong: Typed | None = None, done: str = "") -> CheckPage:
    """Everything that was written. Raises `sign_in_needed`, `profile_unknown`, `not_your_profile`."""
    acting, session = asked.signed_in(), asked.session
    found = written(session, acting=acting, profile_id=profile_id)
    draft, taxonomy, language = found.draft, asked.service.taxonomy, asked.language
    application = open_application(session, profile_id=profile_id)
    return CheckPage(
        language=language,
        frame=asked.frame("profiles"),
        writing=writing_of(found),
        kind_name=term_name(taxonomy, Concern.KINDS, draft.kind, language),
        summary=draft.summary,
        paragraphs=tuple(paragraphs(draft.description)),
        offers=tuple((offer.title, offer.text) for offer in draft.offers),
        experience=tuple(_done(asked, number, item) for number, item in enumerate(draft.experience, start=1)),
        spoken=tuple(draft.languages),
        where=_where(asked, draft.place),
        delivers_in=tuple(draft.delivery_area),
        areas=term_names(taxonomy, Concern.AREAS, draft.areas, language),
        website=link(draft.website),
        has_new_email="email" in draft.model_fields_set,
        missing=missing_from(draft, language=draft_language(draft)),
        may_publish=not found.is_first or acting.is_secretariat
        or speaks_for(session, acting=acting, profile_id=profile_id),
        is_reviewed=asked.service.settings.admission is Admission.REVIEWED,
        application_id=application.id or 0 if application else 0,
        wrong=wrong or Typed(),
        done=done,
    )  # fmt: skip


def writing_of(found: Written) -> Writing:
    """Whose profile is written."""
    draft, number = found.draft, found.profile.id or 0
    return Writing(number, draft.name, draft.kind, draft_language(draft), found.is_first, found.saved_at is not None)


def _page(
    asked: Asked, writing: Writing, draft: ProfileDraft, step: str, typed: Typed | None, *, item: str = "",
    saved: str = "",
) -> StepPage:  # fmt: skip
    listed = list(getattr(draft, LISTED[step])) if step in LISTED else []
    number = _number(item, len(listed), typed)
    found = typed or Typed(_values(asked, draft, step, number))
    missing = missing_from(draft, language=draft_language(draft)) if writing.id else ()
    here = tuple(lack for lack in missing if STEP_OF.get(lack.lack, "experience") == step)
    return StepPage(
        language=asked.language,
        frame=asked.frame("profiles", form="step-form" if found.errors else ""),
        writing=writing,
        step=step,
        steps=_steps(draft, is_begun=bool(writing.id)),
        typed=found,
        choices=_choices(asked, draft, step, found),
        items=tuple(_item(place, each, here) for place, each in enumerate(listed)),
        item=number,
        is_listed=step in LISTED,
        saved=saved,
        missing=here,
        challenges=challenge_choices(asked, writing.id, chosen="") if step in LISTED else (),
    )


def _number(item: str, count: int, typed: Typed | None) -> int:
    asked_for = str(typed.get("item")) if typed else item
    return int(asked_for) if asked_for.isdecimal() and 1 <= int(asked_for[:6]) <= count else 0


def _item(number: int, said: object, missing: tuple[Missing, ...]) -> ItemLine:
    title, text = str(getattr(said, "title", "")), str(getattr(said, "text", ""))
    return ItemLine(number + 1, title or text, tuple(lack.lack for lack in missing if lack.number == number))


def _values(asked: Asked, draft: ProfileDraft, step: str, number: int) -> dict[str, object]:
    """A step as the form has it."""
    if step in LISTED:
        if not number:
            return {}
        said = getattr(draft, LISTED[step])[number - 1]
        values = {name: getattr(said, name, "") for name in ITEM_FIELDS[step]}
        place = _where(asked, said.place) if isinstance(said, ExperienceDraft) else Where()
        return {**values, "year": values.get("year") or "", **_place_values(place, getattr(said, "place", None))}
    values = {name: getattr(draft, name) for name in ("kind", "name", "summary", "description", "website")}
    return {**values, "spoken": draft.language or "", **_place_values(_where(asked, draft.place), draft.place)}


def _place_values(where: Where, place: PlaceDraft | None) -> dict[str, object]:
    number = "" if place is None or place.geonameid is None else str(place.geonameid)
    return {"town": where.town, "country": where.country, "geonameid": number}


def _choices(asked: Asked, draft: ProfileDraft, step: str, typed: Typed) -> dict[str, tuple[Choice, ...]]:
    language, taxonomy = asked.language, asked.service.taxonomy
    if step == "who":
        areas = typed.get("areas") or draft.areas
        return {
            "kinds": term_choices(
                taxonomy.kinds, name=lambda term: term.name[language], chosen=[str(typed.get("kind"))]
            ),
            "areas": term_choices(taxonomy.areas, name=lambda term: term.name[language], chosen=list(areas)),  # type: ignore[call-overload]
            "spoken": language_choices(language, chosen=str(typed.get("spoken"))),
        }
    if step == "languages":
        return {"languages": _spoken(language, draft)}
    towns = _towns(asked, typed)
    found = {"countries": country_choices(language, chosen=str(typed.get("country"))), "towns": towns}
    if step == "place":
        reached = typed.get("delivery_area") or draft.delivery_area
        chosen = [str(code) for code in reached]  # type: ignore[attr-defined]
        regions = tuple(
            Choice(code, code, code in chosen) for code in (ANYWHERE, *(str(code) for code in MACRO_REGIONS))
        )
        countries = country_choices(language, chosen="")
        return found | {
            "regions": regions,
            "reached": tuple(Choice(each.value, each.label, each.value in chosen) for each in countries),
        }
    return found


def _spoken(language: str, draft: ProfileDraft) -> tuple[Choice, ...]:
    offered = language_choices(language, chosen="")
    return tuple(Choice(each.value, each.label, each.value in draft.languages) for each in offered)


def _towns(asked: Asked, typed: Typed) -> tuple[Choice, ...]:
    """Towns of one name, to choose from."""
    if not typed.get("town"):
        return ()
    found = asked.service.gazetteer.resolve(str(typed.get("town")), country=str(typed.get("country")) or None)
    towns = found.candidates[:SHOWN_TOWNS] if isinstance(found, Ambiguous) else ()
    return town_choices(towns, asked.language, chosen=str(typed.get("geonameid")))


def _steps(draft: ProfileDraft, *, is_begun: bool) -> tuple[StepMark, ...]:
    said = {
        "who": is_begun and bool(draft.summary or draft.description),
        "offers": bool(draft.offers),
        "experience": bool(draft.experience),
        "languages": bool(draft.languages),
        "place": bool(draft.place),
        "links": bool(draft.website),
    }
    return tuple(StepMark(step, said[step]) for step in STEPS)


def _done(asked: Asked, number: int, item: ExperienceDraft) -> DoneShown:
    where = _where(asked, item.place)
    return DoneShown(number, item.title, where, item.year, item.text, item.result, item.for_whom)


def _where(asked: Asked, place: PlaceDraft | None) -> Where:
    if place is None:
        return Where()
    if place.territory_id is not None:
        territory = asked.session.get(Territory, place.territory_id)
        return Where(territory.name, territory.region, territory.country) if territory else Where()
    found = asked.service.gazetteer.get(place.geonameid or 0)
    return Where(found.name, found.region or "", found.country) if found else Where()


def _hour(asked: Asked, found: Written) -> str:
    """The hour at which it was saved where the reader is, as far as we know."""
    if found.saved_at is None:
        return ""
    habits = habits_of(asked.session, acting=asked.signed_in())
    zone = zone_of(time_zone=habits.time_zone, country=found.profile.country)
    return str(format_time(found.saved_at.astimezone(zone), format="short", locale=dates_in(asked.language)))
