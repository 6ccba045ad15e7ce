"""Rights over one's data: requests answered in time, consent by purpose, export, block, erasure, retention."""
