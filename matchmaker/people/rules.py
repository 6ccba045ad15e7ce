"""Who may speak for a member."""

from collections.abc import Sequence

from matchmaker.profiles.models import Part, Representation


def speaks(rows: Sequence[Representation], *, account_id: int | None) -> bool:
    """Whether an account is among the representatives."""
    return any(row.account_id == account_id and row.part == Part.REPRESENTATIVE for row in rows)
