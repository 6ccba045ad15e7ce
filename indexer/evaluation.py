"""`evaluate`: a judged set through the same import, index and ranking code as production, into a temporary store."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from indexer.encoder import Encoder
from indexer.engines import Engine, open_engine
from indexer.judged import JudgedSet, Text
from indexer.lexical import LexicalIndex, terms
from indexer.metrics import Figures, Run, cross_language_share, figures_of
from indexer.settings import IndexerSettings
from indexer.sync import Progress, Synchroniser, silent
from matchmaker.accounts.models import ANYONE
from matchmaker.challenges.actions import fill_challenge, needs_of
from matchmaker.challenges.drafts import TriedChallenge
from matchmaker.challenges.models import Challenge
from matchmaker.matching.actions import MatchList, Wanted, find_matches
from matchmaker.matching.asks import ask_of
from matchmaker.matching.ports import SearchIndex
from matchmaker.migrations import upgrade
from matchmaker.places.actions import PlaceFinder
from matchmaker.profiles.actions import Desk, import_profile
from matchmaker.profiles.drafts import ProfileDraft
from matchmaker.profiles.models import Visibility
from matchmaker.store.database import Database
from matchmaker.taxonomy.models import Taxonomy
from matchmaker.texts import NAME_CHARACTERS, TEXT_CHARACTERS

IMPORTED_DOCUMENTS = 200  # in one transaction, as an import does
SYSTEMS = ("matchmaker", "bm25", "cosine")


@dataclass(frozen=True)
class Evaluated:
    """Runs and figures by system; `cross` is the cross-language share by system and query language."""

    runs: dict[str, Run]
    figures: dict[str, dict[str, Figures]]
    cross: dict[str, dict[str, float]]


@dataclass(frozen=True)
class Laboratory:
    """A temporary store with a judged corpus in it, searched as production is."""

    database: Database
    engine: Engine
    desk: Desk

    def try_text(self, text: str, *, language: str, limit: int) -> MatchList:
        """Try a challenge of one text, unsaved; needs are split as for anyone."""
        draft = TriedChallenge(description=text[:TEXT_CHARACTERS], language=language)
        with self.database.transaction() as session:
            challenge = Challenge(
                language="", title="", description="", created_at=self.desk.now, updated_at=self.desk.now
            )
            fill_challenge(session, desk=self.desk, challenge=challenge, draft=draft)
            needs, _ = needs_of(draft, language=challenge.language)
            ask = ask_of(challenge, needs, taxonomy=self.desk.taxonomy, is_stored=False)
            index: SearchIndex = self.engine.index
            return find_matches(session, index=index, acting=ANYONE, ask=ask, wanted=Wanted(limit=limit))


def evaluate(
    judged: JudgedSet,
    *,
    settings: Callable[[Path], IndexerSettings],
    encoder: Encoder,
    taxonomy: Taxonomy,
    finder: PlaceFinder,
    top: int = 100,
    progress: Progress = silent,
    systems: tuple[str, ...] = SYSTEMS,
) -> Evaluated:
    """Run the systems over a judged set. `settings` gets the temporary folder; `top` documents are kept a query."""
    with TemporaryDirectory() as folder:
        laboratory = open_laboratory(
            judged, settings=settings(Path(folder)), folder=Path(folder), encoder=encoder, taxonomy=taxonomy,
            finder=finder, progress=progress,
        )  # fmt: skip
        runs: dict[str, Run] = {"matchmaker": _run(laboratory, judged, top, progress)}
        if "bm25" in systems:
            runs["bm25"] = _lexical_run(judged, top)
        if "cosine" in systems:
            runs["cosine"] = _cosine_run(judged, encoder, top, progress)
        laboratory.engine.close()
        laboratory.database.close()
    return Evaluated(
        runs=runs,
        figures={name: figures_of(run, judged) for name, run in runs.items()},
        cross={name: cross_language_share(run, judged) for name, run in runs.items()},
    )


def open_laboratory(
    judged: JudgedSet,
    *,
    settings: IndexerSettings,
    folder: Path,
    encoder: Encoder,
    taxonomy: Taxonomy,
    finder: PlaceFinder,
    progress: Progress = silent,
) -> Laboratory:
    """Import and index a corpus into `folder`. Every document becomes a profile of the same kind."""
    url = f"sqlite:///{folder / 'evaluation.sqlite'}"
    upgrade(url)
    database = Database(url)
    engine = open_engine(settings, encoder)
    desk = Desk(taxonomy=taxonomy, finder=finder, now=datetime.now(UTC))
    _import(database, desk, judged, progress)
    Synchroniser(database, engine.generations, engine.builder).rebuild(progress, reason="evaluation")
    return Laboratory(database, engine, desk)


def _import(database: Database, desk: Desk, judged: JudgedSet, progress: Progress) -> None:
    kind = desk.taxonomy.kinds[0].code
    for start in range(0, len(judged.corpus), IMPORTED_DOCUMENTS):
        with database.transaction() as session:
            for text in judged.corpus[start : start + IMPORTED_DOCUMENTS]:
                draft = ProfileDraft(
                    external_id=text.id,
                    kind=kind,
                    name=text.title[:NAME_CHARACTERS] or text.id,
                    language=text.language,
                    description=text.text[:TEXT_CHARACTERS],
                )
                import_profile(session, desk=desk, source="evaluation", draft=draft, visibility=Visibility.VISIBLE)
        progress("import", min(start + IMPORTED_DOCUMENTS, len(judged.corpus)), len(judged.corpus))


def _run(laboratory: Laboratory, judged: JudgedSet, top: int, progress: Progress) -> dict[str, dict[str, float]]:
    run = {}
    for done, query in enumerate(judged.queries, start=1):
        found = laboratory.try_text(query.text, language=query.language, limit=top)
        ids = [match.full.profile.external_id or "" for match in found.matches]
        run[query.id] = strictly_falling(ids, [match.ranked.score for match in found.matches])
        progress("try queries", done, len(judged.queries))
    return run


def strictly_falling(ids: list[str], scores: list[float]) -> dict[str, float]:
    """Scores that fall strictly with rank, so that every reader of the run sees the order that was shown."""
    result: dict[str, float] = {}
    last = np.inf
    for document, score in zip(ids, scores, strict=True):
        last = min(score, float(np.nextafter(np.float32(last), np.float32(-np.inf))) if np.isfinite(last) else score)
        result[document] = last
    return result


def _lexical_run(judged: JudgedSet, top: int) -> Run:
    """BM25 alone: the same stemmer, all documents."""
    index = LexicalIndex([terms(_words(document), document.language) for document in judged.corpus])
    return {query.id: _top(judged, index.scores(terms(query.text, query.language)), top) for query in judged.queries}


def _cosine_run(judged: JudgedSet, encoder: Encoder, top: int, progress: Progress) -> Run:
    """Cosine alone: one vector a document."""
    passages = np.vstack(list(_encoded([_words(document) for document in judged.corpus], encoder, progress)))
    queries = encoder.queries([query.text for query in judged.queries])
    return {
        query.id: _top(judged, passages @ vector, top) for query, vector in zip(judged.queries, queries, strict=True)
    }


def _encoded(texts: list[str], encoder: Encoder, progress: Progress) -> Iterator[np.ndarray]:
    for start in range(0, len(texts), IMPORTED_DOCUMENTS):
        yield encoder.passages(texts[start : start + IMPORTED_DOCUMENTS])
        progress("encode documents whole", min(start + IMPORTED_DOCUMENTS, len(texts)), len(texts))


def _words(text: Text) -> str:
    return f"{text.title}. {text.text}" if text.title else text.text


def _top(judged: JudgedSet, scores: np.ndarray, top: int) -> dict[str, float]:
    order = np.argsort(-scores, kind="stable")[:top]
    return {judged.corpus[index].id: float(scores[index]) for index in order if scores[index] > 0}
