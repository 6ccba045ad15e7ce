"""Runs in the format that TREC tools read: `query Q0 document rank score tag`."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from matchmaker.errors import InvalidInputError

TAG = "matchmaker"
SCORE_DIGITS = 9  # significant ones: enough to tell any two neighbouring float32 apart, which readers use


def write_run(path: Path, run: Mapping[str, Mapping[str, float]]) -> None:
    """Write a run whose scores fall strictly with rank, also as they are printed. Raises `run_identifier`, OSError."""
    path.write_text("".join(f"{line}\n" for line in run_lines(run)), encoding="utf-8")


def run_lines(run: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """The lines of a run; documents of a query in the order of their scores."""
    for query, scores in run.items():
        ordered = sorted(scores.items(), key=lambda pair: -pair[1])
        for rank, (document, score) in enumerate(ordered, start=1):
            for identifier in (query, document):
                if not identifier or any(letter.isspace() for letter in identifier):
                    raise InvalidInputError("run_identifier", value=identifier)
            yield f"{query} Q0 {document} {rank} {score:.{SCORE_DIGITS}g} {TAG}"
