"""Which of several places of one name is meant, for imports: told or left open, never guessed. Pure."""

from collections.abc import Sequence

from matchmaker.places.distance import kilometres_between
from matchmaker.places.place import Ambiguous, Place

CLEARLY_LARGER = 10  # times as many inhabitants as the next of the name: this project's judgement
ASSUMED_INHABITANTS = 5_000  # of a rival without a figure; the source lacks them mostly for seats of small districts
SAME_PLACE_KILOMETRES = 10.0  # the source lists some towns twice, a few kilometres apart (La Ceiba, Honduras)


def choose(called: Sequence[Place], *, also_called: Sequence[Place] = ()) -> Place | Ambiguous | None:
    """The place meant by a name that the places `called` bear, and those `also_called` bear as an alternate.

    The only one that is called so, or the one with CLEARLY_LARGER times the inhabitants of the next; but never one that
    is smaller than a place also called so (Goiana and Goiânia, both of Brazil). Those also called so are chosen among
    when none is called so. None when there is neither. Entries in one region within SAME_PLACE_KILOMETRES of each other
    count as one town, the larger entry.
    """
    everyone = _without_doubles([*called, *also_called])
    bearers = _without_doubles(called or also_called)
    if not bearers:
        return None
    if everyone[0] == bearers[0] and _is_clearly_larger(bearers[0], bearers[1:]):
        return bearers[0]
    return Ambiguous(tuple(everyone))


def _largest_first(place: Place) -> tuple[int, int]:
    return -(place.population or 0), place.geonameid or 0


def _is_clearly_larger(largest: Place, rivals: Sequence[Place]) -> bool:
    if not rivals:
        return True
    rival = max(place.population or ASSUMED_INHABITANTS for place in rivals)
    return largest.population is not None and largest.population >= CLEARLY_LARGER * rival


def _without_doubles(places: Sequence[Place]) -> list[Place]:
    """The places, the largest first, less the smaller entries of towns listed twice."""
    kept: list[Place] = []
    for place in sorted(places, key=_largest_first):
        if not any(_is_the_same_town(place, other) for other in kept):
            kept.append(place)
    return kept


def _is_the_same_town(first: Place, second: Place) -> bool:
    kilometres = kilometres_between(first, second)
    is_near = kilometres is not None and kilometres <= SAME_PLACE_KILOMETRES
    return is_near and (first.country, first.region) == (second.country, second.region)
