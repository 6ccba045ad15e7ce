"""Mentors for a challenge of one's own, found as everyone who answers it is."""

from typing import Annotated

from babel import Locale
from fastapi import APIRouter, Depends, Path
from fastapi.responses import HTMLResponse, Response

from api.security import who_searches
from api.web.explained import explain, term_name
from api.web.finding import is_answer
from api.web.frames import Asked, AskedPage, page
from api.web.lines import challenge_line, named, owners_of
from api.web.mentoring_views import ChallengeMentors, MentorFound
from api.web.pieces import Candidate
from matchmaker.challenges.queries import FullChallenge, own_challenge
from matchmaker.matching.actions import stored_ask
from matchmaker.mentoring.finding import FoundMentor, MentorsWanted, find_mentors
from matchmaker.taxonomy.models import Concern

LARGEST_NUMBER = 2**31 - 1
Number = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
finding = APIRouter(default_response_class=HTMLResponse)


@finding.get("/challenges/{challenge_id}/mentors", dependencies=[Depends(who_searches)])
def read_mentors_of_challenge(asked: AskedPage, challenge_id: Number) -> Response:
    """Who could help with a challenge over some months."""
    return page(_page(asked, challenge_id))


def _page(asked: Asked, challenge_id: int) -> ChallengeMentors:
    """Raises `sign_in_needed`, `challenge_unknown`, `not_your_challenge`."""
    acting, session, service = asked.signed_in(), asked.session, asked.service
    full = own_challenge(session, acting=acting, challenge_id=challenge_id)
    found = find_mentors(
        session, index=service.index, acting=acting, ask=stored_ask(full, taxonomy=service.taxonomy),
        wanted=MentorsWanted(), owner_id=full.challenge.owner_id, now=service.clock(),
    )  # fmt: skip
    return ChallengeMentors(
        language=asked.language,
        frame=asked.frame("work"),
        line=challenge_line(full.challenge, owners_of(session, [full.challenge], acting=acting)),
        mentors=tuple(_found(asked, full, mentor) for mentor in found if is_answer(mentor.match.ranked)),
    )


def _found(asked: Asked, full: FullChallenge, mentor: FoundMentor) -> MentorFound:
    profile, taxonomy = mentor.match.full.profile, asked.service.taxonomy
    needs, names = [need.text for need in full.needs], Locale.parse(asked.language).languages
    match = explain(
        mentor.match.ranked, needs, spoken=full.challenge.language, taxonomy=taxonomy, language=asked.language
    )
    kind = term_name(taxonomy, Concern.KINDS, profile.kind, asked.language)
    candidate = Candidate(named(profile), kind, profile.language, profile.is_demo, match)
    languages = tuple(str(names.get(code, code)) for code in mentor.offer.languages)
    return MentorFound(candidate, languages, mentor.hours_left)
