"""A challenge written step by step: the pages of its steps, and the page on which all answers are looked over."""

from babel.dates import format_time

from api.i18n import dates_in
from api.web.explained import term_names
from api.web.finding import PEERS_SHOWN
from api.web.frames import Asked
from api.web.lines import challenge_line, named, owners_of, where_of
from api.web.marking import marked, shown_needs
from api.web.pieces import Named
from api.web.typed import Typed
from api.web.writing_choices import choices_of, members_called, suggested_areas
from api.web.writing_forms import STEPS, StepForm, typed_of
from api.web.writing_views import AdviceShown, AlikePage, CheckPage, StepMark, StepPage
from matchmaker.accounts.models import Acting
from matchmaker.challenges.coach import Hint, advise
from matchmaker.challenges.models import BudgetBand, Challenge, Status
from matchmaker.challenges.queries import FullChallenge, own_challenge
from matchmaker.challenges.readers import guests_of
from matchmaker.languages import detect
from matchmaker.letters.habits import habits_of
from matchmaker.letters.zones import zone_of
from matchmaker.matching.actions import stored_ask
from matchmaker.matching.peers import find_near_duplicates
from matchmaker.profiles.queries import full_profiles
from matchmaker.sentences import paragraphs
from matchmaker.taxonomy.models import Concern

STEP_OF = {Hint.NO_BENEFICIARY: "benefit", Hint.NO_BUDGET: "terms"}
"""In which step advice is followed; in the words where nothing is said."""


def new_page(asked: Asked, typed: Typed) -> StepPage:
    """The first step of a challenge that is not kept yet. Raises `sign_in_needed`."""
    acting = asked.signed_in()
    blank = Challenge(language="", title="", description="", status=Status.DRAFT, created_at=asked.service.clock(),
                      updated_at=asked.service.clock())  # fmt: skip
    return _step(asked, acting, FullChallenge(blank, ()), "words", typed, saved="")


def step_page(
    asked: Asked, challenge_id: int, step: str, *, typed: Typed | None = None, called: str = "", is_saved: bool
) -> StepPage:
    """One step of a challenge of one's own; `called` looks for members by name.

    Raises `sign_in_needed`, `challenge_unknown`, `not_your_challenge`.
    """
    acting = asked.signed_in()
    full = own_challenge(asked.session, acting=acting, challenge_id=challenge_id)
    saved = _hour(asked, acting, full) if is_saved else ""
    return _step(asked, acting, full, step, typed, called=called, saved=saved)


def check_page(asked: Asked, challenge_id: int, *, wrong: Typed | None = None, done: str = "") -> CheckPage:
    """All answers. Raises `sign_in_needed`, `challenge_unknown`, `not_your_challenge`."""
    acting, session, language = asked.signed_in(), asked.session, asked.language
    full = own_challenge(session, acting=acting, challenge_id=challenge_id)
    challenge, taxonomy = full.challenge, asked.service.taxonomy
    return CheckPage(
        language=language,
        frame=asked.frame("work"),
        id=challenge_id,
        line=challenge_line(challenge, owners_of(session, [challenge], acting=acting)),
        status=challenge.status,
        steps=_steps(full),
        paragraphs=tuple(paragraphs(challenge.description)),
        expected_benefit=challenge.expected_benefit,
        beneficiaries=challenge.beneficiaries,
        where=where_of(challenge),
        areas=term_names(taxonomy, Concern.AREAS, challenge.areas, language),
        principles=term_names(taxonomy, Concern.PRINCIPLES, challenge.principles, language),
        budget_band=challenge.budget_band,
        procurement=challenge.procurement,
        starts_on=challenge.starts_on,
        ends_on=challenge.ends_on,
        audience=challenge.audience,
        guests=_guests(asked, acting, challenge),
        needs=tuple(need.text for need in full.needs),
        needs_suggested=any(need.is_suggested for need in full.needs),
        advice=_advice(challenge),
        missing=tuple(name for name in ("title", "description") if not getattr(challenge, name).strip()),
        wrong=wrong or Typed(),
        done=done,
    )


