from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from indexer.generation import Generation
from indexer.generations import Generations
from indexer.search import MeaningIndex
from indexer.sync import silent
from matchmaker.accounts.models import ANYONE, OPERATOR
from matchmaker.challenges.models import Status
from matchmaker.challenges.queries import FullChallenge, list_challenges, load_full
from matchmaker.matching.actions import Match, Wanted, find_matches, request_for, stored_ask
from matchmaker.matching.asks import Ask
from matchmaker.matching.documents import profile_document
from matchmaker.matching.ports import Document, Subject
from matchmaker.matching.reasons import Reasons, reasons_of
from matchmaker.matching.strength import Strength, in_words, match_probability
from matchmaker.sentences import Level, Passage
from tests.quality.figures import table
from tests.quality.laboratory import EVERYONE, Laboratory, show

pytestmark = pytest.mark.quality

FIRST_MATCHES = 8
FALLS_AT_LEAST = 0.95
SAME_PROBABILITY = 1e-6
SEED = 1


class OneGeneration(Generations):
    """A generation that is not published: only its index sees it."""

    def __init__(self, directory: Path, generation: Generation) -> None:
        super().__init__(directory)
        self._only = generation

    def current(self) -> Generation:
        return self._only


@dataclass(frozen=True)
class Shown:
    """A stored challenge, one of its matches, and the match's passages."""

    full: FullChallenge
    ask: Ask
    match: Match
    document: Document

    @property
    def quoted(self) -> frozenset[str]:
        """The sentences that are quoted to its needs."""
        return _words(self.match.ranked.candidate.reasons)


@dataclass(frozen=True)
class Bench:
    """Where profiles are found again after a change."""

    laboratory: Laboratory
    folder: Path

    def changed(self, shown: Shown, document: Document) -> tuple[float, frozenset[str]]:
        """Probability and quoted sentences of the match when its profile says what `document` says."""
        engine = self.laboratory.service.engine
        live = engine.generations.current()
        assert live is not None
        kept = [document] if document.passages else []
        generation = engine.builder.changed(live, kept, {(Subject.PROFILE, document.id)}, silent).warm()
        index = MeaningIndex(OneGeneration(self.folder, generation), engine.encoder, engine.cache)
        owner = frozenset({shown.full.challenge.owner_id or 0})
        request = request_for(ANYONE, shown.ask, Wanted(), excluded=owner)
        hits = index.search(replace(request, only=frozenset({document.id}))).hits
        if not hits:
            return 0.0, frozenset()
        needs = len(shown.ask.needs)
        principles = [code for code, _ in shown.ask.principles]
        best = [found[0].deviations if found else 0.0 for found in hits[0].evidence[:needs]]
        reasons = reasons_of(hits[0], document.passages, needs=needs, principles=principles)
        return match_probability(best, hits[0].breadth), _words(reasons)


@pytest.fixture(scope="module")
def bench(laboratory: Laboratory, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(laboratory, tmp_path_factory.mktemp("changed"))


@pytest.fixture(scope="module")
def quoted_matches(laboratory: Laboratory) -> list[Shown]:
    return [shown for shown in _first_matches(laboratory) if shown.quoted]


def test_a_match_whose_quoted_sentences_are_deleted_falls(bench: Bench, quoted_matches: list[Shown]) -> None:
    """The law is about every match that quotes; the table tells those that are said to fit from the others."""
    rises: dict[bool, list[float]] = {True: [], False: []}
    become = []
    for shown in quoted_matches:
        candidate = shown.match.ranked.candidate
        before = match_probability(candidate.best, candidate.hit.breadth)
        after, _ = bench.changed(shown, without(shown.document, shown.quoted))
        is_match = shown.match.ranked.strength is not Strength.NONE
        rises[is_match].append(after - before)
        if not is_match and in_words(round(100 * after)) is not Strength.NONE:
            become.append((shown.match.full.profile.external_id, before, after))
    names = {True: "matches", False: "nearest of those that do not fit"}
    rows = {
        names[key]: [len(found), *_shares(found), float(-np.median(found)), max(found)] for key, found in rises.items()
    }
    headings = ["quoted", "falls", "rises", "median fall", "largest rise"]
    show(table("Strength after deleting what is quoted", headings, rows))

    assert become == []
    fallen, raised = _shares([rise for found in rises.values() for rise in found])
    assert raised == 0
    assert fallen >= FALLS_AT_LEAST


def _shares(rises: list[float]) -> tuple[float, float]:
    fallen = sum(rise < -SAME_PROBABILITY for rise in rises) / len(rises)
    return fallen, sum(rise > SAME_PROBABILITY for rise in rises) / len(rises)


def test_deleting_a_sentence_elsewhere_leaves_the_quotations(bench: Bench, quoted_matches: list[Shown]) -> None:
    chance = np.random.default_rng(SEED)
    changed, tried = [], 0
    for shown in quoted_matches:
        elsewhere = sentences_elsewhere(shown.document, shown.quoted)
        if elsewhere:
            tried += 1
            gone = str(chance.choice(elsewhere))
            _, quoted = bench.changed(shown, without(shown.document, {gone}))
            if quoted != shown.quoted:
                name = shown.match.full.profile.external_id
                changed.append((name, gone, sorted(shown.quoted - quoted), sorted(quoted - shown.quoted)))
    rows = {"": [tried, 1 - len(changed) / tried]}
    show(table("Quotations after deleting a sentence of another section", ["matches", "same"], rows))

    assert changed == []


def without(document: Document, sentences: Collection[str]) -> Document:
    """The document as if its owner had deleted these sentences; a section of which none is left goes too."""
    gone = [passage for passage in document.passages if passage.text in sentences and _is_sentence(passage)]
    kept = [passage for passage in document.passages if passage not in gone]
    emptied = {passage.section for passage in gone} - {passage.section for passage in kept if _is_sentence(passage)}
    left = [passage if _is_sentence(passage) else _less(passage, gone) for passage in kept]
    passages = tuple(passage for passage in left if passage.section not in emptied)
    return replace(document, version=document.version + 1, passages=passages)


def sentences_elsewhere(document: Document, quoted: Collection[str]) -> list[str]:
    """The sentences of sections of which nothing is quoted."""
    of_sentences = [passage for passage in document.passages if _is_sentence(passage)]
    spoken = {passage.section for passage in of_sentences if passage.text in quoted}
    return [passage.text for passage in of_sentences if passage.section not in spoken]


def _less(section: Passage, gone: Collection[Passage]) -> Passage:
    text = section.text
    for passage in gone:
        text = text.replace(passage.text, "")
    return section if text == section.text else replace(section, text=" ".join(text.split()))


def _is_sentence(passage: Passage) -> bool:
    return passage.level is Level.SENTENCE


def _words(reasons: Reasons) -> frozenset[str]:
    return frozenset(answer.text for answer in reasons.answers if answer)


def _first_matches(laboratory: Laboratory) -> Iterator[Shown]:
    service = laboratory.service
    with service.database.reading() as session:
        rows = list_challenges(session, acting=OPERATOR, limit=EVERYONE)
        stored = [full for full in load_full(session, rows) if full.challenge.status == Status.OPEN]
        for full in stored:
            ask = stored_ask(full, taxonomy=service.taxonomy)
            found = find_matches(
                session, index=service.index, acting=ANYONE, ask=ask, wanted=Wanted(limit=FIRST_MATCHES),
                owner_id=full.challenge.owner_id,
            )  # fmt: skip
            yield from (Shown(full, ask, match, profile_document(match.full)) for match in found.matches)
