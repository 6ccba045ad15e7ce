"""Counts drawn as bars, each with its words and its number: one picture for pages, letters and print."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal
from markupsafe import Markup, escape

WIDTH, ROW, HEAD, LABEL, THICK, ROOM = 400, 46, 34, 16, 14, 56  # of the picture, in its own units; ROOM for the number
INK, BAR, PAPER = "#221e18", "#1c4a75", "#ffffff"  # of the picture alone; pages give it their own
LABEL_CHARACTERS = 52


@dataclass(frozen=True)
class Bar:
    """A count in words; `share` of all that the plot counts."""

    label: str
    count: int
    share: float


@dataclass(frozen=True)
class Plot:
    """Counts of one kind. `name` is how addresses call it."""

    name: str
    title: str
    bars: tuple[Bar, ...]


def plot_of(name: str, title: str, counts: Sequence[tuple[str, int]]) -> Plot:
    """A plot of counts in the order given."""
    total = sum(count for _, count in counts) or 1
    return Plot(name, title, tuple(Bar(label, count, count / total) for label, count in counts))


def drawn(plot: Plot, *, language: str, is_alone: bool = False) -> Markup:
    """The picture as SVG. Alone it has its title and paper; on a page these are the page's."""
    top = HEAD if is_alone else 0
    height = top + ROW * len(plot.bars)
    most = max((bar.count for bar in plot.bars), default=0) or 1
    told = "; ".join(f"{bar.label}: {format_decimal(bar.count, locale=language)}" for bar in plot.bars)
    parts = [
        Markup('<svg xmlns="http://www.w3.org/2000/svg" class="plot" role="img" lang="{}" viewBox="0 0 {} {}" '
               'font-family="sans-serif" font-size="14" aria-label="{}">').format(
            language, WIDTH, height, f"{plot.title}. {told}"
        ),
    ]  # fmt: skip
    if is_alone:
        parts.append(Markup('<rect class="paper" width="{}" height="{}" fill="{}"/>').format(WIDTH, height, PAPER))
        parts.append(_text(plot.title, x=0, y=20, weight="bold"))
    for place, bar in enumerate(plot.bars):
        parts += _bar(bar, y=top + ROW * place, most=most, language=language)
    return Markup("").join([*parts, Markup("</svg>")])


def _bar(bar: Bar, *, y: int, most: int, language: str) -> list[Markup]:
    length = round((WIDTH - ROOM) * bar.count / most, 1)
    label = bar.label if len(bar.label) <= LABEL_CHARACTERS else f"{bar.label[: LABEL_CHARACTERS - 1].rstrip()}…"
    return [
        _text(label, x=0, y=y + LABEL),
        Markup('<rect x="0" y="{}" width="{}" height="{}" fill="{}"/>').format(y + LABEL + 6, length, THICK, BAR),
        _text(format_decimal(bar.count, locale=language), x=length + 6, y=y + LABEL + 6 + THICK - 2),
    ]


def _text(text: str, *, x: float, y: float, weight: str = "normal") -> Markup:
    words = escape(text)
    return Markup('<text x="{}" y="{}" fill="{}" font-weight="{}">{}</text>').format(x, y, INK, weight, words)
