"""A challenge that is only tried: matched, shown, and never stored."""

from dataclasses import dataclass

from api.web.choices import (
    OFFERED_COUNTRIES,
    OFFERED_LANGUAGES,
    country_choices,
    language_choices,
    term_choices,
    town_choices,
)
from api.web.explained import term_names
from api.web.finding import found_of, shown_of
from api.web.forms import ReadForm, TryForm, known, needs_digest, read_form
from api.web.frames import Asked
from api.web.lines import where_of
from api.web.numbers import has_demo
from api.web.shown import FormView
from api.web.views import Result
from matchmaker.challenges.actions import fill_challenge, needs_of
from matchmaker.challenges.drafts import TriedChallenge
from matchmaker.challenges.models import Challenge
from matchmaker.languages import is_working_language
from matchmaker.matching.actions import RANKED_HITS, Wanted, find_matches
from matchmaker.matching.areas import suggest_areas
from matchmaker.matching.asks import ask_of
from matchmaker.profiles.queries import represented_by
from matchmaker.taxonomy.models import Concern


@dataclass(frozen=True)
class Tried:
    """A challenge that was made of a form, with its needs and whether the service suggested them."""

    challenge: Challenge
    needs: tuple[str, ...]
    is_suggested: bool


def read(asked: Asked, form: TryForm) -> ReadForm:
    """Understand the form of a request."""
    service = asked.service
    return read_form(
        form, taxonomy=service.taxonomy, finder=service.gazetteer,
        languages=OFFERED_LANGUAGES, countries=sorted(OFFERED_COUNTRIES),
    )  # fmt: skip


def answer_of(asked: Asked, form: TryForm, understood: ReadForm, draft: TriedChallenge) -> Result:
    """Who answers the challenge of a form, and all that stands beside it."""
    tried = _try(asked, draft, country=understood.country)
    service, challenge = asked.service, tried.challenge
    ask = ask_of(challenge, tried.needs, taxonomy=service.taxonomy, is_stored=False)
    shown = shown_of(form.shown)
    wanted = Wanted(
        kinds=frozenset(known(form.kinds, service.taxonomy, Concern.KINDS)),
        delivering_only=bool(form.delivering),
        limit=RANKED_HITS,
    )
    own = represented_by(asked.session, acting=asked.acting)
    matches = find_matches(
        asked.session, index=service.index, acting=asked.acting, ask=ask, wanted=wanted, asked_by=own
    )
    suggested = suggest_areas(service.index, taxonomy=service.taxonomy, text=draft.words, language=challenge.language)
    return Result(
        language=asked.language,
        frame=asked.frame("try", form="challenge-form"),
        form=form_view(asked, form, understood, tried=tried),
        found=found_of(asked, ask, matches, shown=shown, challenge=challenge, asked_by=own),
        is_working_language=is_working_language(challenge.language),
        where=where_of(challenge),
        areas=term_names(service.taxonomy, Concern.AREAS, [area.area for area in suggested], asked.language),
        has_demo=has_demo(asked.session, acting=asked.acting),
    )


def form_view(
    asked: Asked, form: TryForm, understood: ReadForm | None = None, *, tried: Tried | None = None
) -> FormView:
    """The form as it was filled in; after a try with the needs that were used."""
    language, taxonomy = asked.language, asked.service.taxonomy
    needs = tried.needs if tried else ()
    spoken = tried.challenge.language if tried else form.spoken
    return FormView(
        typed=form,
        needs="\n".join(" ".join(need.split()) for need in needs) if tried else form.needs,
        suggested=needs_digest(needs) if tried and tried.is_suggested else form.suggested,
        languages=language_choices(language, chosen=spoken),
        countries=country_choices(language, chosen=form.country),
        towns=town_choices(understood.towns if understood else (), language, chosen=form.geonameid),
        principles=term_choices(taxonomy.principles, name=lambda term: term.name[language], chosen=form.principles),
        kinds=term_choices(taxonomy.kinds, name=lambda term: term.plural[language], chosen=form.kinds),
        errors=understood.errors if understood else (),
    )


def _try(asked: Asked, draft: TriedChallenge, *, country: str) -> Tried:
    """A row that is never added to the session. A country without a town still says who delivers there."""
    desk = asked.service.desk()
    challenge = Challenge(language="", title="", description="", created_at=desk.now, updated_at=desk.now)
    fill_challenge(asked.session, desk=desk, challenge=challenge, draft=draft)
    challenge.country = challenge.country or country
    needs, is_suggested = needs_of(draft, language=challenge.language)
    return Tried(challenge, tuple(needs), is_suggested)
