"""Django's PostgreSQL backend, with a health check that costs no round trip."""

import select

from django.db.backends.postgresql.base import DatabaseWrapper as Original


class DatabaseWrapper(Original):
    """Asks the server only where the socket says that something has happened since the last answer.

    A server or pooler that ended an idle connection has made its socket readable; one that was cut off without
    a word would leave the original's question without an answer too.
    """

    def is_usable(self) -> bool:
        """Whether the connection can be used for the next request."""
        if self.connection is None or self.connection.closed:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return not waiting.poll(0) or super().is_usable()