def alike_page(asked: Asked, challenge_id: int) -> AlikePage:
    """Challenges of anyone that may be this one. Raises `sign_in_needed`, `challenge_unknown`, `not_your_challenge`."""
    acting, session, service = asked.signed_in(), asked.session, asked.service
    full = own_challenge(session, acting=acting, challenge_id=challenge_id)
    found = find_near_duplicates(
        session, index=service.index, acting=acting, ask=stored_ask(full, taxonomy=service.taxonomy),
        owner_id=full.challenge.owner_id, challenge_id=challenge_id,
    )[:PEERS_SHOWN] if full.challenge.description else []  # fmt: skip
    owners = owners_of(session, (peer.full.challenge for peer in found), acting=acting)
    lines = tuple(challenge_line(peer.full.challenge, owners) for peer in found)
    challenge = full.challenge
    return AlikePage(asked.language, asked.frame("work"), challenge_id, challenge.title, challenge.language, lines)


def _step(
    asked: Asked, acting: Acting, full: FullChallenge, step: str, typed: Typed | None, *, called: str = "", saved: str
) -> StepPage:
    challenge = full.challenge
    found = typed or Typed(typed_of(challenge, full.needs, spoken=_pinned(challenge)) | {"called": called})
    suggested = suggested_areas(asked, challenge) if step == "areas" and typed is None and not challenge.areas else []
    needs = [need.text for need in full.needs]
    is_audience = step == "audience"
    return StepPage(
        language=asked.language,
        frame=asked.frame("work", form="step-form" if found.errors else ""),
        id=challenge.id or 0,
        title=challenge.title,
        spoken=challenge.language,
        is_draft=challenge.status == Status.DRAFT,
        step=step,
        steps=_steps(full),
        typed=found,
        saved=saved,
        advice=tuple(each for each in _advice(challenge) if each.step == step),
        choices=choices_of(asked, acting, challenge, step, found, suggested),
        areas_suggested=bool(suggested),
        needs=shown_needs(challenge.description, needs),
        needs_suggested=any(need.is_suggested for need in full.needs),
        text=marked(challenge.description, needs) if step == "needs" else (),
        guests=_guests(asked, acting, challenge) if is_audience else (),
        found=members_called(asked, acting, str(found.get("called"))) if is_audience else (),
    )


def _steps(full: FullChallenge) -> tuple[StepMark, ...]:
    row = full.challenge
    said = {
        "words": bool(row.title and row.description),
        "benefit": bool(row.expected_benefit and row.beneficiaries),
        "place": bool(row.country),
        "areas": bool(row.areas),
        "terms": row.budget_band != BudgetBand.UNDECIDED,
        "audience": True,
        "needs": any(not need.is_suggested for need in full.needs),
    }
    return tuple(StepMark(step, said[step]) for step in STEPS)


def _advice(challenge: Challenge) -> tuple[AdviceShown, ...]:
    return tuple(AdviceShown(each.hint, STEP_OF.get(each.hint, "words"), each.quote) for each in advise(challenge))


def _pinned(challenge: Challenge) -> str:
    """The language, where its author chose another than would be recognised."""
    found = detect(f"{challenge.title}\n{challenge.description}").language
    return challenge.language if challenge.language != found else ""


def _guests(asked: Asked, acting: Acting, challenge: Challenge) -> tuple[Named, ...]:
    if challenge.id is None:
        return ()
    return tuple(named(row) for row in guests_of(asked.session, acting=acting, challenge_id=challenge.id))


def _hour(asked: Asked, acting: Acting, full: FullChallenge) -> str:
    """The hour of the last save where the reader is, as far as we know: in the country of its member."""
    own = full_profiles(asked.session, acting=acting, profile_ids=full.owners).values()
    country = next((each.profile.country for each in own if each.profile.country), full.challenge.country)
    zone = zone_of(time_zone=habits_of(asked.session, acting=acting).time_zone, country=country)
    return str(format_time(full.challenge.updated_at.astimezone(zone), format="short", locale=dates_in(asked.language)))


def is_step(step: str) -> bool:
    """Whether a challenge has such a step."""
    return step in STEPS


def next_of(step: str) -> str:
    """The step after this one; the page with all answers after the last."""
    return dict(zip(STEPS, (*STEPS[1:], "check"), strict=True))[step]


__all__ = ["StepForm", "alike_page", "check_page", "is_step", "new_page", "next_of", "step_page"]
