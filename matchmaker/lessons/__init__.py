"""Lessons: what was tried, in which context, with which result, failures included."""
