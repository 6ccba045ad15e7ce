"""Introductions as pages: the list, and one with everything its reader may know."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from api.web.explained import term_name
from api.web.frames import Asked
from api.web.introduction_views import (
    ContactsShown,
    IntroductionLine,
    IntroductionPage,
    Introductions,
    Milestone,
    PartyShown,
    QuestionShown,
    SaidShown,
)
from api.web.lines import PAGE_LINES, named, one_page
from api.web.pieces import Answer, Choice, Quote
from api.web.profiles import next_query
from api.web.typed import Typed
from matchmaker.introductions.meeting import meeting
from matchmaker.introductions.models import IntroductionQuestion, Outcome, Side, Word
from matchmaker.introductions.queries import Glimpse, View, list_introductions, view_introduction
from matchmaker.introductions.rules import milestones_reached
from matchmaker.introductions.sight import Seen
from matchmaker.profiles.queries import FullProfile
from matchmaker.taxonomy.models import Concern

UNSAID = frozenset({Word.SILENT, Word.YES_TO_CONFIRM})
SECRETARIAT, TOGETHER = "secretariat", "together"
ANSWERS = (Word.YES, Word.NOT_NOW, Word.NO)


@dataclass(frozen=True)
class Filled:
    """The forms of the page as they were filled in, by name (`answer`, `message`, `question`, `reply-7`, `act`)."""

    forms: Mapping[str, Typed] = field(default_factory=dict)

    def get(self, name: str, usual: Typed | None = None) -> Typed:
        """A form as it was posted, else as it usually stands."""
        return self.forms.get(name) or usual or Typed()


def introductions_page(asked: Asked, *, after: int) -> Introductions:
    """Introductions of the members one acts for; all for the secretariat. Raises `sign_in_needed`."""
    found = list_introductions(asked.session, acting=asked.signed_in(), after=max(after, 0), limit=PAGE_LINES + 1)
    rows, has_more = one_page(found)
    lines = tuple(introduction_line(asked, glimpse) for glimpse in reversed(rows))
    return Introductions(
        language=asked.language,
        frame=asked.frame("introductions"),
        waiting=tuple(line for line in lines if line.waits_for_you),
        others=tuple(line for line in lines if not line.waits_for_you),
        is_first=after <= 0,
        next_query=next_query(rows[-1].kept.id, {}) if has_more else "",
    )


def introduction_page(
    asked: Asked, introduction_id: int, *, filled: Filled | None = None, contacts: ContactsShown | None = None,
    done: str = "",
) -> IntroductionPage:  # fmt: skip
    """One introduction. Raises `sign_in_needed`, `introduction_unknown`."""
    found = view_introduction(asked.session, acting=asked.signed_in(), introduction_id=introduction_id)
    forms, line, row = filled or Filled(), introduction_line(asked, found), found.kept.row
    own = None if found.reader is None else found.kept.sides[found.reader]
    typed = forms.get("answer", _given(found))
    message = "" if found.hides(row.proposed_by) else row.message
    return IntroductionPage(
        language=asked.language,
        frame=asked.frame("introductions", form="page-form" if forms.forms else ""),
        line=line,
        message=message,
        needs=_needs(found),
        said_by=(_said(asked, found, line, Side.OWNER), _said(asked, found, line, Side.PROFILE)),
        questions=tuple(_question(found, line, row, forms) for row in found.questions),
        acts=_acts(found),
        answer=typed,
        words_offered=tuple(Choice(word, word, typed.get("answer") == word) for word in ANSWERS),
        reasons=_reasons(asked, str((forms.forms.get("telephone") or typed).get("reason"))),
        edited=forms.get("message", Typed({"message": message})),
        question=forms.get("question"),
        has_met=None if own is None else own.has_met,
        meeting=meeting(found.kept).value,
        milestones=_milestones(asked, found),
        contacts=contacts,
        wrong=forms.get("act"),
        telephone=forms.get("telephone"),
        done=done,
    )


def introduction_line(asked: Asked, found: Glimpse) -> IntroductionLine:
    """An introduction in a list, as its reader may know it."""
    row, full = found.kept.row, found.challenge
    word = None if found.reader is None else Word(found.kept.sides[found.reader].word)
    return IntroductionLine(
        id=row.id or 0,
        title=full.challenge.title if full else "",
        title_language=full.challenge.language if full else asked.language,
        challenge_id=row.challenge_id if full else 0,
        parties=(_party(asked, found, Side.OWNER), _party(asked, found, Side.PROFILE)),
        reader=_reader(found),
        proposed_by=row.proposed_by,
        state=found.state.value,
        waits_for_you=found.is_party and found.state is Seen.WAITING and word in UNSAID,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )


def _reader(found: Glimpse) -> str:
    if found.reader is None:
        return SECRETARIAT
    return found.reader.value if found.is_party else TOGETHER


def _party(asked: Asked, found: Glimpse, side: Side) -> PartyShown:
    full = found.parties[side]
    if full is None:
        return PartyShown(side, None, "", side is found.reader)
    kind = term_name(asked.service.taxonomy, Concern.KINDS, full.profile.kind, asked.language)
    return PartyShown(side, named(full.profile), kind, side is found.reader)


def _language_of(full: FullProfile | None) -> str:
    return "" if full is None else full.profile.language


def _needs(found: View) -> tuple[Answer, ...]:
    """Each need as it was proposed, with the sentence that the match quoted while that stands."""
    full = found.challenge
    if full is None:
        return ()
    spoken, language = full.challenge.language, _language_of(found.parties[Side.PROFILE])
    asked = [(each.asked, each.text) for each in found.evidence] or [(need.text, None) for need in full.needs]
    return tuple(
        Answer(number, need, spoken, Quote(text, language, "") if text else None, 0.0)
        for number, (need, text) in enumerate(asked, start=1) if need
    )  # fmt: skip


def _said(asked: Asked, found: View, line: IntroductionLine, side: Side) -> SaidShown:
    party = line.parties[list(Side).index(side)]
    said = next((each for each in found.answers if each.side is side), None)
    if said is None:
        return SaidShown(party, "", "", "", is_recorded=False)
    words = "" if found.hides(side) else said.words
    return SaidShown(party, said.answer, _reason_name(asked, said.reason), words, said.is_recorded)


def _given(found: View) -> Typed:
    """The reader's own answer, as the form has it."""
    said = next((each for each in found.answers if each.side is found.reader), None)
    if said is None or said.answer is Word.SILENT:
        return Typed()
    word = Word.YES if said.answer is Word.YES_TO_CONFIRM else said.answer
    shares = "1" if said.shares_words else ""
    return Typed({"answer": word, "reason": said.reason, "words": said.words, "shares_words": shares})


