"""In which time zone people of a country live: that of its largest city, for those who have not said their own.

Zones are those of the IANA time zone database (zone1970.tab); countries with several have the one most people live in.
"""

from zoneinfo import ZoneInfo, available_timezones

DEFAULT_ZONE = "America/Bogota"  # in the middle of the continent's hours, when not even the country is known
ZONES = {
    "AR": "America/Argentina/Buenos_Aires",
    "BO": "America/La_Paz",
    "BR": "America/Sao_Paulo",
    "BZ": "America/Belize",
    "CA": "America/Toronto",
    "CL": "America/Santiago",
    "CO": "America/Bogota",
    "CR": "America/Costa_Rica",
    "CU": "America/Havana",
    "DE": "Europe/Berlin",
    "DO": "America/Santo_Domingo",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "FR": "Europe/Paris",
    "GB": "Europe/London",
    "GT": "America/Guatemala",
    "GY": "America/Guyana",
    "HN": "America/Tegucigalpa",
    "HT": "America/Port-au-Prince",
    "IT": "Europe/Rome",
    "JM": "America/Jamaica",
    "MX": "America/Mexico_City",
    "NI": "America/Managua",
    "PA": "America/Panama",
    "PE": "America/Lima",
    "PR": "America/Puerto_Rico",
    "PT": "Europe/Lisbon",
    "PY": "America/Asuncion",
    "SR": "America/Paramaribo",
    "SV": "America/El_Salvador",
    "TT": "America/Port_of_Spain",
    "US": "America/New_York",
    "UY": "America/Montevideo",
    "VE": "America/Caracas",
}


def zone_of(*, time_zone: str, country: str) -> ZoneInfo:
    """The reader's own zone, else that of the country, else one in the middle."""
    return ZoneInfo(time_zone or ZONES.get(country, DEFAULT_ZONE))


def is_time_zone(name: str) -> bool:
    """Whether this is the name of a time zone."""
    return name in available_timezones()
