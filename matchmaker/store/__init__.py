"""Where rows are kept: SQLite by default, PostgreSQL by address; and the outbox of work to be done after a commit."""
