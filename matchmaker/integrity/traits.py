"""What two profiles may have in common, brought to one spelling and then to a digest. Pure."""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache

from publicsuffixlist import PublicSuffixList
from stdnum import get_cc_module

from matchmaker.integrity.models import Evidence

SHORTEST_NUMBER = 5  # characters; less is a note ("n/a", "0"), not a registration number
DIGEST_BYTES = 16
COLOMBIAN_DIGITS = 10  # nine of a firm's number and a check digit, which many leave out
BRAZILIAN_ROOT = 8  # characters of a CNPJ that name the firm; those after it name a branch
_NOT_IN_NUMBERS = re.compile(r"[^0-9A-Z]")
_PIECES = re.compile(r"\d+|[^\W\d_]+")
_ABBREVIATIONS = {
    "av": "avenida", "ave": "avenida", "avda": "avenida", "c": "calle", "cl": "calle", "cll": "calle",
    "cra": "carrera", "cr": "carrera", "kr": "carrera", "kra": "carrera", "dg": "diagonal", "tv": "transversal",
    "tr": "transversal", "pza": "plaza", "pl": "plaza", "r": "rua", "pca": "praca", "al": "alameda",
    "rod": "rodovia", "st": "street", "rd": "road", "blvd": "boulevard", "blv": "boulevard", "bv": "boulevard",
    "col": "colonia", "of": "oficina", "ofc": "oficina", "dpto": "departamento", "depto": "departamento",
    "apto": "apartamento", "ap": "apartamento", "p": "piso",
}  # fmt: skip
"""How streets are shortened in es, pt and en."""
_SILENT = frozenset({"n", "no", "nro", "num", "numero", "number", "de", "del", "da", "do", "dos", "la", "las", "los",
                     "el", "the", "of", "y", "e", "s"})  # fmt: skip
"""Words and letters that one writer puts and another leaves out; `s/n` is no number at all."""


def registration_key(number: str, country: str) -> str | None:
    """A tax or company number in one spelling: by the rules of its country where they are known, else bare."""
    module = get_cc_module(country, "vat") if country else None
    bare = _bare(module.compact(number) if module else number)
    if module and module.is_valid(number):
        if country == "CO" and len(bare) == COLOMBIAN_DIGITS:
            bare = bare[:-1]
        if country == "BR":
            bare = bare[:BRAZILIAN_ROOT]
    return f"{country} {bare}" if len(bare) >= SHORTEST_NUMBER and any(map(str.isdigit, bare)) else None


def mail_key(address: str, *, public_hosts: Collection[str]) -> str | None:
    """The registrable domain of a mail address, unless anyone may have an address there."""
    host = address.rpartition("@")[2].strip().rstrip(".").casefold()
    domain = _suffixes().privatesuffix(host) if "@" in address and host else None
    return None if domain is None or {domain, host} & set(public_hosts) else domain


def address_key(address: str, *, place: str) -> str | None:
    """Street and number in one spelling, with the place where they are; nothing without a number or a place."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", address.casefold()) if not unicodedata.combining(letter)
    )
    words = [_ABBREVIATIONS.get(piece, piece) for piece in _PIECES.findall(plain)]
    told = [word.lstrip("0") or "0" if word.isdigit() else word for word in words if word not in _SILENT]
    has_both = any(word.isdigit() for word in told) and any(word.isalpha() for word in told)
    return f"{place} {' '.join(told)}" if place and has_both else None


def traits_of(
    *, registration_number: str, country: str, addresses: Collection[str], street: str, place: str,
    public_hosts: Collection[str],
) -> Iterator[tuple[Evidence, str]]:  # fmt: skip
    """Evidence and digest of everything by which a profile may be found to share with another; `addresses` are mail."""
    keys = [(Evidence.SAME_REGISTRATION_NUMBER, registration_key(registration_number, country))]
    keys += [(Evidence.SAME_MAIL_DOMAIN, mail_key(address, public_hosts=public_hosts)) for address in addresses]
    keys.append((Evidence.SAME_ADDRESS, address_key(street, place=place)))
    yield from {(evidence, _digest(evidence, key)) for evidence, key in keys if key is not None}


def _bare(number: str) -> str:
    return _NOT_IN_NUMBERS.sub("", number.upper())


def _digest(evidence: Evidence, key: str) -> str:
    return hashlib.blake2b(f"{evidence}:{key}".encode(), digest_size=DIGEST_BYTES).hexdigest()


@cache
def _suffixes() -> PublicSuffixList:
    """The list of public suffixes that the library carries; it fetches nothing."""
    return PublicSuffixList()
