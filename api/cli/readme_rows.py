"""Judged sets as rows of the table in README.md, to be copied there."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.wiring import Evaluation

COLUMNS = (
    "set", "queries × documents", "nDCG@10", "BM25 alone", "cosine alone", "recall@100", "MRR@10",
    "other language first",
)  # fmt: skip
HEADER = f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}"
EVERYTHING = "all"  # the row over all queries


def readme_row(found: "Evaluation") -> str:
    """One set: ours in bold with its languages where there are several, then the others, then across languages."""
    shown = {system: rows.get(EVERYTHING, (0, {}))[1] for system, rows in found.figures.items()}
    ours = shown.get("matchmaker", {})
    cells = [
        f"`{found.name}`",
        f"{found.queries} × {found.documents}",
        f"**{_figure(ours, 'ndcg@10')}**{_by_language(found)}",
        _figure(shown.get("bm25", {}), "ndcg@10"),
        _figure(shown.get("cosine", {}), "ndcg@10"),
        _figure(ours, "recall@100"),
        _figure(ours, "mrr@10"),
        _across(found),
    ]
    return f"| {' | '.join(cells)} |"


def _figure(values: dict[str, float], measure: str) -> str:
    return f"{values[measure]:.3f}" if measure in values else "–"


def _by_language(found: "Evaluation") -> str:
    rows = found.figures.get("matchmaker", {})
    spoken = sorted(name for name in rows if name != EVERYTHING and "→" not in name)
    told = ", ".join(f"{language} {_figure(rows[language][1], 'ndcg@10')}" for language in spoken)
    return f" ({told})" if len(spoken) > 1 else ""


def _across(found: "Evaluation") -> str:
    """Only of languages in which there are answers in the own language too: elsewhere it is what nDCG says."""
    pairs = [name.split("→") for name in found.figures.get("matchmaker", {}) if "→" in name]
    both = {own for own, other in pairs if own == other} & {own for own, other in pairs if own != other}
    shares = found.cross.get("matchmaker", {})
    return ", ".join(f"{language} {share:.2f}" for language, share in sorted(shares.items()) if language in both)
