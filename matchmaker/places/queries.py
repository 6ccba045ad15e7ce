"""Reads of the territories that authors added."""

from sqlmodel import Session, col, select

from matchmaker.places.keys import search_key
from matchmaker.places.models import Territory


def find_territories(session: Session, text: str, *, country: str | None, limit: int) -> list[Territory]:
    """Territories whose name is or begins with `text`, as the gazetteer compares names; the very name first.

    Authors add few: all of a country are read.
    """
    key = search_key(text)
    if not key:
        return []
    statement = select(Territory).order_by(col(Territory.id))
    if country is not None:
        statement = statement.where(Territory.country == country)
    found = [row for row in session.exec(statement) if search_key(row.name).startswith(key)]
    return sorted(found, key=lambda row: search_key(row.name) != key)[:limit]
