"""The columns by which the projection of the log can be asked: what a filter, a grouping or a list of values names.

Invariant: every column holds codes (units, agreements, elements, reasons); none tells a person, a case or an officer.
Does not: hold values, or know how they are kept.
"""

from enum import StrEnum
from typing import Final


class Column(StrEnum):
    """A column by the name that commands, staff calls and the export use.

    `element` is every element that was asked for; `disclosed` and `withheld` are what became of it, with its `form` or
    its `withheld-reason`. An organization is that of the unit today. Days are Ottawa's, a week is named by its Monday.
    """

    KIND = "kind"
    REQUESTER = "requester"
    REQUESTER_ORGANIZATION = "requester-organization"
    RECIPIENT = "recipient"
    RECIPIENT_ORGANIZATION = "recipient-organization"
    CUSTODIAN = "custodian"
    CUSTODIAN_ORGANIZATION = "custodian-organization"
    AGREEMENT = "agreement"
    AGREEMENT_VERSION = "agreement-version"
    AGREEMENT_DIGEST = "agreement-digest"
    PURPOSE = "purpose"
    GROUND = "ground"
    RECORD_TYPE = "record-type"
    CARDINALITY = "cardinality"
    EFFECT = "effect"
    POLICY_REVISION = "policy-revision"
    CLAUSE = "clause"
    REASON = "reason"
    DISCLOSER_AUTHORITY = "discloser-authority"
    RECIPIENT_AUTHORITY = "recipient-authority"
    OBLIGATION = "obligation"
    ELEMENT = "element"
    DISCLOSED = "disclosed"
    WITHHELD = "withheld"
    FORM = "form"
    WITHHELD_REASON = "withheld-reason"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


PERIODS: Final = frozenset({Column.DAY, Column.WEEK, Column.MONTH})
"""Only to group by; a filter has its first and last day."""

LISTS: Final = frozenset(
    {Column.CLAUSE, Column.REASON, Column.DISCLOSER_AUTHORITY, Column.RECIPIENT_AUTHORITY, Column.OBLIGATION}
)
"""Of which an entry may name several."""

ELEMENTS: Final = frozenset({Column.ELEMENT, Column.DISCLOSED, Column.WITHHELD, Column.FORM, Column.WITHHELD_REASON})
"""What an entry says of each element; `element` in a question with one of the others is about the
same element, and so are `disclosed` with `form`, and `withheld` with `withheld-reason`."""

ORGANIZATIONS: Final = frozenset(
    {Column.REQUESTER_ORGANIZATION, Column.RECIPIENT_ORGANIZATION, Column.CUSTODIAN_ORGANIZATION}
)
