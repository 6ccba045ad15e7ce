"""Introductions: two-sided consent, contacts on the second yes, meetings and outcomes; mentors."""
