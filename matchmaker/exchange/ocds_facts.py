"""What one OCDS release says, as dated facts; and the law by which facts of several releases become one. Pure.

The newest statement of each field counts, the greater value when two are as new: so the order of releases and their
division into files do not matter, and saying a thing twice changes nothing.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from matchmaker.exchange.models import Fields
from matchmaker.exchange.ocds_reader import PACKAGE_URI
from matchmaker.exchange.ocds_values import (
    KEY_CHARACTERS,
    Json,
    address_of,
    day_of,
    external_id_of,
    first_text,
    joined,
    object_of,
    objects_of,
    place_of,
    text_of,
)

PROCESS, SUPPLIER, AWARD, CONTRACT = "process", "supplier", "award", "contract"
_NOTICES = ("tenderNotice", "biddingDocuments")  # OCDS document types that lead to the tender's own page
LANGUAGE_BY_DEFAULT = "en"  # of the standard: portals leave it in place, so it says nothing
ITEMS_AT_MOST = 50  # descriptions of items taken into a text
LINK_CHARACTERS = 400


@dataclass(frozen=True)
class Fact:
    """One thing that a release says; attributes as in `PortalFact`."""

    kind: str
    key: str
    ocid: str
    fields: Fields
    award: str = ""
    supplier: str = ""
    happened_on: str = ""


def facts_of(release: Json) -> list[Fact]:
    """Process, suppliers, awards and contracts of a release."""
    ocid, said = text_of(release.get("ocid"))[:KEY_CHARACTERS], text_of(release.get("date"))
    parties = {text_of(party.get("id")): party for party in objects_of(release.get("parties"))}
    facts = [Fact(PROCESS, ocid, ocid, _dated(said, _process(release, parties)))]
    for award in objects_of(release.get("awards")):
        facts += _award(award, parties, ocid=ocid, said=said)
    facts += [_contract(contract, ocid=ocid, said=said) for contract in objects_of(release.get("contracts"))]
    return facts


def merged(known: Fields, new: Fields) -> Fields:
    """Both, each field by its newest statement."""
    result = dict(known)
    for name, statement in new.items():
        result[name] = max(result[name], statement) if name in result else statement
    return result


def value(fields: Fields, name: str) -> str:
    """What a field says; empty when nothing does."""
    return fields[name][1] if name in fields else ""


def _dated(said: str, values: dict[str, str]) -> Fields:
    return {name: [said, text] for name, text in values.items() if text}


def _process(release: Json, parties: dict[str, Json]) -> dict[str, str]:
    tender = object_of(release.get("tender"))
    buyer = _party(object_of(tender.get("procuringEntity")) or object_of(release.get("buyer")), parties)
    money, period = object_of(tender.get("value")), object_of(tender.get("tenderPeriod"))
    language = text_of(release.get("language"))[:2].lower()
    return {
        "has_tender": "yes" if tender else "",
        "title": text_of(tender.get("title")),
        "description": joined(text_of(tender.get("description")), _items(tender)),
        "amount": text_of(money.get("amount")),
        "currency": text_of(money.get("currency")),
        "status": text_of(tender.get("status")),
        "starts_on": day_of(period.get("startDate")),
        "ends_on": day_of(period.get("endDate")),
        "url": _link(tender) or _web(release.get(PACKAGE_URI)),
        "language": "" if language == LANGUAGE_BY_DEFAULT else language,
        "buyer": text_of(buyer.get("name")),
        **_prefixed("buyer", address_of(buyer)),
        **_prefixed("delivery", _delivery(tender)),
    }


def _award(award: Json, parties: dict[str, Json], *, ocid: str, said: str) -> Iterator[Fact]:
    name = text_of(award.get("id"))[:KEY_CHARACTERS]
    happened_on = day_of(award.get("date")) or day_of(said)
    fields = _dated(said, {**_told(award), "date": happened_on})
    for reference in objects_of(award.get("suppliers")):
        party = _party(reference, parties)
        supplier = external_id_of(party) or _by_name(text_of(party.get("name")))
        if not supplier:
            continue
        web = first_text(object_of(party.get("contactPoint")).get("url"), object_of(party.get("identifier")).get("uri"))
        told = {"name": text_of(party.get("name")), "website": _web(web), **_prefixed("place", address_of(party))}
        yield Fact(SUPPLIER, supplier, "", _dated(said, told), supplier=supplier)
        yield Fact(
            AWARD, f"{ocid}|{name}|{supplier}"[: 2 * KEY_CHARACTERS], ocid, fields, award=name, supplier=supplier,
            happened_on=happened_on,
        )  # fmt: skip


def _contract(contract: Json, *, ocid: str, said: str) -> Fact:
    award = text_of(contract.get("awardID"))[:KEY_CHARACTERS]
    signed = day_of(contract.get("dateSigned")) or day_of(object_of(contract.get("period")).get("startDate"))
    key = f"{ocid}|{award}|{text_of(contract.get('id'))}"[: 2 * KEY_CHARACTERS]
    return Fact(CONTRACT, key, ocid, _dated(said, {**_told(contract), "date": signed}), award=award)


def _told(thing: Json) -> dict[str, str]:
    return {
        "title": text_of(thing.get("title")),
        "description": joined(text_of(thing.get("description")), _items(thing)),
        "status": text_of(thing.get("status")),
    }


def _party(reference: Json, parties: dict[str, Json]) -> Json:
    """What the package says of a party: where it is referred to, and in its list of parties."""
    listed = parties.get(text_of(reference.get("id")), {})
    return {**reference, **{key: part for key, part in listed.items() if part}}


def _items(thing: Json) -> str:
    texts = (text_of(item.get("description")) for item in objects_of(thing.get("items"))[:ITEMS_AT_MOST])
    return joined(*texts)


def _delivery(tender: Json) -> dict[str, str]:
    """Where it is to be delivered: the first address that names a town (extension `location`, or OCDS 1.2)."""
    holders = [*objects_of(tender.get("items")), tender]
    addresses = [object_of(holder.get("deliveryAddress")) for holder in holders]
    addresses += [address for holder in holders for address in objects_of(holder.get("deliveryAddresses"))]
    return next((place_of(address) for address in addresses if text_of(address.get("locality"))), {})


def _link(tender: Json) -> str:
    documents = objects_of(tender.get("documents"))
    first = [item for item in documents if item.get("documentType") in _NOTICES]
    return next((link for item in [*first, *documents] if (link := _web(item.get("url")))), "")


def _web(address: object) -> str:
    text = text_of(address)
    return text if text.startswith(("http://", "https://")) and len(text) <= LINK_CHARACTERS else ""


def _prefixed(name: str, parts: dict[str, str]) -> dict[str, str]:
    return {f"{name}_{part}": text for part, text in parts.items()}


def _by_name(name: str) -> str:
    """An id for a supplier that the portal gives none: from its name."""
    return f"name-{hashlib.blake2b(name.casefold().encode(), digest_size=10).hexdigest()}" if name else ""
