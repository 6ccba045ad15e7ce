"""Answering, asking back, replying, and reading contacts once they are open."""

from dataclasses import dataclass

from sqlmodel import Session, select

from matchmaker.accounts.models import Acting
from matchmaker.errors import ConflictError, NotFoundError
from matchmaker.introductions.drafts import AnswerDraft
from matchmaker.introductions.keeping import Kept, apply, are_shown, held_for
from matchmaker.introductions.letters import Kind, tell
from matchmaker.introductions.models import Disclosure, IntroductionQuestion, Phase, Side, Word
from matchmaker.introductions.rules import QUESTIONS_AT_MOST, Act
from matchmaker.introductions.terms import Office
from matchmaker.profiles.models import Profile
from matchmaker.profiles.speaking import speakers_of


@dataclass(frozen=True)
class Contacts:
    """How to reach the other side: the profile's address, and those who speak for it."""

    profile_id: int
    name: str
    email: str
    people: tuple[tuple[str, str], ...]  # name, e-mail


def answer(session: Session, *, office: Office, acting: Acting, introduction_id: int, draft: AnswerDraft) -> Kept:
    """Say yes, not now or no for one's side; a later answer replaces an earlier one while nothing is decided.

    Raises `introduction_unknown`, `only_representatives`, `unknown_code`, `procurement_open`, `introduction_over`.
    """
    if draft.reason:
        office.lists.check_reason(draft.reason)
    kept, side = held_for(session, acting=acting, introduction_id=introduction_id, office=office)
    apply(session, kept=kept, act=Act.ANSWER, office=office, side=side, word=draft.answer, ends=draft.shares_words)
    write_answer(kept, side=side, draft=draft)
    session.add(kept.sides[side])
    session.flush()
    return kept


def write_answer(kept: Kept, *, side: Side, draft: AnswerDraft) -> None:
    """Keep what was said beside the word."""
    said = kept.sides[side]
    said.reason, said.words, said.shares_words, said.recorded_at = draft.reason, draft.words, draft.shares_words, None


def ask(session: Session, *, office: Office, acting: Acting, introduction_id: int, text: str) -> Kept:
    """Ask the other side something before answering; the same question again is none.

    Raises `questions_used_up` and what `answer` raises.
    """
    kept, side = held_for(session, acting=acting, introduction_id=introduction_id, office=office)
    apply(session, kept=kept, act=Act.ASK, office=office)
    own = IntroductionQuestion.introduction_id == kept.id, IntroductionQuestion.asked_by == side
    asked = session.exec(select(IntroductionQuestion.text).where(*own)).all()
    if text in asked:
        return kept
    if len(asked) >= QUESTIONS_AT_MOST:
        raise ConflictError("questions_used_up", limit=QUESTIONS_AT_MOST)
    row = IntroductionQuestion(introduction_id=kept.id, asked_by=side, text=text, asked_at=office.now)
    session.add(row)
    session.flush()
    _tell_question(session, kept=kept, side=side.other, row=row, office=office)
    return kept


def reply(
    session: Session, *, office: Office, acting: Acting, introduction_id: int, question_id: int, text: str
) -> Kept:
    """Answer a question of the other side, or correct the answer. Raises `question_unknown` and what `ask` raises."""
    kept, side = held_for(session, acting=acting, introduction_id=introduction_id, office=office)
    apply(session, kept=kept, act=Act.REPLY, office=office)
    row = session.get(IntroductionQuestion, question_id)
    if row is None or row.introduction_id != kept.id or row.asked_by == side:
        raise NotFoundError("question_unknown", question_id=question_id)
    row.reply, row.replied_at = text, office.now
    session.add(row)
    session.flush()
    _tell_question(session, kept=kept, side=side.other, row=row, office=office)
    return kept


def read_contacts(session: Session, *, office: Office, acting: Acting, introduction_id: int) -> Contacts:
    """The contacts of the other side, once both have said yes; each account that receives them is noted.

    Raises `introduction_unknown`, `only_representatives`, `procurement_open`, `contacts_not_open`.
    """
    kept, side = held_for(session, acting=acting, introduction_id=introduction_id, office=office)
    other = session.get_one(Profile, kept.profile_of(side.other), populate_existing=True)
    if kept.row.phase == Phase.OPEN and kept.row.paused_at is not None:
        raise ConflictError("procurement_open")
    if kept.row.phase != Phase.OPEN or not are_shown(session, kept):
        raise ConflictError("contacts_not_open")
    _note_disclosure(session, kept=kept, side=side, account_id=acting.account_id or 0, office=office)
    people = speakers_of(session, profile_id=other.id or 0)
    named = tuple((person.name, person.email) for person in people if person.email)
    return Contacts(profile_id=other.id or 0, name=other.name, email=other.email, people=named)


def _note_disclosure(session: Session, *, kept: Kept, side: Side, account_id: int, office: Office) -> None:
    of_profile_id = kept.profile_of(side.other)
    known = select(Disclosure.id).where(
        Disclosure.introduction_id == kept.id,
        Disclosure.to_account_id == account_id,
        Disclosure.of_profile_id == of_profile_id,
    )
    if session.exec(known).first() is None:
        session.add(
            Disclosure(
                introduction_id=kept.id,
                to_account_id=account_id,
                to_profile_id=kept.profile_of(side),
                of_profile_id=of_profile_id,
                disclosed_at=office.now,
            )
        )
        session.flush()


def _tell_question(session: Session, *, kept: Kept, side: Side, row: IntroductionQuestion, office: Office) -> None:
    """Write to a side that knows of the introduction and has not said no."""
    found = kept.sides[side]
    if found.told_at is not None and found.word != Word.NO:
        codes = {"question_id": row.id, "is_reply": row.replied_at is not None}
        turn = f"{row.id}:{'reply' if row.replied_at else 'question'}"
        tell(session, row=kept.row, side=side, kind=Kind.QUESTION, now=office.now, codes=codes, turn=turn)
