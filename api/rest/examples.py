"""Examples for OpenAPI: what a caller may send, right as it is."""

from typing import Any

from fastapi.openapi.models import Example


def example(summary: str, value: dict[str, Any]) -> dict[str, Example]:
    """One example of a body."""
    return {"example": Example(summary=summary, value=value)}


SOGAMOSO = {"geonameid": 3667873}
PROFILE = example(
    "A firm that looks for leaks",
    {
        "kind": "company",
        "name": "Fugas y Caudales",
        "language": "es",
        "summary": "Buscamos agua perdida en redes pequeñas y medianas.",
        "offers": [{"title": "Búsqueda de fugas", "text": "Encontramos fugas que no se ven, sin abrir la calle."}],
        "experience": [
            {
                "title": "Campaña nocturna",
                "place": SOGAMOSO,
                "year": 2023,
                "text": "Escuchamos 90 km de red en once noches.",
                "result": "212 fugas halladas.",
            }
        ],
        "languages": ["es"],
        "place": {"name": "Sogamoso", "country": "CO"},
        "delivery_area": ["CO", "EC", "PE"],
        "areas": ["energy_environment"],
    },
)
CHALLENGE = example(
    "A town that loses half of its water",
    {
        "owner_id": 1,
        "language": "es",
        "title": "La mitad del agua se pierde",
        "description": "Queremos encontrar las fugas que no se ven. También nos falta dividir la red en sectores.",
        "expected_benefit": "Perder menos agua.",
        "place": SOGAMOSO,
        "areas": ["energy_environment"],
        "principles": ["urban_service_efficiency"],
        "budget_band": "25k_100k",
    },
)
CHALLENGE_DRAFT = example(
    "The same town, in other words",
    {"title": "Agua que se pierde", "description": "Queremos encontrar las fugas que no se ven."},
)
TRIED = example(
    "A text is enough",
    {"description": "Perdemos la mitad del agua. Queremos encontrar las fugas que no se ven."},
)
NEEDS = example("The author's own list", {"needs": ["encontrar las fugas que no se ven", "dividir la red en sectores"]})
NEW_SKETCH = example("As far as it is written", {"owner_id": 1, "title": "La mitad del agua se pierde"})
SKETCH = example("One step more", {"expected_benefit": "Perder menos agua.", "beneficiaries": "Los barrios altos."})
NAMED = example("A member", {"profile_id": 2})
AGREES = example("Yes", {"agrees": True})
NOTE = example("For the owners alone", {"note": "Preguntar por la campaña de 2023."})
STATUS = example("Closed", {"status": "closed"})
TEXT = example(
    "A text to be split, or to be placed among the areas",
    {"text": "Queremos encontrar las fugas que no se ven y también dividir la red en sectores."},
)
TERRITORY = example(
    "An indigenous territory",
    {"kind": "indigenous", "name": "Resguardo de Guambía", "country": "CO", "region": "Cauca", "population": 15000},
)
HABITS = example(
    "Only by day, and no reminders",
    {"time_zone": "America/Lima", "quiet_from": 19, "quiet_until": 7, "unwanted": ["reminders"]},
)
BOUNCE = example("An account", {"account_id": 1})
PROPOSAL = example(
    "A town would like to meet a firm",
    {"challenge_id": 1, "profile_id": 2, "message": "Queremos oír cómo buscarían las fugas en el barrio El Carmen."},
)
ANSWER = example("A no whose words stay private", {"answer": "no", "reason": "no_capacity", "words": "Quizá en mayo."})
WRITTEN = example("A question back", {"text": "¿De qué año son las tuberías?"})
HAS_MET = example("They met", {"has_met": True})
OUTCOME = example("A pilot, asked on the thirtieth day", {"days": 30, "outcome": "pilot"})
OUTCOME_LESSON = example(
    "What did not work",
    {
        "language": "es",
        "title": "Escuchar la red de noche",
        "context": "La mitad del agua se perdía y la cuadrilla era de tres personas.",
        "tried": "Alquilamos sensores acústicos por tres meses.",
        "result": "Los sensores llegaron tarde y nadie sabía leerlos.",
        "is_failure": True,
        "would_repeat": "with_changes",
        "names_partner": True,
    },
)
POLICY = example("Firms and academics, three a week", {"kinds": ["company", "academic"], "per_week": 3})
CRITERIA = example(
    "A new version of the criteria of admission",
    {
        "version": "2027.1",
        "provisional": False,
        "source": {
            "es": "Acta 7 de la asamblea.",
            "pt": "Ata 7 da assembleia.",
            "en": "Minute 7 of the assembly.",
        },
        "lowest": 0,
        "highest": 4,
        "criteria": [
            {
                "code": "quality_of_life",
                "weight": 100,
                "name": {"es": "Mejora la vida", "pt": "Melhora a vida", "en": "Improves life"},
                "description": {
                    "es": "La ciudad vive mejor con lo que hace.",
                    "pt": "A cidade vive melhor com o que faz.",
                    "en": "The city lives better with what it does.",
                },
            }
        ],
    },
)
