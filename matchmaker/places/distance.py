"""Distance between two places over the globe. Pure."""

from math import asin, cos, radians, sin, sqrt

from matchmaker.places.place import Place

EARTH_RADIUS_KILOMETRES = 6_371.0088  # mean radius R1 (Moritz, Geodetic Reference System 1980, J. Geodesy 74, 2000)


def kilometres_between(first: Place, second: Place) -> float | None:
    """Great-circle distance in kilometres; None where either place has no coordinates.

    Haversine formula (Sinnott, Virtues of the Haversine, Sky and Telescope 68, 1984) on a sphere: within 0.6 % of
    the ellipsoid.
    """
    if first.latitude is None or first.longitude is None or second.latitude is None or second.longitude is None:
        return None
    south, north = radians(first.latitude), radians(second.latitude)
    turn = radians(second.longitude - first.longitude)
    haversine = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(turn / 2) ** 2
    return 2 * EARTH_RADIUS_KILOMETRES * asin(sqrt(min(1.0, haversine)))
