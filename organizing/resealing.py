"""Seals every box again when the application's key is replaced. Each capability names its boxes in `rotation.py`.

A row is opened with whichever key fits and sealed with the newest, under a lock; a row that the newest key opens
is left alone. So the work can stop anywhere and be done again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, ProgrammingError, models, transaction

from organizing import keyring
from organizing.crypto.sealing import SealingError

Boxes = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Place:
    """Rows with sealed content. `reseal` takes a primary key and says whether it had to do anything; `unseal` opens
    what is sealed in one row, or raises SealingError."""

    name: str
    keys: Callable[[], list[Any]]
    reseal: Callable[[Any], bool]
    unseal: Callable[[Any], None]


_places: dict[str, Place] = {}


def register(place: Place) -> None:
    """Adds a place; a name twice is a mistake."""
    if place.name in _places:
        raise ValueError(f"two places are called {place.name}")
    _places[place.name] = place


def register_model(model: type[models.Model], boxes: Callable[[Any], Boxes]) -> None:
    """Adds a model; `boxes` maps the sealed fields of a row to what each is bound to."""

    def keys() -> list[Any]:
        return list(model._default_manager.values_list("pk", flat=True))

    def unseal(key: Any) -> None:
        row = model._default_manager.filter(pk=key).first()
        for name, context in boxes(row).items() if row else ():
            if box := bytes(getattr(row, name)):
                keyring.unseal(box, context)

    register(Place(model.__name__, keys, lambda key: _reseal_row(model, key, boxes), unseal))


@transaction.atomic
def _reseal_row(model: type[models.Model], key: Any, boxes: Callable[[Any], Boxes]) -> bool:
    row = model._default_manager.select_for_update().filter(pk=key).first()
    if row is None:
        return False
    changed = [name for name, context in boxes(row).items() if _reseal_box(row, name, context)]
    if changed:
        row.save(update_fields=changed)
    return bool(changed)


def _reseal_box(row: models.Model, name: str, context: bytes) -> bool:
    box = bytes(getattr(row, name))
    if not box or keyring.is_sealed_with_newest(box, context):
        return False
    setattr(row, name, keyring.seal(keyring.unseal(box, context), context))
    return True


def places() -> list[Place]:
    """All places, by name."""
    return [_places[name] for name in sorted(_places)]


def reseal_all() -> Iterator[tuple[str, int, int, bool]]:
    """Place, how many rows are done, how many there are, and whether this one had to be sealed again."""
    for place in places():
        keys = place.keys()
        for done, key in enumerate(keys, 1):
            yield place.name, done, len(keys), place.reseal(key)


def places_that_stay_shut() -> list[str]:
    """Names of places whose first row no key of this site opens. Raises KeyGone when there is no key."""
    return [place.name for place in places() if not _opens_first(place)]


def _opens_first(place: Place) -> bool:
    try:
        for key in place.keys()[:1]:
            place.unseal(key)
    except SealingError:
        return False
    except (OperationalError, ProgrammingError):
        # A table that no migration has made yet holds nothing.
        return True
    return True
