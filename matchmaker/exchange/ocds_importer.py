"""Importing OCDS packages: tenders become references to their portal, awarded suppliers unclaimed profiles."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from pydantic import ValidationError
from sqlmodel import Session

from matchmaker.challenges.drafts import ChallengeDraft
from matchmaker.challenges.models import Challenge
from matchmaker.exchange.drafting import Draft, Prepared
from matchmaker.exchange.ocds_drafts import challenge_values, supplier_values
from matchmaker.exchange.ocds_facts import facts_of
from matchmaker.exchange.ocds_store import keep_facts, process_facts, supplier_facts, suppliers_of
from matchmaker.exchange.ocds_values import KEY_CHARACTERS, text_of
from matchmaker.exchange.place_cells import Places
from matchmaker.exchange.records import Record
from matchmaker.exchange.report import ImportReport, Problem, Progress, Tally, shown
from matchmaker.exchange.rows import Opened, Row
from matchmaker.exchange.saving import Terms, save_batch
from matchmaker.exchange.validation import problems_of, too_long_for
from matchmaker.exchange.vocabulary import load_vocabulary
from matchmaker.profiles.actions import Desk
from matchmaker.profiles.drafts import ProfileDraft
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.profiles.queries import profile_by_external_id
from matchmaker.profiles.refusals import REFUSED_BY_OWNER
from matchmaker.store.database import Database

BATCH_RELEASES = 200
KIND = "ocds"


def import_releases(
    database: Database,
    *,
    desk_of: Callable[[datetime], Desk],
    opened: Opened,
    source: str,
    vocabulary: Path,
    dry_run: bool,
    progress: Progress,
) -> ImportReport:
    """Import the releases of one file into what is known of their processes, in whatever order they come."""
    tally, items = Tally(), iter(opened.rows)
    desk = desk_of(datetime.now(UTC))
    places = Places(desk.finder, load_vocabulary(desk.taxonomy, vocabulary).labels["country"])
    while batch := list(islice(items, BATCH_RELEASES)):
        tally.rows += len(batch)
        _tally_problems(batch, tally)
        with database.transaction() as session:
            desk = desk_of(datetime.now(UTC))
            _save(session, desk, [item for item in batch if isinstance(item, Row)], source, places, tally)
            if dry_run:
                session.rollback()
        progress("import_reading", opened.position(), opened.size)
    progress("import_done", opened.size, opened.size)
    return tally.report(kind=KIND, source=source, dry_run=dry_run)


def _tally_problems(batch: list[Row | Problem], tally: Tally) -> None:
    """Refuse what could not be read."""
    for item in batch:
        if isinstance(item, Problem):
            tally.refuse([item])


def _save(session: Session, desk: Desk, rows: list[Row], source: str, places: Places, tally: Tally) -> None:
    refused = keep_facts(session, source=source, facts=[fact for row in rows for fact in facts_of(row.values)])
    lines = {text_of(row.values["ocid"])[:KEY_CHARACTERS]: row.line for row in reversed(rows)}
    _tally_refused(refused, lines, tally)
    tenders = _tenders(session, source=source, lines=lines, places=places, tally=tally)
    suppliers = _suppliers(session, source=source, lines=lines, places=places, tally=tally)
    for prepared, is_reference in ((tenders, True), (suppliers, False)):
        terms = Terms(Visibility.UNCLAIMED, is_demo=False, is_reference=is_reference, fields=frozenset())
        save_batch(session, desk=desk, rows=prepared, terms=terms, tally=tally)


def _tally_refused(refused: Mapping[str, str], lines: Mapping[str, int], tally: Tally) -> None:
    """Say which suppliers have refused to be imported."""
    for supplier, ocid in refused.items():
        tally.count(is_new=False, changed=False)
        tally.notice([Problem(lines[ocid], "awards.suppliers", shown(supplier), REFUSED_BY_OWNER)])


def _tenders(
    session: Session, *, source: str, lines: Mapping[str, int], places: Places, tally: Tally
) -> list[Prepared]:
    prepared = []
    for ocid, fields in process_facts(session, source=source, ocids=lines).items():
        values = challenge_values(ocid, fields, places)
        if values is not None:
            prepared += _prepared(ChallengeDraft, values, line=lines[ocid], source=source, tally=tally)
    return prepared


def _suppliers(
    session: Session, *, source: str, lines: Mapping[str, int], places: Places, tally: Tally
) -> list[Prepared]:
    prepared = []
    for supplier, ocid in suppliers_of(session, source=source, ocids=lines).items():
        line = lines[ocid]
        known = profile_by_external_id(session, source=source, external_id=supplier)
        if known is not None and known.visibility != Visibility.UNCLAIMED:
            tally.count(is_new=False, changed=False)
            tally.notice([Problem(line, "awards.suppliers", shown(supplier), "owned_by_its_author", shown(known.name))])
            continue
        fields, awards, is_cut = supplier_facts(session, source=source, supplier=supplier)
        if is_cut:
            tally.notice([Problem(line, "awards.suppliers", shown(supplier), "contracts_cut", str(len(awards)))])
        values = supplier_values(supplier, fields, awards, places)
        if values is not None:
            prepared += _prepared(ProfileDraft, values, line=line, source=source, tally=tally)
    return prepared


def _prepared(
    model: type[ProfileDraft] | type[ChallengeDraft], values: dict[str, object], *, line: int, source: str, tally: Tally
) -> list[Prepared]:
    record = Record(line, {})
    try:
        draft: Draft = model.model_validate(values)
    except ValidationError as error:
        tally.refuse(problems_of(error, record))
        return []
    problems = too_long_for(Profile if isinstance(draft, ProfileDraft) else Challenge, draft, record)
    if problems:
        tally.refuse(problems)
        return []
    return [Prepared(line, draft, source, owner="", owner_column="", given=frozenset())]
