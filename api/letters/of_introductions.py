"""Letters about introductions: what the reader's side may know, and nothing of the other's word."""

from collections.abc import Callable
from functools import partial

from api.letters.asking import Item, LetterAsk, Phrase, Value, Values, ValuesOf
from matchmaker.errors import DomainError
from matchmaker.introductions.keeping import own_side
from matchmaker.introductions.letters import Kind
from matchmaker.introductions.models import IntroductionQuestion, Proposer, Side, Word
from matchmaker.introductions.queries import View, view_introduction
from matchmaker.introductions.sight import Seen
from matchmaker.profiles.models import Visibility

Told = Callable[[LetterAsk, View, Side], Values | None]
UNANSWERED = frozenset({Word.SILENT, Word.YES_TO_CONFIRM})


def _told(told: Told, state: Seen, ask: LetterAsk) -> Values | None:
    """Nothing when the reader speaks for that side no longer, or the introduction has moved on."""
    try:
        view = view_introduction(ask.session, acting=ask.acting, introduction_id=ask.letter.subject_id)
        side = own_side(ask.session, acting=ask.acting, kept=view.kept)
    except DomainError:
        return None
    values = told(ask, view, side) if side == ask.letter.codes.get("side") and view.state is state else None
    if values is None:
        return None
    return {"link": ask.page(f"introductions/{view.kept.id}"), "challenge": title_of(view), **values}


def title_of(view: View) -> str:
    """The title of the challenge, for whoever may see it."""
    return view.challenge.challenge.title if view.challenge is not None else ""


def _name(view: View, side: Side) -> str:
    found = view.parties[side]
    return "" if found is None else found.profile.name


def _takes_part(view: View, side: Side) -> bool:
    """Whether a side is shown: one that is held back is asked nothing meanwhile."""
    found = view.parties[side]
    return found is not None and found.profile.visibility == Visibility.VISIBLE


def _proposed(_ask: LetterAsk, view: View, side: Side) -> Values | None:
    """What waits for an answer, from somebody whom the reader may see, while the reader's own member takes part."""
    other = _name(view, side.other)
    if view.kept.sides[side].word not in UNANSWERED or not other or not _takes_part(view, side):
        return None
    row = view.kept.row
    is_from_secretariat = row.proposed_by == Proposer.SECRETARIAT
    named: dict[str, Value] = {"proposer": other}
    if is_from_secretariat:
        named = {"proposer": Phrase("word.the_secretariat"), "receiver": other}
    return {**named, "message": row.message, "reasons": _reasons(view), "expires": row.expires_at}


def _reasons(view: View) -> list[Item]:
    """Each need as it was proposed, beside the sentence that answers it while that stands."""
    return [Item(f"{each.asked} — {each.text}") for each in view.evidence if each.text is not None and each.asked]


def _asked(ask: LetterAsk, view: View, side: Side) -> Values | None:
    number = ask.letter.codes.get("question_id")
    row: IntroductionQuestion | None = next((each for each in view.questions if each.id == number), None)
    if row is None or view.hides(side.other):
        return None
    other = _name(view, side.other)
    if ask.letter.codes.get("is_reply"):
        return {"replier": other, "asked": row.text, "reply": row.reply}
    return None if row.reply else {"asker": other, "question": row.text}


def _closed(_ask: LetterAsk, view: View, side: Side) -> Values | None:
    """The words of a no only where its writer agreed that they be read."""
    said = (each for each in view.answers if each.side is side.other and each.shares_words)
    return {"words": "" if view.hides(side.other) else next((each.words for each in said), "")}


def _recorded(_ask: LetterAsk, view: View, side: Side) -> Values | None:
    said = view.kept.sides[side]
    if said.recorded_at is None:
        return None
    word = Word.YES if said.word == Word.YES_TO_CONFIRM else said.word
    return {"answer": Phrase(f"word.{word}")}


def _opened(ask: LetterAsk, view: View, side: Side) -> Values | None:
    """Who it is. Contacts are read on the page, where it is noted that they were."""
    other = _name(view, side.other)
    row, conflicts = view.kept.row, ask.service.introduction_office().conflicts
    if not other or not _takes_part(view, side) or conflicts.are_apart(ask.session, row.owner_id, row.profile_id):
        return None
    return {"other": other}


def _met(ask: LetterAsk, view: View, side: Side) -> Values | None:
    return None if view.kept.sides[side].has_met is not None else _opened(ask, view, side)


def _outcome(ask: LetterAsk, view: View, side: Side) -> Values | None:
    days, opened = ask.letter.codes.get("days"), _opened(ask, view, side)
    is_said = any(report.days == days and report.side == side for report in view.reports)
    return None if is_said or opened is None else {**opened, "days": days if isinstance(days, int) else None}


def _lesson(ask: LetterAsk, view: View, side: Side) -> Values | None:
    """Nothing once the side has told it."""
    opened, outcome = _opened(ask, view, side), ask.letter.codes.get("outcome")
    if opened is None or view.lesson_id is not None:
        return None
    return {**opened, "outcome": Phrase(f"outcome_question.answer.{outcome}")}


VALUES: dict[str, ValuesOf] = {
    Kind.PROPOSED: partial(_told, _proposed, Seen.WAITING),
    Kind.REMINDER: partial(_told, _proposed, Seen.WAITING),
    Kind.QUESTION: partial(_told, _asked, Seen.WAITING),
    Kind.RECORDED: partial(_told, _recorded, Seen.WAITING),
    Kind.EXPIRED: partial(_told, lambda _ask, _view, _side: {}, Seen.DID_NOT_COME_ABOUT),
    Kind.CLOSED: partial(_told, _closed, Seen.DID_NOT_COME_ABOUT),
    Kind.SHUT: partial(_told, lambda _ask, _view, _side: {}, Seen.CLOSED),
    Kind.BOTH_YES: partial(_told, _opened, Seen.OPEN),
    Kind.MET: partial(_told, _met, Seen.OPEN),
    Kind.OUTCOME: partial(_told, _outcome, Seen.OPEN),
    Kind.LESSON: partial(_told, _lesson, Seen.OPEN),
}
