"""Remembers the subject keys used last, so that a batch asks the database only for the others.

Invariant 10: a key that was erased is forgotten before the next batch is sealed, in every process: `key_epoch` of the
head row grows with each erasure and is read under the lock. A key made in a batch is remembered only after COMMIT.
"""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gateway.adapters.log.vault import Vault

CAPACITY: Final = 4_096


class KeyCache:
    """A bounded, least-recently-used map from token to key. For one thread at a time."""

    def __init__(self, vault: Vault, capacity: int = CAPACITY) -> None:
        self.vault = vault
        self._capacity = capacity
        self._epoch = -1
        self._keys: OrderedDict[bytes, AESGCM] = OrderedDict()

    def __contains__(self, token: bytes) -> bool:
        return token in self._keys

    def get(self, token: bytes) -> AESGCM | None:
        """The key, or None."""
        return self._keys.get(token)

    def clear(self) -> None:
        """Forget everything."""
        self._keys.clear()

    def valid_for(self, epoch: int) -> bool:
        """Whether what is remembered may be used in this epoch; if not, it is forgotten."""
        if epoch == self._epoch:
            return True
        stale = bool(self._keys)
        self._keys.clear()
        self._epoch = epoch
        return not stale

    def remember(self, keys: Mapping[bytes, AESGCM]) -> None:
        """Keep keys that are durable now."""
        for token, key in keys.items():
            self._keys[token] = key
            self._keys.move_to_end(token)
        while len(self._keys) > self._capacity:
            self._keys.popitem(last=False)
