"""What the API says of automated ranking."""

from datetime import datetime

from pydantic import BaseModel

from matchmaker.rights.rankings import Ranking


class RankingShape(BaseModel):
    """How a profile was ranked once, and by what. `quoted`: per need its sentence, if it still stands."""

    id: int
    showing_id: int
    challenge_id: int
    challenge_title: str
    challenge_version: int
    profile_version: int
    place: int
    of: int
    points: int
    quoted: list[str | None]
    model: str
    generation: int
    correction: str
    ranking: str
    shown_at: datetime


class RankingsShape(BaseModel):
    """A page of the lists in which a profile was shown."""

    rankings: list[RankingShape]


class SectionShape(BaseModel):
    """One part of the notice."""

    code: str
    title: str
    text: str


class NoticeShape(BaseModel):
    """The notice of automated ranking, with the versions by which lists are made now."""

    version: str
    sections: list[SectionShape]
    ranking: str
    strength: str


def ranking_shape(found: Ranking) -> RankingShape:
    """A ranking explained by its record."""
    showing, match = found.showing, found.match
    return RankingShape(
        id=match.id or 0,
        showing_id=showing.id or 0,
        challenge_title=found.challenge_title,
        of=found.of,
        quoted=list(found.quoted),
        profile_version=match.profile_version,
        place=match.place,
        points=match.points,
        **showing.model_dump(exclude={"id", "account_id"}),
    )
