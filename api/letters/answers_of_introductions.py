"""Answers to introductions by link, with the account that the letter went to, while it speaks for that side."""

from dataclasses import dataclass
from functools import partial

from api.letters.asking import AnswerAsk, AnswerHandler, Values
from api.letters.of_introductions import title_of
from matchmaker.errors import ConflictError, NotFoundError
from matchmaker.introductions.answering import answer
from matchmaker.introductions.drafts import AnswerDraft, OutcomeDraft
from matchmaker.introductions.keeping import own_side
from matchmaker.introductions.meeting import report_outcome, say_met
from matchmaker.introductions.models import IntroductionSide, Outcome, Side, Word
from matchmaker.introductions.queries import View, view_introduction
from matchmaker.introductions.rules import may_undo
from matchmaker.introductions.sight import Seen
from matchmaker.introductions.telephone import undo_recorded
from matchmaker.introductions.terms import Office

UNSAID_REASON = "cannot_say"
"""Of the list in data/introductions: a link has no room for a reason."""


@dataclass(frozen=True)
class _Visit:
    view: View
    side: Side
    office: Office

    @property
    def said(self) -> IntroductionSide:
        return self.view.kept.sides[self.side]


def _visit(ask: AnswerAsk) -> _Visit:
    """Raise `introduction_unknown`, `only_representatives` unless the account speaks for the side of the letter."""
    number = ask.signed.subject_id
    view = view_introduction(ask.session, acting=ask.acting, introduction_id=number)
    side = own_side(ask.session, acting=ask.acting, kept=view.kept)
    if side != ask.signed.codes.get("side"):
        raise NotFoundError("introduction_unknown", introduction_id=number)
    return _Visit(view, side, ask.service.introduction_office())


def _has_answered(visit: _Visit, ask: AnswerAsk) -> bool:
    """Whether this very answer stands: what was said on the page beside it, stays."""
    return visit.said.word == ask.signed.answer and visit.said.recorded_at is None


def _describe_answer(ask: AnswerAsk) -> Values:
    visit = _visit(ask)
    is_done = visit.view.state is Seen.OPEN and _has_answered(visit, ask)
    if visit.view.state is not Seen.WAITING and not is_done:
        raise ConflictError("procurement_open" if visit.view.state is Seen.PAUSED else "introduction_over")
    return {"challenge": title_of(visit.view)}


def _perform_answer(ask: AnswerAsk) -> None:
    visit = _visit(ask)
    if _has_answered(visit, ask):
        return
    word = Word(ask.signed.answer)
    draft = AnswerDraft(answer=word, reason=UNSAID_REASON if word is Word.NO else "")
    answer(ask.session, office=visit.office, acting=ask.acting, introduction_id=ask.signed.subject_id, draft=draft)


def _is_undone(visit: _Visit) -> bool:
    return visit.said.word == Word.SILENT and visit.said.recorded_at is None


def _describe_undo(ask: AnswerAsk) -> Values:
    visit = _visit(ask)
    office, days = visit.office, visit.office.terms.undo_days
    if not (_is_undone(visit) or may_undo(recorded_at=visit.said.recorded_at, now=office.now, days=days)):
        raise ConflictError("nothing_to_undo", days=days)
    return {}


def _perform_undo(ask: AnswerAsk) -> None:
    visit = _visit(ask)
    if not _is_undone(visit):
        undo_recorded(ask.session, office=visit.office, acting=ask.acting, introduction_id=ask.signed.subject_id)


def _describe_open(ask: AnswerAsk) -> Values:
    """What is asked once contacts are open."""
    state = _visit(ask).view.state
    if state is not Seen.OPEN:
        raise ConflictError("procurement_open" if state is Seen.PAUSED else "contacts_not_open")
    return {}


def _perform_met(ask: AnswerAsk) -> None:
    office, has_met = ask.service.introduction_office(), ask.signed.answer == "met"
    _visit(ask)
    say_met(ask.session, office=office, acting=ask.acting, introduction_id=ask.signed.subject_id, has_met=has_met)


def _perform_outcome(ask: AnswerAsk) -> None:
    visit = _visit(ask)
    draft = OutcomeDraft(days=int(ask.signed.codes.get("days") or 0), outcome=Outcome(ask.signed.answer))
    reports = [(row.days, row.outcome) for row in visit.view.reports if row.side == visit.side]
    if (draft.days, draft.outcome) not in reports:
        report_outcome(
            ask.session, office=visit.office, acting=ask.acting, introduction_id=ask.signed.subject_id, draft=draft
        )


_after_opening = partial(AnswerHandler, _describe_open)
ANSWERS = {
    "introduction_answer": AnswerHandler(_describe_answer, _perform_answer),
    "introduction_undo": AnswerHandler(_describe_undo, _perform_undo),
    "meeting_answer": _after_opening(_perform_met),
    "outcome_answer": _after_opening(_perform_outcome),
}
