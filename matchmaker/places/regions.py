"""Groups of countries in which work is delivered: data with its sources. Pure.

Members are written as ISO 3166-1 alpha-2 codes. M49 is the UN Statistics Division's Standard Country or Area Codes.
Membership of treaties is that of 2025.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class MacroRegionCode(StrEnum):
    """Groups that a delivery area may name."""

    LATAM = "LATAM"
    SOUTH_AMERICA = "SOUTH_AMERICA"
    CENTRAL_AMERICA = "CENTRAL_AMERICA"
    CARIBBEAN = "CARIBBEAN"
    ANDEAN = "ANDEAN"
    MERCOSUR = "MERCOSUR"
    AMAZON = "AMAZON"
    PACIFIC_ALLIANCE = "PACIFIC_ALLIANCE"
    IBERO_AMERICA = "IBERO_AMERICA"


@dataclass(frozen=True)
class MacroRegion:
    """A group of countries and where its list comes from."""

    code: MacroRegionCode
    countries: frozenset[str]
    source: str


_SOURCES: Mapping[MacroRegionCode, tuple[str, str]] = MappingProxyType(
    {
        MacroRegionCode.LATAM: (
            (
                "AG AI AR AW BB BL BO BQ BR BS BV BZ CL CO CR CU CW DM DO EC FK GD GF GP GS GT GY HN HT JM KN KY LC MF "
                "MQ MS MX NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI"
            ),
            "UN M49 419, Latin America and the Caribbean: 005, 013 and 029",
        ),
        MacroRegionCode.SOUTH_AMERICA: ("AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE", "UN M49 005"),
        MacroRegionCode.CENTRAL_AMERICA: (
            "BZ CR GT HN NI PA SV",
            "UN M49 013 without Mexico, as the isthmus counts itself (SICA)",
        ),
        MacroRegionCode.CARIBBEAN: (
            "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI",
            "UN M49 029",
        ),
        MacroRegionCode.ANDEAN: ("BO CO EC PE", "Comunidad Andina, members (Venezuela withdrew, Chile is associated)"),
        MacroRegionCode.MERCOSUR: ("AR BO BR PY UY", "MERCOSUR, states parties (Bolivia joined, Venezuela suspended)"),
        MacroRegionCode.AMAZON: ("BO BR CO EC GY PE SR VE", "Amazon Cooperation Treaty Organization (OTCA), members"),
        MacroRegionCode.PACIFIC_ALLIANCE: ("CL CO MX PE", "Alianza del Pacífico, founding members"),
        MacroRegionCode.IBERO_AMERICA: (
            "AD AR BO BR CL CO CR CU DO EC ES GT HN MX NI PA PE PT PY SV UY VE",
            "Secretaría General Iberoamericana (SEGIB), the 22 countries of its summits",
        ),
    }
)
"""Members, written in one line for the eye, and the source of the list."""

MACRO_REGIONS: Mapping[MacroRegionCode, MacroRegion] = MappingProxyType(
    {code: MacroRegion(code, frozenset(members.split()), source) for code, (members, source) in _SOURCES.items()}
)


def is_within(country: str, region: MacroRegionCode) -> bool:
    """Whether the country (ISO 3166-1 alpha-2) belongs to the macro-region."""
    return country in MACRO_REGIONS[region].countries


def macro_regions_of(country: str) -> tuple[MacroRegionCode, ...]:
    """Macro-regions to which the country (ISO 3166-1 alpha-2) belongs, in the order of `MacroRegionCode`."""
    return tuple(code for code in MacroRegionCode if is_within(country, code))
