"""Facts of portals as drafts: tenders as reference challenges, awarded suppliers as profiles. Pure but for places."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matchmaker.challenges.models import BudgetBand, Procurement
from matchmaker.exchange.mapping import shortened
from matchmaker.exchange.models import Fields, PortalFact
from matchmaker.exchange.ocds_facts import value
from matchmaker.exchange.place_cells import Places
from matchmaker.profiles.drafts import EXPERIENCE_AT_MOST, OLDEST_YEAR
from matchmaker.texts import LINE_CHARACTERS, NAME_CHARACTERS, TEXT_CHARACTERS

SUPPLIER_KIND = "company"
DOLLARS = "USD"  # bands are in dollars, and a rate would be a guess
_BANDS = ((25_000, BudgetBand.UNDER_25K), (100_000, BudgetBand.FROM_25K), (500_000, BudgetBand.FROM_100K))
_PROCUREMENT: Mapping[str, Procurement] = {
    "planning": Procurement.PLANNED,
    "planned": Procurement.PLANNED,
    "active": Procurement.OPEN,
    "complete": Procurement.CLOSED,
    "unsuccessful": Procurement.CLOSED,
    "cancelled": Procurement.CLOSED,
    "withdrawn": Procurement.CLOSED,
}
"""OCDS 1.1 tenderStatus."""
_NOT_AWARDED = ("cancelled", "unsuccessful", "pending")  # OCDS 1.1 awardStatus and contractStatus


@dataclass(frozen=True)
class AwardFacts:
    """An award to one supplier with its contracts and the process it belongs to."""

    award: PortalFact
    contracts: Sequence[PortalFact]
    process: Fields


def challenge_values(ocid: str, fields: Fields, places: Places) -> dict[str, object] | None:
    """Fields of a ChallengeDraft; None where the portal has told of no tender, or not yet of what."""
    title, description = value(fields, "title"), value(fields, "description")
    if not value(fields, "has_tender") or not (title or description):
        return None
    starts_on, ends_on = value(fields, "starts_on"), value(fields, "ends_on")
    in_order = not (starts_on and ends_on) or starts_on <= ends_on
    return {
        "external_id": ocid,
        "title": shortened(title or description, NAME_CHARACTERS),
        "description": (description or title)[:TEXT_CHARACTERS],
        "language": _language(fields),
        "budget_band": budget_band(value(fields, "amount"), value(fields, "currency")),
        "procurement": _PROCUREMENT.get(value(fields, "status"), Procurement.NONE),
        "starts_on": starts_on if starts_on and in_order else None,
        "ends_on": ends_on if ends_on and in_order else None,
        "buyer": shortened(value(fields, "buyer"), NAME_CHARACTERS),
        "url": value(fields, "url"),
        "place": _place(fields, "delivery", places) or _place(fields, "buyer", places),
    }


def supplier_values(
    external_id: str, fields: Fields, awards: Iterable[AwardFacts], places: Places
) -> dict[str, object] | None:
    """Fields of a ProfileDraft with every contract known, the newest first; None where none is in force."""
    done = [item for facts in awards for item in _experience(facts, places)]
    if not done:
        return None
    done.sort(key=lambda item: str(item["key"]))
    done.sort(key=lambda item: str(item["date"]), reverse=True)
    return {
        "external_id": external_id,
        "kind": SUPPLIER_KIND,
        "name": shortened(value(fields, "name") or external_id, NAME_CHARACTERS),
        "website": value(fields, "website"),
        "place": _place(fields, "place", places),
        "experience": [item["draft"] for item in done[:EXPERIENCE_AT_MOST]],
    }


def budget_band(amount: str, currency: str) -> BudgetBand:
    """The band of an amount in US dollars; undecided for any other money and for an amount of 0, which says nothing."""
    try:
        dollars = float(amount) if currency.upper() == DOLLARS else 0.0
    except ValueError:
        dollars = 0.0
    if not 0 < dollars < float("inf"):
        return BudgetBand.UNDECIDED
    return next((band for limit, band in _BANDS if dollars < limit), BudgetBand.OVER_500K)


def _experience(facts: AwardFacts, places: Places) -> list[dict[str, object]]:
    """The contracts of an award, or the award itself while it has none."""
    if value(facts.award.fields, "status") in _NOT_AWARDED:
        return []
    in_force = [item for item in facts.contracts if value(item.fields, "status") not in _NOT_AWARDED]
    sources = in_force if facts.contracts else [facts.award]
    return [_one(source, facts, places) for source in sources]


def _one(source: PortalFact, facts: AwardFacts, places: Places) -> dict[str, object]:
    told = (source.fields, facts.award.fields, facts.process)
    title, text = _first(told, "title"), _first(told, "description")
    date = _first(told[:2], "date")
    draft = {
        "title": shortened(title or text, LINE_CHARACTERS),
        "text": (text or title)[:TEXT_CHARACTERS],
        "year": int(date[:4]) if date[:4] >= str(OLDEST_YEAR) else None,
        "place": _place(facts.process, "buyer", places),
    }
    return {"draft": draft, "date": date, "key": source.key}


def _first(told: Iterable[Fields], name: str) -> str:
    return next((text for fields in told if (text := value(fields, name))), "")


def _language(fields: Fields) -> str | None:
    code = value(fields, "language")
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None  # noqa: PLR2004


def _place(fields: Fields, prefix: str, places: Places) -> dict[str, object] | None:
    """The town, when the gazetteer is sure of it."""
    parts: dict[str, object] = {part: value(fields, f"{prefix}_{part}") for part in ("name", "region", "country")}
    return places.settle(parts)[0] if parts["name"] and parts["country"] else None
