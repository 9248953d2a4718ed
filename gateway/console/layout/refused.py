"""From the refusal of a staff call to the problem beside the field of a form.

Invariant: a refusal begins with the member that is wrong where one is; its words are those of the code and member, or
of the code alone. Does not: word anything (`errors`, `work_errors`).
"""

import re
from collections.abc import Mapping
from typing import Final

from gateway.console.layout.errors import ERRORS, error_words
from gateway.console.layout.work_errors import WORK_ERRORS
from gateway.console.visit import Problem, Visit
from gateway.staff.asking import StaffCallError

_MEMBER: Final = re.compile(r"-{0,2}([a-z][a-z _-]{0,40}):")
_UNREADABLE: Final = "write visible characters"


def problem_of(error: StaffCallError, visit: Visit, fields: Mapping[str, str]) -> Problem:
    """`fields` is the field of the form by member, where it is called otherwise, or by code where none is named."""
    found = _MEMBER.match(str(error))
    member = found[1].replace(" ", "-") if found else ""
    typed = member.replace("-", "_") if member.replace("-", "_") in visit.typed.fields else None
    exact = f"{error.code}.{member}"
    key = exact if exact in ERRORS or exact in WORK_ERRORS else error.code
    if _UNREADABLE in str(error):
        key = "text-unreadable"
    return Problem(
        error_words(key, str(error), visit.lang, error.facts), fields.get(member) or typed or fields.get(error.code)
    )
