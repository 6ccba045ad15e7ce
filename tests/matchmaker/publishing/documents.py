"""Documents as the secretariat has them in hand: what came with the service, under a new number."""

import json
from pathlib import Path
from typing import Any

from matchmaker.publishing.book import FOLDERS
from matchmaker.taxonomy.models import AllianceList

DATA = Path(__file__).parents[3] / "data"
BEGINS = "2027-03-01"


def shipped(of: AllianceList, version: str) -> dict[str, Any]:
    """The version that came with the service, renumbered; a code of ethics begins on a day to come."""
    (path,) = (DATA / FOLDERS[of]).glob("*.json")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) | {"version": version}
    return found | {"in_force_from": BEGINS} if of is AllianceList.CODE else found


def texts(words: str) -> dict[str, str]:
    """Words in three languages."""
    return {language: f"{words} ({language})" for language in ("es", "pt", "en")}
