"""Demand and supply: how many challenges and members name each area, and what nobody answers for."""

from collections import Counter
from collections.abc import Iterable, Sequence

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.web.choices import country_choices
from api.web.frames import Asked, AskedPage, page
from api.web.map_views import AreasPage, Bar, Gap
from api.web.mapping import standing_by_side
from matchmaker.places.standing import Standing
from matchmaker.profiles.reach import areas_by_reach
from matchmaker.taxonomy.models import Concern

areas = APIRouter(default_response_class=HTMLResponse)


@areas.get("/areas")
def read_areas(asked: AskedPage, country: str = "") -> HTMLResponse:
    """Demand and supply, of the region or of one country."""
    return page(areas_page(asked, country=country))


def areas_page(asked: Asked, *, country: str) -> AreasPage:
    """Both sides by area and by country; a code that nothing stands for narrows nothing."""
    challenges, members = standing_by_side(asked.session, acting=asked.acting)
    known = sorted({one.country for one in (*challenges, *members) if one.country})
    chosen = country if country in known else ""
    here = [[one for one in rows if chosen in {"", one.country}] for rows in (challenges, members)]
    by_area = _bars(asked, *here)
    by_country = _by_country(asked, challenges, members)
    return AreasPage(
        language=asked.language,
        frame=asked.frame("areas"),
        areas=by_area,
        places=() if chosen else by_country,
        gaps=_gaps(asked, here[0]),
        countries=country_choices(asked.language, chosen=chosen, among=known),
        country=chosen,
        most=max((max(bar.challenges, bar.members) for bar in (*by_area, *(() if chosen else by_country))), default=1)
        or 1,
        challenges=sum(one.count for one in here[0]),
        members=sum(one.count for one in here[1]),
    )


def _bars(asked: Asked, challenges: Sequence[Standing], members: Sequence[Standing]) -> tuple[Bar, ...]:
    asking, able = _named(challenges), _named(members)
    terms = asked.service.taxonomy.terms(Concern.AREAS)
    return tuple(Bar(term.code, term.name[asked.language], asking[term.code], able[term.code]) for term in terms)


def _by_country(asked: Asked, challenges: Sequence[Standing], members: Sequence[Standing]) -> tuple[Bar, ...]:
    asking, able = _standing(challenges), _standing(members)
    choices = country_choices(asked.language, chosen="", among={*asking, *able} - {""})
    return tuple(Bar(choice.value, choice.label, asking[choice.value], able[choice.value]) for choice in choices)


def _gaps(asked: Asked, challenges: Sequence[Standing]) -> tuple[Gap, ...]:
    """Where challenges name an area that no member in the country, or working there, names."""
    reached = areas_by_reach(asked.session, acting=asked.acting)
    asking = Counter[tuple[str, str]]()
    for one in challenges:
        for area in one.areas:
            asking[one.country, area] += one.count
    names = {term.code: term.name[asked.language] for term in asked.service.taxonomy.terms(Concern.AREAS)}
    found = [
        Gap(country, area, names[area], count)
        for (country, area), count in asking.items()
        if country and area in names and not reached.is_reached(country=country, area=area)
    ]
    return tuple(sorted(found, key=lambda gap: (-gap.challenges, gap.country, gap.area)))


def _named(rows: Iterable[Standing]) -> Counter[str]:
    counts = Counter[str]()
    for one in rows:
        for area in set(one.areas):
            counts[area] += one.count
    return counts


def _standing(rows: Iterable[Standing]) -> Counter[str]:
    counts = Counter[str]()
    for one in rows:
        counts[one.country] += one.count
    return counts
