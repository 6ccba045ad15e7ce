"""Facts of portals kept and found again."""

from collections.abc import Collection, Iterable, Sequence

from sqlmodel import Session, col, select

from matchmaker.exchange.models import Fields, PortalFact
from matchmaker.exchange.ocds_drafts import AwardFacts
from matchmaker.exchange.ocds_facts import AWARD, CONTRACT, PROCESS, SUPPLIER, Fact, merged
from matchmaker.profiles.drafts import EXPERIENCE_AT_MOST
from matchmaker.profiles.refusals import refused_among

KEYS_A_QUERY = 500  # SQLite allows 32,766 values in a statement since 3.32, older builds 999


def keep_facts(session: Session, *, source: str, facts: Sequence[Fact]) -> dict[str, str]:
    """Merge facts into what is kept; of suppliers who do not want it nothing, but each is answered with one ocid."""
    named = {fact.supplier: fact.ocid for fact in reversed(facts) if fact.supplier and fact.ocid}
    refused = refused_among(session, source=source, external_ids=named)
    gathered: dict[tuple[str, str], list[Fact]] = {}
    for fact in _wanted(facts, refused):
        gathered.setdefault((fact.kind, fact.key), []).append(fact)
    known = {(row.kind, row.key): row for row in _known(session, source=source, wanted=gathered)}
    for (kind, key), said in gathered.items():
        row = known.get((kind, key)) or _row(said[0], source=source)
        fields: Fields = row.fields
        for fact in said:
            fields = merged(fields, fact.fields)
        if row.id is None or fields != row.fields:
            row.fields = fields
            row.happened_on = fields["date"][1] if kind == AWARD and "date" in fields else ""
            session.add(row)
    session.flush()
    return {supplier: named[supplier] for supplier in sorted(refused)}


def process_facts(session: Session, *, source: str, ocids: Collection[str]) -> dict[str, Fields]:
    """What is known of processes, by ocid."""
    rows = _rows(session, source=source, kind=PROCESS, keys=sorted(ocids))
    return {row.key: row.fields for row in rows}


def suppliers_of(session: Session, *, source: str, ocids: Collection[str]) -> dict[str, str]:
    """Who was ever awarded in these processes, each with one such ocid."""
    found: dict[str, str] = {}
    for keys in _pieces(sorted(ocids)):
        statement = select(PortalFact.supplier, PortalFact.ocid).where(
            PortalFact.source == source, PortalFact.kind == AWARD, col(PortalFact.ocid).in_(keys)
        )
        found.update(session.exec(statement).all())
    return found


def supplier_facts(session: Session, *, source: str, supplier: str) -> tuple[Fields, list[AwardFacts], bool]:
    """What is known of a supplier, with its newest awards; the flag says that there are more than a profile holds."""
    kept = _rows(session, source=source, kind=SUPPLIER, keys=[supplier])
    statement = select(PortalFact).where(
        PortalFact.source == source, PortalFact.kind == AWARD, PortalFact.supplier == supplier
    )
    newest = statement.order_by(col(PortalFact.happened_on).desc(), col(PortalFact.key)).limit(EXPERIENCE_AT_MOST + 1)
    awards = session.exec(newest).all()
    ocids = sorted({row.ocid for row in awards})
    processes = process_facts(session, source=source, ocids=ocids)
    contracts: dict[tuple[str, str], list[PortalFact]] = {}
    for row in _of_ocids(session, source=source, ocids=ocids):
        contracts.setdefault((row.ocid, row.award), []).append(row)
    facts = [AwardFacts(row, contracts.get((row.ocid, row.award), []), processes.get(row.ocid, {})) for row in awards]
    return (kept[0].fields if kept else {}), facts[:EXPERIENCE_AT_MOST], len(awards) > EXPERIENCE_AT_MOST


def _wanted(facts: Sequence[Fact], refused: Collection[str]) -> list[Fact]:
    """Facts without those of refused suppliers, and without contracts of awards that nobody else shares."""
    kept = [fact for fact in facts if fact.supplier not in refused]
    awarded = {(fact.ocid, fact.award) for fact in kept if fact.supplier}
    lost = {(fact.ocid, fact.award) for fact in facts if fact.supplier in refused and fact.award} - awarded
    return [fact for fact in kept if fact.kind != CONTRACT or (fact.ocid, fact.award) not in lost]


def _of_ocids(session: Session, *, source: str, ocids: Sequence[str]) -> list[PortalFact]:
    rows: list[PortalFact] = []
    for keys in _pieces(ocids):
        statement = select(PortalFact).where(
            PortalFact.source == source, PortalFact.kind == CONTRACT, col(PortalFact.ocid).in_(keys)
        )
        rows += session.exec(statement.order_by(col(PortalFact.key))).all()
    return rows


def _known(session: Session, *, source: str, wanted: Iterable[tuple[str, str]]) -> list[PortalFact]:
    keys: dict[str, list[str]] = {}
    for kind, key in wanted:
        keys.setdefault(kind, []).append(key)
    return [row for kind in keys for row in _rows(session, source=source, kind=kind, keys=keys[kind])]


def _rows(session: Session, *, source: str, kind: str, keys: Sequence[str]) -> list[PortalFact]:
    rows: list[PortalFact] = []
    for piece in _pieces(keys):
        statement = select(PortalFact).where(
            PortalFact.source == source, PortalFact.kind == kind, col(PortalFact.key).in_(piece)
        )
        rows += session.exec(statement).all()
    return rows


def _pieces(keys: Sequence[str]) -> list[Sequence[str]]:
    return [keys[start : start + KEYS_A_QUERY] for start in range(0, len(keys), KEYS_A_QUERY)]


def _row(fact: Fact, *, source: str) -> PortalFact:
    return PortalFact(
        source=source, kind=fact.kind, key=fact.key, ocid=fact.ocid, award=fact.award, supplier=fact.supplier, fields={}
    )
