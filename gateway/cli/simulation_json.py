"""A simulation's report as JSON, in codes; marked as not live.

Does not: word anything (`gateway.service.simulation.page`).
"""

from dataclasses import asdict
from datetime import date
from typing import Any

from gateway.service.simulation.simulate import Group, SimulationReport
from gateway.service.simulation.situation import SituationsTried


def simulation_json(
    report: SimulationReport,
    agreements: frozenset[str] | None,
    on_record: tuple[int, int],
    tried: SituationsTried | None,
    show: int | None,
) -> dict[str, Any]:
    """The whole report; with `show` only that group of the groups."""
    groups = list(enumerate(report.groups, 1))
    return {
        "live": False,
        "partial": report.partial,
        "draft": report.draft,
        "since": _day(report.period.since),
        "until": _day(report.period.until),
        "agreements": None if agreements is None else sorted(agreements),
        "entries": {"read": report.read, "total": report.total},
        "requests": report.requests,
        "changed": report.changed,
        "inputs": report.inputs,
        "not_decided": dict(report.not_decided),
        "before_the_term": report.moved,
        "groups": [_group(number, group) for number, group in groups if show in (None, number)],
        "usage": asdict(report.usage),
        "situations": None if tried is None else _tried(tried),
        "on_record": on_record,
    }


def _group(number: int, group: Group) -> dict[str, Any]:
    key, change = group.key, group.key.change
    return {
        "group": number,
        "kind": change.kind.value,
        "agreement": key.agreement,
        "purpose": key.purpose,
        "record_type": key.record_type,
        "element": change.element,
        "before": change.before,
        "after": change.after,
        "reasons": change.reasons,
        "requests": group.count,
        "inputs": group.inputs,
        "recipients": group.recipients,
        "elements": group.elements,
        "record_not_read": group.unread,
        "under_the_rulebook_in_force_too": group.already,
        "entries": group.entries,
    }


def _tried(tried: SituationsTried) -> dict[str, Any]:
    return {
        "tried": tried.tried,
        "skipped": tried.skipped,
        "otherwise": [
            {
                "situation": one.situation.name,
                "changes": [asdict(change) for change in one.changes],
                "under_the_rulebook_in_force_too": one.already,
            }
            for one in tried.otherwise
        ],
        "broken": dict(tried.broken),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
