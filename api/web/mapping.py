"""The map: challenges and members by country, and by place when one country is chosen."""

from collections import defaultdict
from collections.abc import Sequence

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from sqlmodel import Session, col

from api.web.atlas import Sheet, sheet
from api.web.choices import country_choices, term_choices
from api.web.clusters import Spot, discs_of
from api.web.frames import Asked, AskedPage, page
from api.web.lines import where_of
from api.web.map_picture import MapPicture
from api.web.map_views import Entry, MapPage, PlaceRow
from api.web.pieces import Choice, Where
from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.queries import list_challenges
from matchmaker.challenges.sight import may_see as may_see_challenge
from matchmaker.places.keys import search_key
from matchmaker.places.standing import Standing, standing
from matchmaker.profiles.models import Profile
from matchmaker.profiles.queries import list_profiles
from matchmaker.profiles.queries import may_see as may_see_profile
from matchmaker.taxonomy.models import Concern

REGION_NEARNESS, COUNTRY_NEARNESS = 260.0, 120.0  # units in which what stands together is one disc
NAMED = 300  # rows of a country that are named in its table
mapping = APIRouter(default_response_class=HTMLResponse)


@mapping.get("/map")
def read_map(asked: AskedPage, country: str = "", area: str = "", side: str = "") -> HTMLResponse:
    """The map of the region or of one country, narrowed by area and by side."""
    return page(map_page(asked, country=country, area=area, side=side))


def map_page(asked: Asked, *, country: str, area: str, side: str) -> MapPage:
    """The map; codes that nothing stands for narrow nothing."""
    found = standing_by_side(asked.session, acting=asked.acting)
    known = sorted({one.country for rows in found for one in rows if one.country})
    chosen = country if country in known else ""
    terms = asked.service.taxonomy.terms(Concern.AREAS)
    of_area = area if area in asked.service.taxonomy.codes(Concern.AREAS) else ""
    challenges, members = (
        [one for one in rows if of_area in {"", *one.areas} and chosen in {"", one.country}] for rows in found
    )
    shown = ([] if side == "members" else challenges, [] if side == "challenges" else members)
    rows = _rows(*shown, by_place=bool(chosen))
    if chosen:
        rows = _named(asked, rows, country=chosen, area=of_area, side=side)
    return MapPage(
        language=asked.language,
        frame=asked.frame("map"),
        picture=picture_of(*shown, country=chosen),
        rows=rows,
        countries=country_choices(asked.language, chosen=chosen, among=known),
        areas=term_choices(terms, name=lambda term: term.name[asked.language], chosen=[of_area]),
        sides=tuple(Choice(code, "", code == side) for code in ("challenges", "members")),
        country=chosen,
        area=of_area,
    )


def small_map(asked: Asked) -> MapPicture:
    """The picture of the region, for `map_small.html` on another page."""
    return picture_of(*standing_by_side(asked.session, acting=asked.acting))


def standing_by_side(session: Session, *, acting: Acting) -> tuple[list[Standing], list[Standing]]:
    """Challenges and members that the account may see, counted by place; in two statements."""
    return (
        standing(session, Challenge, areas=col(Challenge.areas), seen=may_see_challenge(acting)),
        standing(session, Profile, areas=col(Profile.areas), seen=may_see_profile(acting)),
    )


def picture_of(challenges: Sequence[Standing], members: Sequence[Standing], *, country: str = "") -> MapPicture:
    """What stands where, drawn."""
    drawn = sheet(country)
    spots = [spot for spot in (_spot(drawn, one, is_challenge=True) for one in challenges) if spot]
    spots += [spot for spot in (_spot(drawn, one, is_challenge=False) for one in members) if spot]
    size, within = (drawn.width, drawn.height), COUNTRY_NEARNESS if country else REGION_NEARNESS
    return MapPicture(
        width=drawn.width,
        height=drawn.height,
        lands=drawn.lands,
        discs=discs_of(spots, within=within, size=size),
        chosen=country,
        challenges=sum(one.count for one in challenges),
        members=sum(one.count for one in members),
        countries=len({one.country for one in (*challenges, *members) if one.country}),
    )


def _spot(drawn: Sheet, one: Standing, *, is_challenge: bool) -> Spot | None:
    """Where a place is drawn: a country without a known place stands at its middle, and what is outside nowhere."""
    if one.latitude is None or one.longitude is None:
        at = drawn.middle_of(one.country)
    else:
        at = drawn.at(latitude=one.latitude, longitude=one.longitude)
    if at is None:
        return None
    return Spot(*at, one.count if is_challenge else 0, 0 if is_challenge else one.count, one.country)


def _rows(challenges: Sequence[Standing], members: Sequence[Standing], *, by_place: bool) -> tuple[PlaceRow, ...]:
    counts: dict[Where, list[int]] = defaultdict(lambda: [0, 0])
    for side, rows in enumerate((challenges, members)):
        for one in rows:
            where = Where(one.place, one.region, one.country) if by_place else Where(country=one.country)
            counts[where][side] += one.count
    found = (PlaceRow(where, both[0], both[1]) for where, both in counts.items())
    return tuple(sorted(found, key=lambda row: (-row.challenges - row.members, search_key(row.where.town))))


def _named(asked: Asked, rows: Sequence[PlaceRow], *, country: str, area: str, side: str) -> tuple[PlaceRow, ...]:
    """The same places with the names of what stands there."""
    session, acting, among = asked.session, asked.acting, [country]
    asking = () if side == "members" else list_challenges(session, acting=acting, countries=among, limit=NAMED)
    being = () if side == "challenges" else list_profiles(session, acting=acting, countries=among, limit=NAMED)
    challenges: dict[Where, list[Entry]] = defaultdict(list)
    members: dict[Where, list[Entry]] = defaultdict(list)
    for challenge in asking:
        if area in {"", *challenge.areas}:
            challenges[where_of(challenge)].append(Entry(challenge.id or 0, challenge.title, challenge.language))
    for profile in being:
        if area in {"", *profile.areas}:
            members[where_of(profile)].append(Entry(profile.id or 0, profile.name, profile.language))
    return tuple(
        PlaceRow(row.where, row.challenges, row.members, tuple(challenges[row.where]), tuple(members[row.where]))
        for row in rows
    )
