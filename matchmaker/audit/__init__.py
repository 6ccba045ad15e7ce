"""What was done with power, by whom and when: append-only, each entry sealed by the digest of the one before."""
