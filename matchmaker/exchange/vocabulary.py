"""The spellings that files may use, read from `data/mappings`: headers, labels, names of countries."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matchmaker.exchange.names import Names
from matchmaker.taxonomy.models import Concern, Taxonomy

MAPPINGS = Path(__file__).resolve().parents[2] / "data" / "mappings"
TEMPLATES = MAPPINGS.parent / "templates"
PROFILES, CHALLENGES = "profiles", "challenges"

Headers = Mapping[str, Mapping[str, list[str]]]
"""Spellings by target field (`offers.#.text`) and language; the first of each is the one that is written."""


@dataclass(frozen=True)
class Vocabulary:
    """Headers by kind of file; labels by list (kinds, areas, principles, budget_band, procurement, reach, country…)."""

    headers: Mapping[str, Headers]
    header_names: Mapping[str, Names]
    labels: Mapping[str, Names]


def load_vocabulary(taxonomy: Taxonomy, directory: Path = MAPPINGS) -> Vocabulary:
    """The spellings in `directory`, with the names that the taxonomy itself gives its codes."""
    headers, labels = _read(directory / "headers.json"), _read(directory / "labels.json")
    countries: dict[str, list[str]] = _read(directory / "countries.json")
    spellings = {name: {code: _flat(words) for code, words in codes.items()} for name, codes in labels.items()}
    for concern in Concern:
        spellings[concern] = _of_taxonomy(taxonomy, concern, also=spellings.get(concern, {}))
    spellings["country"] = countries
    spellings["reach"] = {**spellings["reach"], **countries}
    return Vocabulary(
        headers=headers,
        header_names={kind: _header_names(headers[kind]) for kind in headers},
        labels={name: Names(texts) for name, texts in spellings.items()},
    )


def read_headers(directory: Path = MAPPINGS) -> dict[str, dict[str, dict[str, list[str]]]]:
    """The headers by kind of file, as in `Vocabulary.headers`."""
    return _read(directory / "headers.json")


def _of_taxonomy(taxonomy: Taxonomy, concern: Concern, *, also: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Names of the codes in force; synonyms of codes that this version lacks are left out."""
    return {
        term.code: [*term.name.values(), *term.plural.values(), *also.get(term.code, [])]
        for term in taxonomy.terms(concern)
    }


def _header_names(headers: Headers) -> Names:
    """A numbered header may leave its number out: "offer" is "offer 1"."""
    spellings = {field: _flat(words) for field, words in headers.items()}
    return Names({
        field: [*texts, *(text.replace("#", "") for text in texts if "#" in text)]
        for field, texts in spellings.items()
    })  # fmt: skip


def _flat(words: Mapping[str, list[str]]) -> list[str]:
    return [spelling for texts in words.values() for spelling in texts]


def _read(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data
