"""How a match would quote a profile that is being written; nothing of it is kept."""

from api.web.explained import explain
from api.web.frames import Asked
from api.web.lines import challenge_line, owners_of
from api.web.pieces import Choice
from api.web.profile_step_views import PreviewPage, Writing
from api.web.typed import Typed
from api.web.typing import understood
from matchmaker.challenges.actions import fill_challenge, needs_of
from matchmaker.challenges.drafts import TriedChallenge
from matchmaker.challenges.models import Challenge, Status
from matchmaker.challenges.queries import get_challenge, list_challenges
from matchmaker.matching.actions import stored_ask
from matchmaker.matching.asks import Ask, ask_of
from matchmaker.matching.preview import preview
from matchmaker.profiles.writing import Written, as_published, written

OFFERED_CHALLENGES = 60


def preview_page(asked: Asked, profile_id: int, *, challenge: str, text: str) -> PreviewPage:
    """The match for a challenge that is chosen, else for a text that is typed; neither asks nothing yet.

    Raises `sign_in_needed`, `profile_unknown`, `not_your_profile`, `challenge_unknown`.
    """
    found = written(asked.session, acting=asked.signed_in(), profile_id=profile_id)
    typed = Typed({"challenge": challenge, "problem": text})
    posed, ask = None, None
    if challenge.isdecimal():
        full = get_challenge(asked.session, acting=asked.acting, challenge_id=min(int(challenge[:10]), 2**31 - 1))
        posed, ask = full.challenge, stored_ask(full, taxonomy=asked.service.taxonomy)
    elif text.strip():
        draft, wrong = understood(asked, TriedChallenge, {"description": text})
        typed = Typed(typed.values, tuple(wrong.errors))
        ask = None if draft is None else _asked_for(asked, draft)
    return _page(asked, found, typed, posed, ask)


def challenge_choices(asked: Asked, profile_id: int, *, chosen: str) -> tuple[Choice, ...]:
    """Open challenges of others that the reader may see."""
    rows = list_challenges(asked.session, acting=asked.acting, limit=OFFERED_CHALLENGES)
    others = [row for row in rows if row.status == Status.OPEN and row.owner_id != profile_id]
    return tuple(Choice(str(row.id), row.title, str(row.id) == chosen) for row in others)


def _page(asked: Asked, found: Written, typed: Typed, posed: Challenge | None, ask: Ask | None) -> PreviewPage:
    taxonomy, draft = asked.service.taxonomy, found.draft
    match = None
    if ask is not None:
        full = as_published(asked.session, desk=asked.service.desk(), found=found)
        ranked = preview(index=asked.service.index, acting=asked.acting, ask=ask, full=full)
        needs = [need.text for need in ask.needs]
        if ranked is not None:
            match = explain(ranked, needs, spoken=ask.language, taxonomy=taxonomy, language=asked.language)
    number = found.profile.id or 0
    lines = owners_of(asked.session, [posed] if posed else [], acting=asked.acting)
    return PreviewPage(
        language=asked.language,
        frame=asked.frame("profiles", form="preview-form"),
        writing=Writing(number, draft.name, draft.kind, draft.language or "", found.is_first, bool(found.saved_at)),
        typed=typed,
        challenges=challenge_choices(asked, number, chosen=str(typed.get("challenge"))),
        line=challenge_line(posed, lines) if posed else None,
        match=match,
    )


def _asked_for(asked: Asked, draft: TriedChallenge) -> Ask:
    """A row that is never added to the session."""
    desk = asked.service.desk()
    row = Challenge(language="", title="", description="", created_at=desk.now, updated_at=desk.now)
    fill_challenge(asked.session, desk=desk, challenge=row, draft=draft)
    needs, _ = needs_of(draft, language=row.language)
    return ask_of(row, needs, taxonomy=desk.taxonomy, is_stored=False)