def _question(found: View, line: IntroductionLine, row: IntroductionQuestion, forms: Filled) -> QuestionShown:
    side = Side(row.asked_by)
    party = line.parties[list(Side).index(side)]
    may_reply = found.is_party and side is not found.reader and found.state is Seen.WAITING
    text = "" if found.hides(side) else row.text
    reply = "" if found.hides(side.other) else row.reply
    typed = forms.get(f"reply-{row.id}", Typed({f"reply-{row.id}": reply}))
    return QuestionShown(row.id or 0, party, text, row.asked_at, reply, may_reply, typed)


def _acts(found: View) -> frozenset[str]:
    """What the reader may do now; the same whatever the other side said."""
    mine = found.kept.row.proposed_by == (SECRETARIAT if found.reader is None else found.reader)
    if found.reader is None:
        return frozenset({"telephone", *(("edit", "withdraw") if mine else ())} if found.state is Seen.WAITING else ())
    if not found.is_party:
        return frozenset()
    if found.state is Seen.OPEN:
        return frozenset({"contacts", "met", "outcome"})
    if found.state is not Seen.WAITING:
        return frozenset({"withdraw"} if found.state is Seen.PAUSED and mine else ())
    said = found.kept.sides[found.reader]
    own = {"edit", "withdraw"} if mine else {"answer"}
    taken_back = {"take_back"} if not mine and said.word != Word.SILENT else set()
    recorded = {"undo"} if said.recorded_at is not None else set()
    return frozenset(own | taken_back | recorded | {"ask"})


def _reasons(asked: Asked, chosen: str) -> tuple[Choice, ...]:
    known = asked.service.introduction_office().lists.reasons
    return tuple(Choice(reason.code, reason.name[asked.language], reason.code == chosen) for reason in known)


def _reason_name(asked: Asked, code: str) -> str:
    return next((choice.label for choice in _reasons(asked, "") if choice.value == code), "")


def _milestones(asked: Asked, found: View) -> tuple[Milestone, ...]:
    opened = found.kept.row.opened_at
    if opened is None or found.reader is None:
        return ()
    said = {report.days: report.outcome for report in found.reports}
    return tuple(
        Milestone(
            days, tuple(Choice(each, each, said.get(days) == each) for each in Outcome), found.confirmed.get(days, "")
        )
        for days in milestones_reached(opened, asked.service.clock())
    )
