"""Pages that work by themselves, in a real browser: no server, no database."""
