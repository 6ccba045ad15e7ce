"""Towns of the region that the source calls by their English name, with the name that they have at home.

GeoNames gives each town one main name, nearly always the local one ("São Paulo", "Asunción", "Sevilla"), and a list of
alternates without a language, from which the local name cannot be told. The exceptions among towns of Latin America,
Spain and Portugal were read off the main names of their largest towns; elsewhere ("Rome", "Munich") the main name
stays.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType

LOCAL_NAMES: Mapping[int, str] = MappingProxyType(
    {
        2267057: "Lisboa",
        3530597: "Ciudad de México",
        3553478: "La Habana",
        3598132: "Ciudad de Guatemala",
        3616730: "San Juan de Nicaragua",
        3682028: "Girardot",
        3703443: "Ciudad de Panamá",
    }
)
"""By geonameid. Each is one of the town's alternate names in the source."""


def local_name(*, geonameid: int, main_name: str, alternates: Collection[str]) -> str:
    """The town's local name where it is known and the source bears it out, else its main name."""
    name = LOCAL_NAMES.get(geonameid, main_name)
    return name if name in alternates else main_name
