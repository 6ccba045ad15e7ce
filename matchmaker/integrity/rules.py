"""Decisions on signatures, declarations, conflicts and incidents. Pure."""


def pair_of(profile_id: int, other_id: int) -> tuple[int, int]:
    """Two profiles in the order in which a conflict keeps them. Raises ValueError for one profile alone."""
    if profile_id == other_id:
        raise ValueError("a conflict needs two profiles")
    return min(profile_id, other_id), max(profile_id, other_id)
