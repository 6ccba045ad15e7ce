"""Who acts: API tokens, the roles they carry, and the account that every read asks for."""
