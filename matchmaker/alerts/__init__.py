"""Saved searches, their digests and feeds."""
