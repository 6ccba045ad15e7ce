"""Letters to be sent: who gets one, of which kind, about what; their words are written when they leave."""
