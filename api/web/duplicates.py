"""What may be there twice: pairs of profiles and of challenges, told apart with one press."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import HTMLResponse, Response

from api.security import who_searches
from api.web.desk import check_room
from api.web.duplicate_views import Duplicates, TwinChallenges, TwinShown, TwinsShown
from api.web.explained import term_name
from api.web.frames import Asked, AskedPage, page
from api.web.lines import PAGE_LINES, challenge_line, named, owners_of
from api.web.profiles import next_query
from matchmaker.errors import NotReadyError
from matchmaker.matching.duplicates import (
    Looked,
    Twice,
    alike_challenges,
    alike_profiles,
    ask_again,
    tell_apart,
    waiting_alike,
)
from matchmaker.profiles.models import Profile
from matchmaker.taxonomy.models import Concern

LARGEST_NUMBER = 2**31 - 1
DONE = frozenset({"apart", "again"})
Number = Annotated[int, Form(ge=1, le=LARGEST_NUMBER)]
After = Annotated[int, Query(ge=0, le=LARGEST_NUMBER)]
SEARCHES = [Depends(who_searches)]
duplicates = APIRouter(prefix="/desk/duplicates", default_response_class=HTMLResponse)


@duplicates.get("", dependencies=SEARCHES)
def read_duplicates(asked: AskedPage, after: After = 0, done: str = "", undoes: str = "") -> Response:
    """Pairs that wait for a look."""
    return page(_duplicates(asked, after=after, done=done if done in DONE else "", undoes=undoes))


@duplicates.post("/apart")
def post_apart(asked: AskedPage, twice: Annotated[Twice, Form()], first: Number, second: Number) -> Response:
    """Two are not the same."""
    check_room(asked, "duplicates")
    acting, now = asked.acting, asked.service.clock()
    with asked.service.database.transaction() as session:
        tell_apart(session, acting=acting, twice=twice, first_id=first, second_id=second, now=now)
    return asked.here(f"/desk/duplicates?done=apart&undoes={twice}-{first}-{second}#done")


@duplicates.post("/again")
def post_again(asked: AskedPage, twice: Annotated[Twice, Form()], first: Number, second: Number) -> Response:
    """Undo that: the pair waits again."""
    check_room(asked, "duplicates")
    acting, now = asked.acting, asked.service.clock()
    with asked.service.database.transaction() as session:
        ask_again(session, acting=acting, twice=twice, first_id=first, second_id=second, now=now)
    return asked.here("/desk/duplicates?done=again#done")


def _duplicates(asked: Asked, *, after: int, done: str, undoes: str) -> Duplicates:
    rooms, looked = check_room(asked, "duplicates"), _looked(asked, after)
    found = alike_profiles(asked.session, acting=asked.acting, limit=PAGE_LINES) if after == 0 else []
    rows = [row for pair in looked.pairs for row in (pair.first, pair.second)] if looked else []
    owners = owners_of(asked.session, rows, acting=asked.acting)
    return Duplicates(
        language=asked.language,
        frame=asked.frame("desk"),
        rooms=rooms,
        count=waiting_alike(asked.session, acting=asked.acting)[0],
        profiles=tuple(
            TwinsShown((_twin(asked, pair.first), _twin(asked, pair.second)), tuple(sorted(pair.marks)))
            for pair in found
        ),
        challenges=tuple(
            TwinChallenges((challenge_line(pair.first, owners), challenge_line(pair.second, owners)))
            for pair in (looked.pairs if looked else ())
        ),
        looked_at=looked.looked_at if looked else None,
        is_first=after == 0,
        next_query=next_query(looked.next_after, {}) if looked and looked.next_after else "",
        done=done,
        undoes=_undone(undoes) if done == "apart" else None,
    )


def _looked(asked: Asked, after: int) -> Looked | None:
    """Challenges that say the same; nothing while the index is being built."""
    service = asked.service
    try:
        return alike_challenges(
            asked.session, index=service.index, taxonomy=service.taxonomy, acting=asked.acting, after=after,
            limit=PAGE_LINES,
        )  # fmt: skip
    except NotReadyError:
        return None


def _twin(asked: Asked, profile: Profile) -> TwinShown:
    kind = term_name(asked.service.taxonomy, Concern.KINDS, profile.kind, asked.language)
    return TwinShown(named(profile), kind, profile.visibility, profile.created_at)


def _undone(undoes: str) -> tuple[str, int, int] | None:
    """The pair that an address names, if it names one."""
    what, _, numbers = undoes.partition("-")
    first, _, second = numbers.partition("-")
    is_pair = what in set(Twice) and all(each.isascii() and each.isdigit() for each in (first, second))
    return (what, int(first), int(second)) if is_pair else None
