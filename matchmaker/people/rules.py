"""Who may speak for a member."""

from collections.abc import Sequence

from matchmaker.profiles.models import Representation
from matchmaker.profiles.speaking import speaks as is_speaking


def speaks(rows: Sequence[Representation], *, account_id: int | None) -> bool:
    """Whether an account is among the representatives."""
    return any(row.account_id == account_id and is_speaking(row) for row in rows)
