"""Where the needs of a challenge stand in its text. Pure."""

from collections.abc import Sequence

from api.web.writing_views import NeedShown, Piece


def marked(description: str, needs: Sequence[str]) -> tuple[tuple[Piece, ...], ...]:
    """The paragraphs of a description cut at its needs; what overlaps a need before it is left as text."""
    taken: list[tuple[int, int, int]] = []
    for number, need in enumerate(needs, start=1):
        start = description.find(need)
        end = start + len(need)
        if need and start >= 0 and all(end <= one or start >= other for one, other, _ in taken):
            taken.append((start, end, number))
    paragraphs: list[list[Piece]] = [[]]
    place = 0
    for start, end, number in sorted(taken):
        _add(paragraphs, description[place:start], 0)
        _add(paragraphs, description[start:end], number)
        place = end
    _add(paragraphs, description[place:], 0)
    return tuple(tuple(pieces) for pieces in paragraphs if any(piece.text.strip() for piece in pieces))


def shown_needs(description: str, needs: Sequence[str]) -> tuple[NeedShown, ...]:
    """Needs with their numbers, and whether each stands in the text."""
    quoted = {piece.need for pieces in marked(description, needs) for piece in pieces}
    return tuple(NeedShown(number, need, number in quoted) for number, need in enumerate(needs, start=1))


def _add(paragraphs: list[list[Piece]], text: str, need: int) -> None:
    for number, line in enumerate(text.split("\n")):
        if number:
            paragraphs.append([])
        if line:
            paragraphs[-1].append(Piece(line, need))
