"""Rights over one's data: consent by purpose, export, correction, block, erasure, retention."""
