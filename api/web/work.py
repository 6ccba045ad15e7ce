"""What somebody has under way: own challenges, what waits for an answer, conversations on a challenge."""

from collections.abc import Sequence

from api.web.events import coming_events
from api.web.frames import Asked
from api.web.introduction_views import IntroductionLine
from api.web.introductions import introduction_line
from api.web.lines import PAGE_LINES, challenge_line, named, one_page, owners_of
from api.web.oneself import members_shown
from api.web.profiles import next_query
from api.web.work_views import ConversationsPage, Question, WorkLine, WorkPage
from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Challenge, Status
from matchmaker.challenges.queries import asked_to_own, own_challenge, own_challenges
from matchmaker.introductions.conversations import Stand, last_outcomes, stands_of
from matchmaker.introductions.queries import list_introductions
from matchmaker.introductions.sight import Seen
from matchmaker.matching.shortlist import counts_of
from matchmaker.profiles.queries import full_profiles

CHALLENGES_SHOWN, INTRODUCTIONS_READ = 100, 200
UNDER_WAY = {Seen.WAITING.value, Seen.PAUSED.value}


def work_page(asked: Asked, *, done: str = "") -> WorkPage:
    """Own challenges, newest first, and what waits for one's answer. Raises `sign_in_needed`."""
    acting, session = asked.signed_in(), asked.session
    rows = own_challenges(session, acting=acting, limit=CHALLENGES_SHOWN)
    lines = _lines(asked, acting, rows)
    found = list_introductions(session, acting=acting, limit=INTRODUCTIONS_READ) if not acting.is_secretariat else []
    waiting = (introduction_line(asked, glimpse) for glimpse in found)
    return WorkPage(
        language=asked.language,
        frame=asked.frame("work"),
        coming=coming_events(asked, acting),
        questions=_questions(asked, acting),
        waiting=tuple(line for line in waiting if line.waits_for_you),
        drafts=tuple(line for line in lines if line.status == Status.DRAFT),
        posted=tuple(line for line in lines if line.status == Status.OPEN),
        past=tuple(line for line in lines if line.status not in {Status.DRAFT, Status.OPEN}),
        is_member=asked.person is not None and asked.person.is_member,
        members=members_shown(asked, acting),
        done=done,
    )


def conversations_page(asked: Asked, challenge_id: int, *, after: int) -> ConversationsPage:
    """Every introduction on a challenge of one's own, to its outcome.

    Raises `sign_in_needed`, `challenge_unknown`, `not_your_challenge`.
    """
    acting, session = asked.signed_in(), asked.session
    challenge = own_challenge(session, acting=acting, challenge_id=challenge_id).challenge
    found, has_more = one_page(
        list_introductions(session, acting=acting, challenge_id=challenge_id, after=after, limit=PAGE_LINES + 1)
    )
    lines = [introduction_line(asked, glimpse) for glimpse in found]
    return ConversationsPage(
        language=asked.language,
        frame=asked.frame("work"),
        line=challenge_line(challenge, owners_of(session, [challenge], acting=acting)),
        waiting=_in(lines, UNDER_WAY),
        open=_in(lines, {Seen.OPEN.value}),
        ended=tuple(line for line in lines if line.state not in {*UNDER_WAY, Seen.OPEN.value}),
        outcomes=last_outcomes(session, introduction_ids=[line.id for line in lines]),
        next_query=next_query(lines[-1].id, {}) if has_more else "",
    )


def _in(lines: Sequence[IntroductionLine], states: set[str]) -> tuple[IntroductionLine, ...]:
    return tuple(line for line in lines if line.state in states)


def _lines(asked: Asked, acting: Acting, rows: Sequence[Challenge]) -> list[WorkLine]:
    """In as many reads for many challenges as for one."""
    session, numbers = asked.session, [row.id or 0 for row in rows]
    owners = owners_of(session, rows, acting=acting)
    considered = counts_of(session, acting=acting, challenge_ids=numbers)
    stands = stands_of(session, acting=acting, challenge_ids=numbers)
    found = []
    for row in rows:
        stand = stands.get(row.id or 0, Stand())
        found.append(
            WorkLine(
                line=challenge_line(row, owners),
                status=row.status,
                audience=row.audience,
                updated_at=row.updated_at,
                considered=considered.get(row.id or 0, 0),
                waiting=stand.waiting,
                open=stand.open,
                others=stand.over,
            )
        )
    return found


def _questions(asked: Asked, acting: Acting) -> tuple[Question, ...]:
    asked_of = asked_to_own(asked.session, acting=acting)
    members = full_profiles(asked.session, acting=acting, profile_ids={member for _, member in asked_of})
    owners = owners_of(asked.session, (challenge for challenge, _ in asked_of), acting=acting)
    return tuple(
        Question(challenge_line(challenge, owners), named(members[member].profile)) for challenge, member in asked_of
    )
