"""Imported challenges whose owners had them erased: no later import brings them back."""


def number_of_challenge(external_id: str) -> str:
    """Under which number a refusal keeps a challenge, apart from profiles of the same number."""
    return f"challenge\x00{external_id}"
