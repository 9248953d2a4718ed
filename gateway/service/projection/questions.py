"""What can be asked of the projection of the log: a filter, as a value that goes through JSON and back.

    Question(where={Column.CUSTODIAN: ("esdc-pob",)}, first=date(2026, 1, 1), institution="esdc")

Invariant: a question holds codes and days, so it may be shown, logged and put on record; whatever is no code is refused
with the name of the column and never repeated. Values of one column are alternatives, columns narrow each other.
Does not: read anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from audit.vocabulary import is_digest, is_form, is_identifier, is_version
from gateway.domain.errors import GatewayError
from gateway.service.projection.columns import PERIODS, Column

NONE: Final = ""
"""The value for entries that name nothing in a column."""
MOST_VALUES: Final = 100
MOST_GROUPED: Final = 2
USUAL_PAGE: Final = 50
MOST_ROWS: Final = 1_000
USUAL_GROUPS: Final = 1_000
MOST_GROUPS: Final = 10_000
_LEFT: Final = frozenset({Column.DISCLOSED, Column.FORM})
_STAYED: Final = frozenset({Column.WITHHELD, Column.WITHHELD_REASON})
_MEMBERS: Final = frozenset({"where", "first", "last", "institution"})


class QuestionError(GatewayError):
    """The question is not one; the message names the member at fault, never a value."""

    code = "question-malformed"


@dataclass(frozen=True, slots=True)
class Question:
    """Which entries. `where` has one or more alternatives for each column that it names; `first` and `last` are days in
    Ottawa, both included; `institution` is an organization that is custodian, recipient or requester of the entry.

    Raises QuestionError."""

    where: Mapping[Column, tuple[str, ...]] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None
    institution: str | None = None

    def __post_init__(self) -> None:
        for column, values in self.where.items():
            if column in PERIODS:
                raise QuestionError(f"where.{column}: ask for days with first and last")
            if not 0 < len(values) <= MOST_VALUES:
                raise QuestionError(f"where.{column}: name 1 to {MOST_VALUES} values")
            if not all(value == NONE or _is_code(value) for value in values):
                raise QuestionError(f"where.{column}: write codes, such as esdc-pob")
        if self.institution is not None and not is_identifier(self.institution):
            raise QuestionError("institution: write a code, such as esdc")
        if self.first is not None and self.last is not None and self.last < self.first:
            raise QuestionError("last: is before first")

    @classmethod
    def from_json(cls, members: Mapping[str, Any]) -> "Question":
        """Read what `as_json` wrote, and what a person typed in this form. Raises QuestionError."""
        if strays := members.keys() - _MEMBERS:
            named = [name for name in sorted(strays) if is_identifier(name)]
            raise QuestionError(f"the question has a member that is none of {', '.join(sorted(_MEMBERS))}: {named}")
        where = members.get("where") or {}
        if not isinstance(where, Mapping):
            raise QuestionError("where: write columns with their values")
        conditions = {column_named(name): _values(name, values) for name, values in where.items()}
        institution = members.get("institution")
        if institution is not None and not isinstance(institution, str):
            raise QuestionError("institution: write a code, such as esdc")
        return cls(conditions, _day(members.get("first"), "first"), _day(members.get("last"), "last"), institution)

    def as_json(self) -> dict[str, Any]:
        """The same question as JSON; what it does not say is left out."""
        return {
            **(
                {"where": {str(column): list(self.where[column]) for column in sorted(self.where)}}
                if self.where
                else {}
            ),
            **({"first": self.first.isoformat()} if self.first else {}),
            **({"last": self.last.isoformat()} if self.last else {}),
            **({"institution": self.institution} if self.institution else {}),
        }


def column_named(name: str) -> Column:
    """The column of this name. Raises QuestionError."""
    try:
        return Column(name)
    except ValueError:
        raise QuestionError(f"a column is one of {', '.join(Column)}") from None


def grouping(names: Sequence[str]) -> tuple[Column, ...]:
    """One or two different columns to group by. Raises QuestionError."""
    columns = tuple(column_named(name) for name in names)
    if not 0 < len(columns) <= MOST_GROUPED or len(set(columns)) != len(columns):
        raise QuestionError("columns: name one or two different columns")
    if len(PERIODS.intersection(columns)) > 1:
        raise QuestionError("columns: name one of day, week, month")
    if _LEFT.intersection(columns) and _STAYED.intersection(columns):
        raise QuestionError("columns: disclosed and form do not go with withheld and withheld-reason")
    return columns


def _is_code(value: str) -> bool:
    return is_identifier(value) or is_form(value) or is_version(value) or is_digest(value)


def _values(name: str, values: Any) -> tuple[str, ...]:
    listed = (values,) if isinstance(values, str) else values
    if not isinstance(listed, (list, tuple)) or not all(isinstance(value, str) for value in listed):
        raise QuestionError(f"where.{column_named(name)}: write a list of codes")
    return tuple(dict.fromkeys(listed))


def _day(value: Any, name: str) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise QuestionError(f"{name}: write the day as YYYY-MM-DD, for example 2026-11-24") from None
