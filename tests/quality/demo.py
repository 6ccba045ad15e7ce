"""The demo challenges with what was judged of them, read from their files."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "data"
BATCHES = "abcd"
LANGUAGES = ("es", "pt", "en")
RELEVANT_GRADE = 2


@dataclass(frozen=True)
class DemoText:
    """A challenge in one language; `needs` are the parts of the description that were marked by hand."""

    title: str
    description: str
    expected_benefit: str
    beneficiaries: str
    needs: tuple[str, ...]


@dataclass(frozen=True)
class DemoChallenge:
    """A challenge in three languages; grades by profile, and per need the profiles that answer it."""

    external_id: str
    batch: str
    owner: str
    language: str
    geonameid: int
    areas: tuple[str, ...]
    texts: Mapping[str, DemoText]
    grades: Mapping[str, int]
    answers: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class PlantedNeed:
    """A need that nobody in the demo data answers."""

    text: str
    language: str


def demo_challenges() -> list[DemoChallenge]:
    """All, batch by batch."""
    return [challenge for batch in BATCHES for challenge in _batch(batch)]


def planted_needs() -> list[PlantedNeed]:
    """Needs without an answer, 20 a language."""
    return [PlantedNeed(line["text"], line["language"]) for line in _lines(DATA / "evaluation/demo/unanswerable.jsonl")]


def _batch(batch: str) -> Iterator[DemoChallenge]:
    judged = {line["challenge"]: line for line in _lines(DATA / f"evaluation/demo/judgements/{batch}.jsonl")}
    for line in _lines(DATA / f"demo/challenges/{batch}.jsonl"):
        judgement = judged[line["external_id"]]
        yield DemoChallenge(
            external_id=line["external_id"],
            batch=batch,
            owner=line["owner"],
            language=line["language"],
            geonameid=line["place"]["geonameid"],
            areas=tuple(line["areas"]),
            texts={language: _text(line["texts"][language]) for language in LANGUAGES},
            grades=judgement["grades"],
            answers=tuple(frozenset(answerers) for answerers in judgement["answers"]),
        )


def _text(values: Mapping[str, Any]) -> DemoText:
    return DemoText(
        title=values["title"],
        description=values["description"],
        expected_benefit=values["expected_benefit"],
        beneficiaries=values["beneficiaries"],
        needs=tuple(values["needs"]),
    )


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
