"""What petitions tell capabilities that they do not know."""

from django.dispatch import Signal

# With `petition`, inside the transaction that freezes it: before anybody can reach it.
frozen = Signal()
