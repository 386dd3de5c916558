"""A change takes as long as another one, and a look as long as another one, by the clock of whoever sends it.

What waits is sealed afresh together with its neighbours, what is counted is not; and some find a batch in their way.
What was changed often lies on more pages than what was sent once: some twenty microseconds, which show after a few
hundred questions. Whoever asks for their own signature, or changes it, would learn from that when there was a batch.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

# Longer than each takes on a machine that is not overloaded.
CHANGE, LOOK = 0.2, 0.02


@contextmanager
def evenly(seconds: float) -> Iterator[None]:
    """Ends at the next multiple of `seconds` since it began. Outside of a transaction: it keeps no lock."""
    begun = time.monotonic()
    try:
        yield
    finally:
        if seconds:
            time.sleep(seconds - (time.monotonic() - begun) % seconds)
