from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from matchmaker.matching.actions import RANKED_HITS, MatchList
from matchmaker.matching.strength import Strength, evidence_level, match_probability
from tests.quality.demo import LANGUAGES, RELEVANT_GRADE, DemoChallenge, demo_challenges, planted_needs
from tests.quality.figures import (
    Numbers,
    cross_validated,
    errors_by_group,
    fit_logistic,
    mean,
    ndcg,
    overlap,
    table,
)
from tests.quality.laboratory import Laboratory, draft_of, lone_need, show

pytestmark = pytest.mark.quality

SHOWN = 20  # matches of a page
OVERLAP_LEAST = 0.7
STRONG_PLANTED_AT_MOST = 0.10
CALIBRATION_ERROR_AT_MOST = 0.05
TOP_BINS = 5  # of the first twenty alone: with ten the smallest pair of languages would have about 50 pairs in a bin

Lists = dict[tuple[str, str], list[str]]
"""Names of profiles in order, by challenge and query language."""


@dataclass(frozen=True)
class JudgedPairs:
    """Every challenge in every language with every profile, row by row."""

    evidence: Numbers  # (n, 2): best deviations over the needs, likeness
    shipped: Numbers  # probability by the shipped constants
    relevant: Numbers
    challenges: NDArray[np.int64]
    languages: list[str]
    is_top: NDArray[np.bool_]


@pytest.fixture(scope="session")
def lists(laboratory: Laboratory) -> Lists:
    found: Lists = {}
    for challenge in demo_challenges():
        for language in LANGUAGES:
            matches = laboratory.matches(draft_of(challenge, language), owner=challenge.owner, limit=SHOWN).matches
            found[challenge.external_id, language] = [laboratory.name(match.full.profile.id or 0) for match in matches]
    return found


def test_the_order_of_matches_follows_the_judgements(lists: Lists) -> None:
    figures = {
        language: [
            ndcg([challenge.grades.get(name, 0) for name in lists[challenge.external_id, language]],
                 judged=challenge.grades.values())
            for challenge in demo_challenges()
        ]
        for language in LANGUAGES
    }  # fmt: skip
    rows = {language: [len(values), mean(values)] for language, values in figures.items()}
    show(table("Order of matches, by query language", ["challenges", "nDCG@10"], rows))


def test_the_same_challenge_finds_the_same_people_in_any_language(lists: Lists) -> None:
    figures = {
        f"{one}-{other}": mean(
            [overlap(lists[found.external_id, one], lists[found.external_id, other]) for found in demo_challenges()]
        )
        for one, other in combinations(LANGUAGES, 2)
    }
    whole = mean(figures.values())
    rows = {name: [value] for name, value in [*figures.items(), ("mean", whole), ("least", OVERLAP_LEAST)]}
    show(table("Shared share of the first ten, by pair of query languages", ["overlap"], rows))

    assert whole >= OVERLAP_LEAST


def test_a_need_that_nobody_answers_finds_no_strong_match(laboratory: Laboratory) -> None:
    strong: dict[str, list[bool]] = {language: [] for language in LANGUAGES}
    quoted: dict[str, list[bool]] = {language: [] for language in LANGUAGES}
    for need in planted_needs():
        found = laboratory.matches(lone_need(need.text, need.language), owner=None, limit=RANKED_HITS)
        strong[need.language].append(any(match.ranked.strength is Strength.STRONG for match in found.matches))
        quoted[need.language].append(bool(_quoted(laboratory, found, 0)))
    every = [is_strong for values in strong.values() for is_strong in values]
    rows = {name: [len(strong[name]), mean(strong[name]), mean(quoted[name])] for name in LANGUAGES}
    rows["all"] = [len(every), mean(every), mean([has for values in quoted.values() for has in values])]
    show(table("Planted needs that nobody answers, each alone", ["needs", "strong", "quoted"], rows))

    assert mean(every) <= STRONG_PLANTED_AT_MOST


