"""A row of the work list as staff read it: what the duty is called, whom it binds, under which law, by when.

Invariant: everything has words in both languages; the law that is cited is one that binds the unit concerned.
Does not: list (`gateway.service.obligation.work_list`), or say which local time (whoever shows it does).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from audit.vocabulary import format_time
from gateway.domain.due import OTTAWA
from gateway.service.obligation.notices import NOTICES
from gateway.service.obligation.work_list import Work
from gateway.service.words.addressees import ADDRESSEES
from gateway.staff.work_desk import WorkDesk


def row_as_json(work: WorkDesk, one: Work, now: datetime) -> Mapping[str, Any]:
    """Codes with their names; times in UTC, days counted in Ottawa."""
    row, words = one.row, work.words
    kind = NOTICES.get(row.code)
    return {
        "entry_index": row.ref.entry_index,
        "position": row.ref.position,
        "state": one.state,
        "code": row.code,
        "title": dict(duty_title(work, row.code)),
        "notice": kind is not None,
        "addressee": one.addressee and _named(work, one.addressee),
        "unit": _named(work, row.unit),
        "citations": [{"code": code, **words.provisions.get(code, {})} for code in citations(work, one)],
        "due": row.due and format_time(row.due),
        "days_left": (row.due.astimezone(OTTAWA).date() - now.astimezone(OTTAWA).date()).days if row.due else None,
        "done_at": row.done_at and format_time(row.done_at),
    }


def duty_title(work: WorkDesk, code: str) -> Mapping[str, str]:
    """What a duty is called."""
    kind = NOTICES.get(code)
    notice = {"en": kind.en, "fr": kind.fr} if kind else {"en": code, "fr": code}
    return work.words.obligations.get(code) or notice


def provisions_of(work: WorkDesk, one: Work) -> Iterator[Mapping[str, Any]]:
    """The provisions that demand the duty, each with its Act, its section and what it says in the register's words."""
    for code in citations(work, one):
        if row := work.provisions.get(code):
            yield provision_as_json(code, row)


def provision_as_json(code: str, row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A row of the register."""
    effective = row["effective"]
    return {
        "code": code,
        **{name: row[name] for name in ("instrument", "title", "summary")},
        "section": dict(row["section"]),
        "from": _day(effective["from"]),
        "until": _day(effective["until"]),
        "verified": bool(row["verified"]),
        "source": str(row["source"]),
    }


def _day(value: Any) -> str | None:
    return None if value is None else str(value)


def citations(work: WorkDesk, one: Work) -> Sequence[str]:
    """The provisions that demand the duty: the one its draft names; else, of those that may, the ones that the decision
    rests on; else those of a regime of the bound unit, or else of the custodian; else all that may."""
    if one.provision is not None:
        return [one.provision]
    row: Mapping[str, Any] = work.duties.get(one.row.code, {})
    able: Sequence[str] = row.get("citations", ())
    cited = {*one.entry.authorities.discloser, *one.entry.authorities.recipient}
    decided = [code for code in able if code in cited]
    bound = _of_regimes(work, able, one.row.unit)
    return decided or bound or _of_regimes(work, able, one.entry.custodian) or list(able)


def _of_regimes(work: WorkDesk, provisions: Sequence[str], unit: str | None) -> list[str]:
    known = work.parties.find(unit) if unit else None
    under = set(known.regimes) if known else set()
    return [code for code in provisions if under.intersection(work.provisions.get(code, {}).get("regimes", ()))]


def _named(work: WorkDesk, code: str) -> Mapping[str, str]:
    return {"code": code, **(ADDRESSEES.get(code) or work.words.units.get(code) or {"en": code, "fr": code})}
