"""PostgreSQL marks each row when somebody first reads it after its commit: a row that bears the mark alone tells that
its signer came back to look. So whoever makes a batch reads all of it at once."""

from collections.abc import Iterable

from django.db import connection

from organizing.signing.models import Signature


def settle(nullifiers: Iterable[bytes]) -> None:
    """Reads these rows, in their order, outside the transaction that wrote them."""
    if connection.vendor != "postgresql":
        return
    rows = Signature.objects.filter(nullifier__in=list(nullifiers)).order_by("nullifier")
    # A column that no index has: an index alone would answer without a look at the row.
    list(rows.values_list("version", flat=True))
