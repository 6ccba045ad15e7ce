"""Reads of integrity. Who must not meet whom is answered to the domain alone, never to a person."""

from matchmaker.integrity.pairs import apart_from, confirmed_of, confirmed_with, is_held

__all__ = ["apart_from", "confirmed_of", "confirmed_with", "is_held"]
