"""A change takes as long as another one, by the clock of whoever sends it.

What waits is sealed afresh together with its neighbours, what is counted is not; and some find a batch in their way.
Whoever changes or withdraws their own would learn from that when there was one.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

# Longer than a change takes on a machine that is not overloaded.
SECONDS = 0.2


@contextmanager
def evenly() -> Iterator[None]:
    """Ends at the next multiple of SECONDS since it began. Outside of a transaction: it keeps no lock."""
    begun = time.monotonic()
    try:
        yield
    finally:
        if SECONDS:
            time.sleep(SECONDS - (time.monotonic() - begun) % SECONDS)
