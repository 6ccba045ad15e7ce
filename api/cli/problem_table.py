"""What an import did, for people: counts, what was refused and what would be right, what was understood."""

from pathlib import Path

from api.cli.outlets import results, table
from api.cli.words import Say
from matchmaker.exchange.report import ImportReport, Problem

UNKNOWN_CODE = "invalid"  # its words serve for a code that has none of its own


def show_report(say: Say, path: Path, report: ImportReport) -> None:
    """Write the report of one file to standard output."""
    console = results()
    counts = {
        "file": path, "rows": report.rows, "created": report.created, "updated": report.updated,
        "unchanged": report.unchanged, "refused": report.refused_rows,
    }  # fmt: skip
    console.print(say("import.dry_run" if report.dry_run else "import.done", **counts), style="bold")
    console.print(say("import.kept_as", kind=say(f"import.kind.{report.kind}"), source=report.source))
    if report.refused:
        headers = [say(f"column.{name}") for name in ("line", "column", "value", "wrong", "right")]
        console.print(table(headers, [problem_row(say, problem) for problem in report.refused], numbers=(0,)))
    if report.problem_count > len(report.refused):
        console.print(say("import.more_problems", count=report.problem_count - len(report.refused)))
    if report.notices:
        console.print(say("import.notices"), style="bold")
        headers = [say(f"column.{name}") for name in ("line", "column", "value", "understood")]
        console.print(table(headers, [notice_row(say, notice) for notice in report.notices], numbers=(0,)))


def problem_row(say: Say, problem: Problem) -> tuple[object, ...]:
    """Line, column, value, what is wrong, what would be right."""
    values = {"expected": problem.expected, "value": problem.value}
    wrong = say.known(f"problem.{problem.code}.wrong", values) or say(f"problem.{UNKNOWN_CODE}.wrong", **values)
    right = say.known(f"problem.{problem.code}.right", values) or say(f"problem.{UNKNOWN_CODE}.right", **values)
    return problem.line, problem.column, problem.value, wrong, right.rstrip(": ")


def notice_row(say: Say, notice: Problem) -> tuple[object, ...]:
    """Line, column, value, what was understood."""
    values = {"expected": notice.expected, "value": notice.value}
    sentence = say.known(f"notice.{notice.code}", values)
    return notice.line, notice.column, notice.value, (sentence or notice.code).rstrip(": ")