def test_needs_that_are_answered_are_seldom_refused(laboratory: Laboratory) -> None:
    alone: dict[str, list[bool]] = {}
    within: dict[str, list[bool]] = {}
    for challenge in demo_challenges():
        for language in LANGUAGES:
            needs = challenge.texts[language].needs
            draft = draft_of(challenge, language, needs=needs)
            together = laboratory.matches(draft, owner=challenge.owner, limit=RANKED_HITS)
            for number in (number for number, answerers in enumerate(challenge.answers) if answerers):
                single = lone_need(needs[number], language)
                found = laboratory.matches(single, owner=challenge.owner, limit=RANKED_HITS)
                _note(alone, laboratory, challenge, number, language, _quoted(laboratory, found, 0))
                _note(within, laboratory, challenge, number, language, _quoted(laboratory, together, number))
    rows = {name: [len(alone[name]), mean(alone[name]), mean(within[name])] for name in sorted(alone)}
    title = "Answered needs of which no judged answerer is quoted, by query language and language of the answerer"
    show(table(title, ["needs", "alone", "in its challenge"], rows))


def test_strength_means_the_same_in_every_pair_of_languages(laboratory: Laboratory, lists: Lists) -> None:
    pairs = _judged_pairs(laboratory, lists)
    refitted = cross_validated(pairs.evidence, pairs.relevant, pairs.challenges)
    errors = _errors(pairs, refitted) | _errors(pairs, pairs.shipped, prefix="shipped, ")
    rows = {name: [column[name] for column in errors.values()] for name in sorted(set(pairs.languages))}
    rows["most"] = [max(column.values()) for column in errors.values()]
    slope, breadth, intercept = fit_logistic(pairs.evidence, pairs.relevant)
    show(table(f"Calibration error of strength over {len(refitted)} judged pairs", list(errors), rows))
    show(table("Strength fitted to all", ["slope", "breadth", "intercept"], {"": [slope, breadth, intercept]}))

    assert {name: value for name, value in errors["all"].items() if value > CALIBRATION_ERROR_AT_MOST} == {}


def _quoted(laboratory: Laboratory, found: MatchList, need: int) -> set[str]:
    """The profiles that are quoted for a need."""
    answered = [match for match in found.matches if match.ranked.candidate.reasons.answers[need]]
    return {laboratory.name(match.full.profile.id or 0) for match in answered}


def _note(
    refused: dict[str, list[bool]],
    laboratory: Laboratory,
    challenge: DemoChallenge,
    need: int,
    language: str,
    quoted: set[str],
) -> None:
    """Whether nobody of those who answer is quoted: of each language, and of all (`es→any`)."""
    answerers = challenge.answers[need]
    refused.setdefault(f"{language}→any", []).append(not answerers & quoted)
    for spoken in {laboratory.language(name) for name in answerers}:
        among = {name for name in answerers if laboratory.language(name) == spoken}
        refused.setdefault(f"{language}→{spoken}", []).append(not among & quoted)


def _judged_pairs(laboratory: Laboratory, lists: Lists) -> JudgedPairs:
    evidence, shipped, relevant, challenges, languages, is_top = [], [], [], [], [], []
    for number, challenge in enumerate(demo_challenges()):
        for language in LANGUAGES:
            draft = draft_of(challenge, language)
            needs, top = len(laboratory.ask(draft).needs), set(lists[challenge.external_id, language])
            for hit in laboratory.every_hit(draft, owner=challenge.owner):
                name = laboratory.name(hit.id)
                best = [found[0].deviations if found else 0.0 for found in hit.evidence[:needs]]
                evidence.append((evidence_level(best), hit.breadth))
                shipped.append(match_probability(best, hit.breadth))
                relevant.append(float(challenge.grades.get(name, 0) >= RELEVANT_GRADE))
                challenges.append(number)
                languages.append(f"{language}→{laboratory.language(name)}")
                is_top.append(name in top)
    return JudgedPairs(
        np.array(evidence), np.array(shipped), np.array(relevant), np.array(challenges), languages, np.array(is_top)
    )


def _errors(pairs: JudgedPairs, probabilities: Numbers, *, prefix: str = "") -> dict[str, dict[str, float]]:
    """Calibration errors by pair of languages: over all judged pairs, and over the first twenty that are shown."""
    top = pairs.is_top
    among = [name for name, is_shown in zip(pairs.languages, top, strict=True) if is_shown]
    return {
        f"{prefix}all": errors_by_group(probabilities, pairs.relevant, pairs.languages),
        f"{prefix}top 20": errors_by_group(probabilities[top], pairs.relevant[top], among, bins=TOP_BINS),
    }
