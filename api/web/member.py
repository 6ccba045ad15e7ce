"""What stands beside a member's profile: what it asks, has learned and helps with; members like it."""

from api.web.explained import term_names
from api.web.frames import Asked
from api.web.lines import challenge_line, profile_line
from api.web.shown import LessonLine, MemberMore, MentorShown, ProfileLine
from matchmaker.challenges.browsing import ChallengesWanted, browse_challenges
from matchmaker.errors import NotFoundError
from matchmaker.integrity.queries import signature_of
from matchmaker.lessons.queries import FullLesson, list_lessons
from matchmaker.mentoring.queries import get_offer
from matchmaker.places.sizes import SizeBand, band
from matchmaker.profiles.browsing import ProfilesWanted, browse_profiles
from matchmaker.profiles.models import Profile
from matchmaker.taxonomy.models import Concern

SHOWN = 10  # challenges and lessons beside a profile
PEERS = 4  # members like it


def member_more(asked: Asked, profile: Profile) -> MemberMore:
    """Everything beside a profile, in as many statements for every member."""
    session, acting, number = asked.session, asked.acting, profile.id or 0
    wanted = ChallengesWanted(owners=frozenset({number}))
    challenges = browse_challenges(session, acting=acting, wanted=wanted, limit=SHOWN)
    lessons = list_lessons(session, acting=acting, author_id=number, limit=SHOWN)
    code = asked.service.rulebook.in_force(asked.service.clock())
    signature = signature_of(session, profile_id=number, version=code.version)
    return MemberMore(
        challenges=tuple(challenge_line(row, {number: profile.name}) for row in challenges),
        lessons=tuple(_lesson(full) for full in lessons),
        mentor=_mentor(asked, number),
        signed_version=signature.version if signature else "",
        signed_at=signature.signed_at if signature else None,
        peers=_peers(asked, profile),
    )


def _lesson(full: FullLesson) -> LessonLine:
    lesson = full.lesson
    return LessonLine(lesson.id or 0, lesson.title, lesson.language, lesson.year, lesson.is_failure)


def _mentor(asked: Asked, number: int) -> MentorShown | None:
    try:
        offer = get_offer(asked.session, acting=asked.acting, profile_id=number)
    except NotFoundError:
        return None
    if offer.is_paused:
        return None
    areas = term_names(asked.service.taxonomy, Concern.AREAS, offer.areas, asked.language)
    return MentorShown(offer.text, areas, tuple(offer.languages), offer.hours_a_month)


def _peers(asked: Asked, profile: Profile) -> tuple[ProfileLine, ...]:
    """Members of its kind, of places as large as its own; where its size is not known, of its country."""
    size = band(profile.population)
    wanted = ProfilesWanted(
        kinds=frozenset({profile.kind}),
        countries=frozenset({profile.country} - {""}) if size is SizeBand.UNKNOWN else frozenset(),
        sizes=frozenset({size} - {SizeBand.UNKNOWN}),
    )
    rows = browse_profiles(asked.session, acting=asked.acting, wanted=wanted, limit=PEERS + 1)
    others = [row for row in rows if row.id != profile.id][:PEERS]
    return tuple(profile_line(row, taxonomy=asked.service.taxonomy, language=asked.language) for row in others)
