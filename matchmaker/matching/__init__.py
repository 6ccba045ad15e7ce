"""Who answers a challenge, why, and how strongly: pure ranking and reasons over what the index finds."""
