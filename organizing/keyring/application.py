"""The application's key: seals drafts, conversations and second factors in the database.

While it is being replaced there are two. `application` is the key of every day; `application-next` the one that
takes its place; `application-old` the one that has lost it and waits for its destruction. What is sealed is sealed
with the newest; what is opened is tried with each. Read from the folder each time: a change is seen at once.
"""

import secrets
from pathlib import Path
from typing import NewType

from django.conf import settings

from organizing.crypto import sealing
from organizing.keyring.stores import KEY_BYTES, FileKeyStore, KeyGone

ApplicationKey = NewType("ApplicationKey", bytes)

_NEXT, _CURRENT, _OLD = "application-next", "application", "application-old"


def _store() -> FileKeyStore:
    return FileKeyStore(Path(settings.KEY_DIR))


def application_keys() -> list[ApplicationKey]:
    """The keys that there are, the newest first. Raises KeyGone when there is none."""
    store, found = _store(), []
    for name in (_NEXT, _CURRENT, _OLD):
        try:
            found.append(ApplicationKey(store.read(name)))
        except KeyGone:
            continue
    if not found:
        raise KeyGone(_CURRENT)
    return found


def application_key() -> ApplicationKey:
    """The newest key. Raises KeyGone when the key folder has none."""
    return application_keys()[0]


def seal(plaintext: bytes, context: bytes) -> bytes:
    """Seals with the newest key; `context` is authenticated. 28 bytes longer than the plaintext."""
    return sealing.seal_box(application_key(), plaintext, context)


def unseal(box: bytes, context: bytes) -> bytes:
    """Opens with whichever key fits. Raises SealingError, or KeyGone when there is no key."""
    *others, last = application_keys()
    for key in others:
        try:
            return sealing.open_box(key, box, context)
        except sealing.SealingError:
            continue
    return sealing.open_box(last, box, context)


def is_sealed_with_newest(box: bytes, context: bytes) -> bool:
    """Whether the newest key opens this box."""
    try:
        sealing.open_box(application_key(), box, context)
    except sealing.SealingError:
        return False
    return True


def begin_rotation() -> bool:
    """Makes the next key, unless a rotation that was interrupted left one. Whether it was made now.

    An interrupted rotation that has already put the next key in its place goes on from there.
    """
    store = _store()
    if store.has(_NEXT) or store.has(_OLD):
        return False
    store.create(_NEXT, secrets.token_bytes(KEY_BYTES))
    return True


def promote_next() -> None:
    """Puts the next key in the place of the current one, which stays readable as the old one."""
    store = _store()
    if not store.has(_NEXT):
        return
    if not store.has(_OLD):
        # The same file under another name: nothing of it is left behind when it is overwritten.
        store.link(_CURRENT, _OLD)
    # One step: there is never a moment without a current key.
    store.move(_NEXT, _CURRENT)


def destroy_old() -> None:
    """Destroys the key that was replaced. What is still sealed with it can never be opened again."""
    _store().destroy(_OLD)
