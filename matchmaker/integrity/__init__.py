"""Integrity: the code of ethics by version, declarations of interest, conflicts and incidents."""
