"""Who assesses an application: the least loaded of those without a conflict, chance decides among equals."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    """An assessor who may judge the applicant; `load` counts the assessments ever given and not taken back."""

    account_id: int
    load: int


def assign(candidates: Iterable[Candidate], *, wanted: int, seed: int) -> list[int]:
    """The accounts of at most `wanted` assessors. The same candidates and seed give the same answer in any order."""
    ordered = sorted(candidates, key=lambda candidate: (candidate.load, _draw(candidate.account_id, seed)))
    return [candidate.account_id for candidate in ordered[:wanted]]


def _draw(account_id: int, seed: int) -> bytes:
    """A lot that nobody can choose: the digest of who draws and for what."""
    return hashlib.sha256(f"{seed}/{account_id}".encode()).digest()
