"""What an import did, for people: counts, what was refused and what would be right, what was understood."""

from pathlib import Path

from api.cli.outlets import results, table
from api.importing import notice_row, problem_row
from api.saying import Say
from matchmaker.exchange.report import ImportReport


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
