"""Examples for OpenAPI of what membership takes: right as they are."""

from typing import Any

from fastapi.openapi.models import Example


def _example(summary: str, value: dict[str, Any]) -> dict[str, Example]:
    return {"example": Example(summary=summary, value=value)}


APPLICATION = _example(
    "A firm asks to be admitted",
    {"profile_id": 1, "words": "Trabajamos con tres ciudades y queremos contar lo que aprendimos."},
)
APPLICATION_WORDS = _example("In other words", {"words": "Trabajamos con cuatro ciudades."})
APPEAL = _example("Why it should be looked at again", {"words": "El informe de la segunda ciudad no se leyó."})
VERDICT = _example("Admitted", {"outcome": "admitted", "reason": "Cuenta lo que hizo y lo que no salió bien."})
REASON = _example("Why", {"reason": "No respondió a la incidencia en el plazo acordado."})
SCORES = _example(
    "Every criterion, each with a reason",
    {
        "scores": [
            {"criterion": "quality_of_life", "points": 4, "reason": "Menos cortes de agua en tres barrios."},
            {"criterion": "working_together", "points": 3, "reason": "Trabaja con la universidad."},
            {"criterion": "sharing_lessons", "points": 3, "reason": "Publica sus informes."},
            {"criterion": "experience", "points": 2, "reason": "Dos proyectos terminados."},
            {"criterion": "participation_inclusion", "points": 3, "reason": "Consulta a las juntas vecinales."},
            {"criterion": "ethics_transparency", "points": 4, "reason": "Declara quiénes son sus dueños."},
        ]
    },
)
PROCESS = _example(
    "Criteria, assessors and committee",
    {"criteria_version": "2017.1", "has_assessors": True, "has_committee": True, "reason": "Acta del 11 de enero."},
)
ACCOUNT = _example("Who assesses", {"account_id": 1})
COMMITTEE = _example("The committee that founds the alliance", {"kind": "founding"})
SEAT = _example("A person sits for an agent", {"profile_id": 1, "account_id": 1})
CONSTITUTION = _example("The act of constitution", {"constituted_on": "2026-11-02", "text_version": "2017.1"})
ASSEMBLY = _example("The first assembly", {"held_on": "2026-11-20", "text_version": "2026.1"})
INVITED = _example("Imported suppliers of two countries", {"sources": ["ocds"], "countries": ["CO", "PY"]})
SENDING = _example(
    "Those of a preview", {"sources": ["ocds"], "countries": ["CO", "PY"], "digest": "0123456789abcdef" * 4}
)
SECRET = _example("As the letter says", {"secret": "kq3vJ0aVvVZ0l1yq2m3n4A.c2lnbmF0dXJl"})
CLAIM = _example(
    "The profile is mine", {"secret": "kq3vJ0aVvVZ0l1yq2m3n4A.c2lnbmF0dXJl", "answer": "claimed", "name": "Ana Ruiz"}
)
