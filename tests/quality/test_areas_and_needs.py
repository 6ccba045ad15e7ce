from dataclasses import dataclass

import numpy as np
import pytest

from matchmaker.accounts.models import OPERATOR
from matchmaker.challenges.need_scores import Agreement, agreement
from matchmaker.challenges.needs import split_needs
from matchmaker.matching.areas import suggest_areas
from matchmaker.matching.peers import DUPLICATE_LIKENESS, PEERS_EXAMINED, find_near_duplicates
from matchmaker.matching.ports import SearchRequest, Subject
from matchmaker.sentences import sentences
from tests.quality.demo import LANGUAGES, DemoChallenge, DemoText, demo_challenges
from tests.quality.figures import table
from tests.quality.laboratory import Laboratory, draft_of, show

pytestmark = pytest.mark.quality

PARTS = {"a+c, held out": "ac", "b+d, developed on": "bd"}
LIKENESSES = (4.0, 4.5, 5.0, 5.5, 6.0, 6.5)  # where the line between near-duplicates and others could run


@dataclass(frozen=True)
class Likeness:
    """A challenge tried in a language that is not its own, beside a stored one."""

    deviations: float
    is_same: bool


def test_suggested_areas_beat_the_nearest_description(laboratory: Laboratory) -> None:
    rows = {}
    for language in LANGUAGES:
        ours, baseline = Agreement(), Agreement()
        for challenge in demo_challenges():
            text = _said(challenge.texts[language])
            found = suggest_areas(
                laboratory.service.index, taxonomy=laboratory.service.taxonomy, text=text, language=language
            )
            ours += _shared({suggestion.area for suggestion in found}, challenge)
            baseline += _shared({nearest_area(laboratory, text, language)}, challenge)
        rows[language] = [ours.precision, ours.recall, ours.f1, baseline.f1]
    show(table("Areas, micro averages by language", ["precision", "recall", "F1", "F1 of nearest alone"], rows))

    assert [language for language, (_, _, ours_f1, baseline_f1) in rows.items() if ours_f1 < baseline_f1] == []


def test_needs_are_found_as_people_mark_them() -> None:
    rows = {}
    for name, batches in PARTS.items():
        for language in LANGUAGES:
            rules, plain = Agreement(), Agreement()
            for challenge in (found for found in demo_challenges() if found.batch in batches):
                text = challenge.texts[language]
                split = split_needs(text.description, language=language)
                rules += agreement(text.description, suggested=split, marked=text.needs)
                whole = sentences(text.description, language)
                plain += agreement(text.description, suggested=whole, marked=text.needs)
            rows[f"{language}, {name}"] = [rules.marked, rules.precision, rules.recall, rules.f1, plain.f1]
    columns = ["needs", "precision", "recall", "F1", "F1 of all sentences"]
    show(table("Needs found in descriptions, micro averages", columns, rows))


def test_near_duplicates_are_those_above_one_likeness(laboratory: Laboratory) -> None:
    tried, likenesses = 0, []
    for challenge in demo_challenges():
        for language in (language for language in LANGUAGES if language != challenge.language):
            found = _likenesses(laboratory, challenge, language)
            noticed = _noticed(laboratory, challenge, language)
            assert noticed == {name for name, likeness in found.items() if likeness >= DUPLICATE_LIKENESS}
            likenesses += [Likeness(value, name == challenge.external_id) for name, value in found.items()]
            tried += 1
    rows = {}
    for least in LIKENESSES:
        counted = _counted(likenesses, least, tried)
        alarms = (counted.suggested - counted.matched) / tried
        mark = " (shipped)" if least == DUPLICATE_LIKENESS else ""
        rows[f"{least}{mark}"] = [counted.recall, alarms, counted.precision, counted.f1]
    columns = ["recall", "false alarms a try", "precision", "F1"]
    show(table(f"Near-duplicates in another language, {tried} tried", columns, rows))


def nearest_area(laboratory: Laboratory, text: str, language: str) -> str:
    """The baseline: the one area whose description is nearest to the text by plain cosine."""
    areas, encoder = laboratory.service.taxonomy.areas, laboratory.service.engine.encoder
    described = encoder.passages([area.description[language] for area in areas])
    return areas[int(np.argmax(described @ encoder.queries([text])[0]))].code


def _said(text: DemoText) -> str:
    return f"{text.title}\n{text.description}"


def _shared(suggested: set[str], challenge: DemoChallenge) -> Agreement:
    marked = set(challenge.areas)
    return Agreement(len(suggested & marked), len(suggested), len(marked))


def _likenesses(laboratory: Laboratory, challenge: DemoChallenge, language: str) -> dict[str, float]:
    """How like each stored challenge is to one that is tried."""
    ask = laboratory.ask(draft_of(challenge, language))
    request = SearchRequest(needs=ask.needs, whole=ask.whole, subject=Subject.CHALLENGE, limit=PEERS_EXAMINED)
    return {laboratory.posted[hit.id]: hit.likeness for hit in laboratory.service.index.search(request).hits}


def _noticed(laboratory: Laboratory, challenge: DemoChallenge, language: str) -> set[str]:
    """The stored challenges that the service takes for the tried one."""
    ask = laboratory.ask(draft_of(challenge, language))
    with laboratory.service.database.reading() as session:
        found = find_near_duplicates(session, index=laboratory.service.index, acting=OPERATOR, ask=ask)
    return {peer.full.challenge.external_id or "" for peer in found}


def _counted(likenesses: list[Likeness], least: float, tried: int) -> Agreement:
    noticed = [likeness for likeness in likenesses if likeness.deviations >= least]
    return Agreement(sum(likeness.is_same for likeness in noticed), len(noticed), tried)
