"""Trying a new version, and publishing it."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.audit.actions import record_act
from matchmaker.errors import InvalidInputError
from matchmaker.languages import WorkingLanguage
from matchmaker.membership.actions import switch_process
from matchmaker.membership.office import Office, check_power
from matchmaker.membership.queries import process_in_force
from matchmaker.publishing.book import Book, open_book
from matchmaker.publishing.comparing import changes_between
from matchmaker.publishing.documents import in_form, list_of, read_json
from matchmaker.publishing.models import Document, Effects, Fault, Trial
from matchmaker.publishing.rules import (
    code_faults,
    criteria_faults,
    day_faults,
    gone_codes,
    newest_of,
    number_faults,
    taxonomy_faults,
)
from matchmaker.publishing.uses import effects_of_code, effects_of_criteria, uses_of
from matchmaker.store.turns import Turn, take_turn
from matchmaker.taxonomy.models import AllianceList, PublishedVersion
from matchmaker.taxonomy.queries import published_versions

Content = bytes | Document
"""A file, or the object in it."""


class VersionRefusedError(InvalidInputError):
    """A version that cannot be published; `trial` says why, place by place."""

    def __init__(self, trial: Trial) -> None:
        super().__init__("list_refused", count=len(trial.faults))
        self.trial = trial


def try_version(session: Session, *, directory: Path, acting: Acting, content: Content, now: datetime) -> Trial:
    """Look at a document: what is wrong in it, what it changes, whom it concerns. Raises `secretariat_only`.

    `directory` is the data directory, with the versions that came with the service.
    """
    check_power(acting)
    return _tried(session, open_book(directory, published_versions(session)), content, now=now)


def publish_version(session: Session, *, directory: Path, office: Office, acting: Acting, content: Content) -> Trial:
    """Put a version in force; one that is published already, word by word, changes nothing.

    Where criteria are applied, what is handed in from now on is judged by new ones. Raises `secretariat_only`,
    VersionRefusedError.
    """
    check_power(acting)
    take_turn(session, Turn.LISTS)
    trial = _tried(session, open_book(directory, published_versions(session)), content, now=office.now)
    if trial.list is None or trial.faults:
        raise VersionRefusedError(trial)
    if trial.is_known:
        return trial
    row = PublishedVersion(
        list=trial.list, version=trial.version, document=dict(trial.document), account_id=acting.account_id,
        published_at=office.now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    record_act(
        session, acting=acting, act="list.publish", subject="published_version", subject_id=row.id or 0,
        now=office.now, codes={"list": trial.list, "version": trial.version},
    )  # fmt: skip
    if trial.list is AllianceList.CRITERIA and trial.effects.is_applied:
        _apply(session, directory=directory, office=office, acting=acting, document=trial.document)
    return trial


def _apply(session: Session, *, directory: Path, office: Office, acting: Acting, document: Document) -> None:
    """Judge by new criteria what is handed in from now on; applicants read where they come from."""
    process = process_in_force(session)
    if process is None:
        return
    switch_process(
        session, office=replace(office, charter=open_book(directory, published_versions(session)).charter),
        acting=acting, criteria_version=document["version"], has_assessors=process.has_assessors,
        has_committee=process.has_committee, reason=document["source"][WorkingLanguage.ES],
    )  # fmt: skip


def _tried(session: Session, book: Book, content: Content, *, now: datetime) -> Trial:
    raw = read_json(content) if isinstance(content, bytes) else content
    if isinstance(raw, Fault):
        return Trial(None, "", {}, faults=(raw,))
    of = list_of(raw)
    if of is None:
        return Trial(None, "", raw, faults=(Fault((), "list_unknown"),))
    document, wrong = in_form(of, raw)
    if wrong:
        return Trial(of, str(raw.get("version", "")), raw, faults=wrong)
    known = {each.version: in_form(of, each.document)[0] for each in book.editions_of(of)}
    version = document["version"]
    if known.get(version) == document:
        return Trial(of, version, document, is_known=True)
    old = newest_of(of, list(known.values()))
    faults = _faults(session, book, of, document, list(known.values()), now=now)
    return Trial(
        of, version, document, faults=faults, changes=changes_between(old, document),
        effects=_effects(session, of, document),
    )  # fmt: skip


def _faults(
    session: Session, book: Book, of: AllianceList, new: Document, known: list[Document], *, now: datetime
) -> tuple[Fault, ...]:
    found, old = [*number_faults(new, known), *code_faults(new)], newest_of(of, known)
    if of is AllianceList.TAXONOMY:
        uses = uses_of(session, gone_codes(new, old))
        found.extend(taxonomy_faults(new, old, sectors=book.charter.sectors.of_kind, uses=uses))
    elif of is AllianceList.CRITERIA:
        found.extend(criteria_faults(new))
    else:
        found.extend(day_faults(new, old, today=now.date()))
    return tuple(found)


def _effects(session: Session, of: AllianceList, document: Document) -> Effects:
    if of is AllianceList.CODE:
        return effects_of_code(session, document)
    return effects_of_criteria(session) if of is AllianceList.CRITERIA else Effects()
