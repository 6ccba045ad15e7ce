"""What an author typed into a step of a challenge, as what the step says of it."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, Field

from matchmaker.challenges.models import Challenge, Need

STEPS = ("words", "benefit", "place", "areas", "terms", "audience", "needs")
CHECK = "check"


class StepForm(BaseModel):
    """Every field of every step, as typed: nothing is refused here, so that everything can be given back."""

    title: str = ""
    description: str = ""
    spoken: str = ""
    expected_benefit: str = ""
    beneficiaries: str = ""
    town: str = ""
    country: str = ""
    geonameid: str = ""
    areas: list[str] = Field(default_factory=list)
    principles: list[str] = Field(default_factory=list)
    budget_band: str = "undecided"
    starts_on: str = ""
    ends_on: str = ""
    procurement: str = "none"
    audience: str = "members"
    needs: list[str] = Field(default_factory=list)
    called: str = ""  # the name of a member that may read it
    owner: str = ""
    act: str = ""  # of a button beside one line: "up-2", "remove-7"
    then: str = ""  # "leave": for later


def said_in(step: str, form: StepForm) -> dict[str, Any]:
    """What a step says of a challenge, in the terms of the domain; fields of other steps stay out."""
    place = None
    if form.geonameid.isdigit() or form.town.strip():
        by_name = {"name": form.town, "country": form.country or None}
        place = {"geonameid": int(form.geonameid)} if form.geonameid.isdigit() else by_name
    said: dict[str, dict[str, Any]] = {
        "words": {"title": form.title, "description": form.description, "language": form.spoken or None},
        "benefit": {"expected_benefit": form.expected_benefit, "beneficiaries": form.beneficiaries},
        "place": {"place": place},
        "areas": {"areas": form.areas, "principles": form.principles},
        "terms": {
            "ends_on": form.ends_on or None,
            "starts_on": form.starts_on or None,
            "budget_band": form.budget_band,
            "procurement": form.procurement,
        },
        "audience": {"audience": form.audience},
        "needs": {"needs": arranged(form.needs, form.act) or None},
    }
    return said[step]


def arranged(needs: Sequence[str], act: str) -> list[str]:
    """The needs as typed, after the button of a line was pressed: `up-2` moves the second line up; from 1.

    The new order follows from what was sent alone, so that sending it twice is as sending it once.
    """
    lines = list(needs)
    verb, _, place = act.partition("-")
    at = int(place) - 1 if place.isdigit() else -1
    if verb == "suggest":
        return []
    if verb == "remove" and 0 <= at < len(lines):
        lines.pop(at)
    to = at + {"up": -1, "down": 1}.get(verb, 0)
    if to != at and 0 <= at < len(lines) and 0 <= to < len(lines):
        lines[at], lines[to] = lines[to], lines[at]
    return [line for line in lines if line.strip()]


def typed_of(challenge: Challenge, needs: Sequence[Need], *, spoken: str) -> dict[str, object]:
    """What stands in the fields of all steps."""
    return {
        "title": challenge.title,
        "description": challenge.description,
        "spoken": spoken,
        "expected_benefit": challenge.expected_benefit,
        "beneficiaries": challenge.beneficiaries,
        "town": challenge.place_name,
        "country": challenge.country,
        "geonameid": "",
        "areas": challenge.areas,
        "principles": challenge.principles,
        "budget_band": challenge.budget_band,
        "starts_on": challenge.starts_on or "",
        "ends_on": challenge.ends_on or "",
        "procurement": challenge.procurement,
        "audience": challenge.audience,
        "needs": [need.text for need in needs],
        "called": "",
        "owner": "",
    }
