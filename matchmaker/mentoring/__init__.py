"""Mentors: what they help with and how many hours a month, requests by consent of both sides, outcomes."""
