"""Re-wraps subject keys after the key-encryption key was exchanged, so that the old one can be destroyed.

Invariant: a key is replaced only where it is still the one that was read, so a key erased meanwhile stays erased.
Works in small transactions beside a running gateway on PostgreSQL; on SQLite the gateway is stopped.
Does not: touch the private parts, whose keys stay the same.
"""

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from gateway.adapters.log.vault import Vault, WrappedKey
from gateway.domain.errors import LogUnavailableError

_OLD = text("SELECT token, kek_version, wrapped FROM subject_key WHERE kek_version <> :current LIMIT 500")
_REPLACE = text(
    "UPDATE subject_key SET kek_version = :version, wrapped = :wrapped WHERE token = :token AND wrapped = :old"
)


def rewrap_keys(engine: Engine, vault: Vault) -> int:
    """Wrap every subject key by the current key-encryption key; returns how many were not.

    Raises:
        PrivatePartError: a key does not open with the versions configured. LogUnavailableError: storage failed.
    """
    count = 0
    try:
        while True:
            with engine.begin() as connection:
                rows = connection.execute(_OLD, {"current": vault.kek_version}).all()
                for token, version, wrapped in rows:
                    new = vault.rewrap(bytes(token), WrappedKey(version, bytes(wrapped)))
                    values = {"token": token, "old": wrapped, "version": new.kek_version, "wrapped": new.wrapped}
                    connection.execute(_REPLACE, values)
            if not rows:
                return count
            count += len(rows)
    except SQLAlchemyError as error:
        raise LogUnavailableError(f"subject keys cannot be re-wrapped ({type(error).__name__})") from None
