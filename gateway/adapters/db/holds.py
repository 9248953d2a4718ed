"""Holds: reasons not to erase a person yet. Placed and lifted by staff, and obeyed by the erasing transaction.

Invariant: the table names nobody; a hold is filed under the subject's search token. Times are Unix seconds.
Does not: put the change on record (`gateway.service.holds` does).
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from gateway.adapters.log.vault import Vault
from gateway.domain.errors import LogUnavailableError
from gateway.domain.request import SubjectIdentifier

_PLACE = text(
    "INSERT INTO subject_hold (token, code, placed_at) VALUES (:token, :code, :placed_at) "
    "ON CONFLICT (token, code) DO NOTHING"
)
_LIFT = text("DELETE FROM subject_hold WHERE token = :token AND code = :code")


class HoldTable:
    """The `gateway.service.holds.HoldStore` port. Every method raises LogUnavailableError."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def place(self, subject: SubjectIdentifier, code: str, placed_at: int) -> bool:
        """Place a hold; False when it was placed before."""
        values = {"token": self._vault.token(subject), "code": code, "placed_at": placed_at}
        return self._change(_PLACE, values)

    def lift(self, subject: SubjectIdentifier, code: str) -> bool:
        """Lift a hold; False when there is none."""
        return self._change(_LIFT, {"token": self._vault.token(subject), "code": code})

    def _change(self, statement: Any, values: Mapping[str, object]) -> bool:
        try:
            with self._engine.begin() as connection:
                return bool(connection.execute(statement, values).rowcount == 1)
        except SQLAlchemyError as error:
            raise LogUnavailableError(f"holds cannot be kept ({type(error).__name__})") from None
