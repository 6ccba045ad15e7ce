"""Membership: application, criteria, decision, appeal, register, invitations."""
