"""Figures of a run against judgements, by ir_measures (nDCG with linear gain, as trec_eval computes it)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import ir_measures
from ir_measures import RR, R, nDCG

from indexer.judged import JudgedSet

Run = Mapping[str, Mapping[str, float]]
"""Scores by query and document."""
MEASURES = {"ndcg@10": nDCG @ 10, "recall@10": R @ 10, "recall@100": R @ 100, "mrr@10": RR @ 10}


@dataclass(frozen=True)
class Figures:
    """One row of the table: how many judged queries, and the mean of each measure over them."""

    queries: int
    values: dict[str, float]


def figures_of(run: Run, judged: JudgedSet) -> dict[str, Figures]:
    """Figures overall (`all`), by query language (`es`), and by pair (`es→en`), where there are judgements."""
    rows = {"all": _figures(run, judged.grades)}
    spoken = sorted({query.language for query in judged.queries})
    held = sorted({document.language for document in judged.corpus})
    for language in spoken if len(spoken) > 1 else []:
        asked = {query.id for query in judged.queries if query.language == language}
        rows[language] = _figures(run, {key: value for key, value in judged.grades.items() if key in asked})
    for language in spoken if len(spoken) * len(held) > 1 else []:
        asked = {query.id for query in judged.queries if query.language == language}
        for other in held:
            among = {document.id for document in judged.corpus if document.language == other}
            rows[f"{language}→{other}"] = _restricted(run, judged, asked, among)
    return {name: figures for name, figures in rows.items() if figures.queries}


def cross_language_share(run: Run, judged: JudgedSet) -> dict[str, float]:
    """By query language: how often the first result is a relevant document of another language.

    Relevant documents of the query's own language are removed first; queries without a relevant document of another
    language do not count.
    """
    language_of = {document.id: document.language for document in judged.corpus}
    found: dict[str, list[bool]] = {}
    for query in judged.queries:
        relevant = {key for key, grade in judged.grades.get(query.id, {}).items() if grade > 0}
        own = {key for key in relevant if language_of.get(key) == query.language}
        if relevant - own:
            ordered = sorted(run.get(query.id, {}).items(), key=lambda pair: (-pair[1], pair[0]))
            first = next((document for document, _ in ordered if document not in own), None)
            found.setdefault(query.language, []).append(first in relevant)
    return {language: sum(hits) / len(hits) for language, hits in sorted(found.items())}


def _restricted(run: Run, judged: JudgedSet, asked: Collection[str], among: Collection[str]) -> Figures:
    part = {key: _only(scores, among) for key, scores in run.items() if key in asked}
    grades = {
        key: {document: grade for document, grade in value.items() if document in among}
        for key, value in judged.grades.items()
        if key in asked
    }
    return _figures(part, {key: value for key, value in grades.items() if value})


def _only(scores: Mapping[str, float], among: Collection[str]) -> dict[str, float]:
    return {document: score for document, score in scores.items() if document in among}


def _figures(run: Run, grades: Mapping[str, Mapping[str, int]]) -> Figures:
    judged = {key: dict(value) for key, value in grades.items() if any(grade > 0 for grade in value.values())}
    if not judged:
        return Figures(0, {})
    scored = {key: dict(run.get(key, {})) for key in judged}
    values = ir_measures.calc_aggregate(list(MEASURES.values()), judged, scored)
    return Figures(len(judged), {name: float(values[measure]) for name, measure in MEASURES.items()})
