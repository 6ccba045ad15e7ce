"""Profiles written to a file: what the account may see, without e-mail addresses."""

from collections.abc import Iterator

from sqlmodel import Session, col, func, select

from matchmaker.accounts.models import Acting
from matchmaker.exchange.flat import Widths
from matchmaker.exchange.report import Progress
from matchmaker.exchange.writers import ProfileWriter
from matchmaker.profiles.models import Experience, Offer, Profile
from matchmaker.profiles.queries import FullProfile, count_profiles, list_profiles, load_full, may_see

PAGE_PROFILES = 200  # held in memory at once


def export_profiles(
    session: Session, acting: Acting, writer: ProfileWriter, progress: Progress = lambda _stage, _done, _total: None
) -> int:
    """Write every profile that the account may see, by number; the number written. Memory does not grow with it."""
    writer.begin(_widths(session, acting))
    total, done = count_profiles(session, acting=acting), 0
    for page in _pages(session, acting):
        for full in page:
            writer.write(full)
            for row in (full.profile, *full.offers, *full.experience):
                session.expunge(row)
        done += len(page)
        progress("export_writing", done, total)
    return done


def _pages(session: Session, acting: Acting) -> Iterator[list[FullProfile]]:
    after = 0
    while rows := list_profiles(session, acting=acting, after=after, limit=PAGE_PROFILES):
        after = rows[-1].id or 0
        yield load_full(session, rows)


def _widths(session: Session, acting: Acting) -> Widths:
    return Widths(
        offers=_most(session, acting, Offer),
        experience=_most(session, acting, Experience),
        facts=session.exec(select(func.max(func.json_array_length(Profile.facts))).where(may_see(acting))).one() or 0,
    )


def _most(session: Session, acting: Acting, table: type[Offer] | type[Experience]) -> int:
    """The largest number of parts of one visible profile; one at least, so that a table shows where they go."""
    joined = select(func.coalesce(func.max(table.position), 0)).join(Profile, col(Profile.id) == table.profile_id)
    return int(session.exec(joined.where(may_see(acting))).one()) + 1
