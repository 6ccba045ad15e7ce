"""Where words go: results to standard output, everything else to standard error."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic

from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from api.saying import Say

LOG_COLUMNS = 120  # of a table that is written to a file or into a pipe
SECONDS_BETWEEN_LINES = 10.0  # of a long stage in a log
STAGES_IN_BYTES = frozenset({"import_reading", "import_done"})  # where the total is known; rows elsewhere


def results() -> Console:
    """Standard output for tables: texts as they are, without markup."""
    width = None if sys.stdout.isatty() else LOG_COLUMNS
    return Console(file=sys.stdout, markup=False, highlight=False, emoji=False, width=width, soft_wrap=False)


def notices() -> Console:
    """Standard error, for people."""
    return Console(file=sys.stderr, markup=False, highlight=False, emoji=False, soft_wrap=True)


def write_json(value: object) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")
    sys.stdout.flush()


def printable(text: object) -> str:
    """A text of somebody without what would steer a terminal; lines stay."""
    return "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in str(text))


def table(headers: Sequence[str], rows: Iterable[Sequence[object]], *, numbers: Sequence[int] = ()) -> Table:
    """A table; the columns in `numbers` stand on the right."""
    made = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for place, header in enumerate(headers):
        made.add_column(header, justify="right" if place in numbers else "left", overflow="fold")
    for row in rows:
        made.add_row(*(Text(printable(cell)) for cell in row))
    return made


@dataclass
class Stages:
    """Progress of long work: bars on a terminal, otherwise a line when a stage begins, goes on and ends."""

    say: Say
    console: Console
    bars: Progress | None = None
    _tasks: dict[str, TaskID] = field(default_factory=dict)
    _told: dict[str, float] = field(default_factory=dict)
    _began: dict[str, tuple[float, int]] = field(default_factory=dict)  # when, and how much was done then

    def tell(self, sentence: str) -> None:
        """One line, whichever the outlet."""
        (self.bars.console if self.bars else self.console).print(sentence)

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Hear of a stage: a name, how much is done, of how much (0 where that is not known)."""
        name = self.say.known(f"stage.{stage.replace(' ', '_')}", {}) or stage
        now, is_over = monotonic(), 0 < total <= done
        count = self._count(stage, done, total, now)
        if self.bars is not None:
            if stage not in self._tasks:
                self._tasks[stage] = self.bars.add_task(name, total=total or None, count=count)
            self.bars.update(self._tasks[stage], completed=done, total=total or None, count=count)
            return
        last = self._told.get(stage)
        if last is None or is_over or now - last >= SECONDS_BETWEEN_LINES:
            if last != float("inf"):
                self.console.print(f"{name}: {count}")
            self._told[stage] = float("inf") if is_over else now

    def _count(self, stage: str, done: int, total: int, now: float) -> str:
        """How much of how much, and how much a second since the stage began."""
        began, before = self._began.setdefault(stage, (now, done))
        shown = decimal if stage in STAGES_IN_BYTES and total else str
        rate = f" ({shown(round((done - before) / (now - began)))}/s)" if now > began and done > before else ""
        return f"{shown(done)}/{shown(total)}{rate}" if total else f"{shown(done)}{rate}"


@contextmanager
def stages(say: Say) -> Iterator[Stages]:
    """Progress on standard error for the time of a `with` block."""
    console = notices()
    if not console.is_terminal:
        yield Stages(say, console)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[count]}"), TimeElapsedColumn())
    with Progress(*columns, console=console) as bars:
        yield Stages(say, console, bars)
