"""Employers with their LMIAs, inspections and workers, and all that federal bodies keep of each worker.

Invariant: employers are made one after the other until there are enough workers, each with the records that follow from
its situation; the first employers, and a worker of some of them, are landmarks. Of one worker every record tells the
same: a banner on the protection case is on every other record of that worker.
"""

import random
from collections.abc import Callable, Mapping
from datetime import date

from gateway.adapters.sources.load.places import NAMES
from gateway.sandbox.applications import application_values
from gateway.sandbox.border import enforcement_values, entry_exit_values
from gateway.sandbox.cases import case_values
from gateway.sandbox.employers import (
    SITUATIONS,
    Employer,
    finding_values,
    inspection_values,
    lmia_values,
    new_employer,
)
from gateway.sandbox.numbers import Numbers
from gateway.sandbox.store import Store, Values
from gateway.sandbox.workers import Worker, new_worker, worker_values

CASES_PER_WORKER = 0.02
FILES_PER_WORKER = 0.03
APPROVED = 0.6
BANNERS = 0.08

# The employers a worker of whom is told of, by number: the name of the story, with which the landmarks begin or end.
STORIES: Mapping[int, str] = {1: "", 2: "_french", 3: "_protected"}
PLAIN = 0

Progress = Callable[[int, int], None]


class Workplaces:
    """`open_lmias` fills with rows in the form of the published list."""

    def __init__(
        self, store: Store, rng: random.Random, numbers: Numbers, today: date, workers: int, progress: Progress
    ) -> None:
        self._store = store
        self._rng = rng
        self._numbers = numbers
        self._today = today
        self._workers = workers
        self._progress = progress
        self._made = 0
        self._cases_due = 0.0
        self.open_lmias: list[tuple[str, ...]] = []

    def build(self) -> None:
        number = 0
        while self._made < self._workers or number < len(SITUATIONS):
            self._employer(new_employer(self._rng, self._numbers, number))
            number += 1

    def _employer(self, employer: Employer) -> None:
        lmias: list[str] = []
        left = employer.positions
        shown = employer.number < len(SITUATIONS)
        while left > 0:
            size = min(left, self._rng.choice((1, 2, 4, 8, 12)) if not shown else left)
            left -= size
            lmias.append(self._lmia(employer, size, first=shown and not lmias))
        if employer.situation != "clear":
            self._inspection(employer, lmias)
        if shown and employer.number == 4:
            self._store.mark("employer_not_inspected", "inspection", "bn15", employer.bn15)

    def _lmia(self, employer: Employer, size: int, *, first: bool) -> str:
        rng = self._rng
        decision = "Suspended" if employer.situation == "under-inspection" else "Confirmed"
        if not first and decision == "Confirmed":
            decision = rng.choices(("Confirmed", "Refused", "Revoked"), (92, 6, 2))[0]
        values = lmia_values(rng, self._numbers, employer, size, decision, self._today)
        lmia = str(values["system_file_number"])
        filled = 0
        if decision in {"Confirmed", "Suspended"}:
            filled = max(1, round(size * rng.uniform(0.6, 1.0))) if size > 1 or rng.random() < 0.8 else 0
            filled = min(filled, max(0, self._workers - self._made))
            values["positions_remaining"] = size - filled
        self._store.add("lmia", values, landmark=first)
        for index in range(filled):
            self._worker(employer, values, shown=first and index == 0)
        if decision == "Confirmed":
            self._listed(employer, values, size)
        if first and employer.number in (0, 1):
            name = "lmia_confirmed" if employer.number == 0 else "lmia_suspended"
            self._store.mark(name, "lmia", "lmia-system-file-number", lmia)
        return lmia

    def _listed(self, employer: Employer, lmia: Values, size: int) -> None:
        place = employer.place
        self.open_lmias.append(
            (
                NAMES[place.province],
                employer.stream,
                employer.name,
                f"{place.city}, {place.province} {place.postal_code}",
                f"{lmia['noc_2021']}-{lmia['noc_title']}",
                employer.status,
                "1",
                str(size),
            )
        )

    def _worker(self, employer: Employer, job: Values, *, shown: bool) -> None:
        rng = self._rng
        story = STORIES.get(employer.number) if shown else None
        vulnerable = self._has_case(employer, story)
        protected = story == "_protected" if story is not None else vulnerable and rng.random() < BANNERS
        approved = story == "_french" if story is not None else vulnerable and rng.random() < APPROVED
        worker = new_worker(rng, self._numbers, employer.place, self._today, approved=approved)
        self._made += 1
        if self._made % 500 == 0:
            self._progress(self._made, self._workers)
        landmark = story is not None or (shown and employer.number == PLAIN)
        add, today = self._store.add, self._today
        add("gcms-worker", worker_values(rng, worker, job, today, protected=protected), landmark=landmark)
        crossings = entry_exit_values(rng, worker, today, protected=protected, shown=landmark)
        add("entry-exit-history", crossings, landmark=landmark)
        if landmark:
            self._store.mark(f"worker{'_plain' if story is None else story}", "gcms-worker", "uci", worker.uci)
            self._store.mark(
                f"entry_exit{'_plain' if story is None else story}", "entry-exit-history", "uci", worker.uci
            )
        if vulnerable:
            self._case(employer, worker, job, story, protected=protected)
        if story is not None or rng.random() < FILES_PER_WORKER:
            self._file(employer, worker, story, protected=protected)

    def _has_case(self, employer: Employer, story: str | None) -> bool:
        """Two workers in a hundred have one; those of employers under inspection have more than their share."""
        self._cases_due += CASES_PER_WORKER * (5 if employer.situation == "under-inspection" else 1)
        if story is not None:
            return True
        if self._cases_due < 1:
            return False
        self._cases_due -= 1
        return True

    def _case(self, employer: Employer, worker: Worker, job: Values, story: str | None, *, protected: bool) -> None:
        french = story == "_french" if story is not None else employer.place.province in {"QC", "NB"}
        shown = story is not None
        case = case_values(
            self._rng,
            self._numbers,
            worker,
            employer,
            str(job["system_file_number"]),
            self._today,
            language="fr" if french else "en",
            shown=shown,
            canary=self._store.canaries.token(),
        )
        case["do_not_disclose_banner"] = protected
        self._store.add("protection-case", case, landmark=shown)
        application = application_values(self._rng, worker, employer, case, job, self._today)
        self._store.add("open-work-permit-application", application, landmark=shown)
        if story is not None:
            number, mark = case["owp_v_application_no"], self._store.mark
            mark(f"protection_case{story}", "protection-case", "uci", worker.uci)
            mark(f"protection_case{story}_application", "protection-case", "application-number", number)
            mark(f"protection_case{story}_id", "protection-case", "case-id", case["case_id"])
            mark(f"open_permit_application{story}", "open-work-permit-application", "application-number", number)

    def _file(self, employer: Employer, worker: Worker, story: str | None, *, protected: bool) -> None:
        confidential = story == "_french"
        values = enforcement_values(
            self._rng,
            self._numbers,
            worker,
            employer.name,
            self._today,
            protected=protected,
            confidential=confidential,
        )
        self._store.add("irpa-enforcement-file", values, landmark=story is not None)
        if story is not None:
            name = "_in_confidence" if confidential else story
            self._store.mark(f"irpa_file{name}", "irpa-enforcement-file", "uci", worker.uci)

    def _inspection(self, employer: Employer, lmias: list[str]) -> None:
        shown = employer.number < len(SITUATIONS)
        values = inspection_values(self._rng, self._numbers, employer, lmias, self._today)
        self._store.add("inspection", values, landmark=shown)
        name = {
            "under-inspection": "employer_under_inspection",
            "preliminary": "preliminary_finding",
            "final": "final_finding",
            "warning": "warning_finding",
        }[employer.situation]
        if shown:
            self._store.mark(name, "inspection", "bn15", employer.bn15)
            self._store.mark(f"{name}_inspection", "inspection", "inspection-id", values["inspection_id"])
        if employer.situation == "final":
            number = self._store.counts.get("employer-compliance", 0) + 1
            self._store.add("employer-compliance", finding_values(self._rng, employer, values, number), landmark=shown)
            if shown:
                self._store.mark("published_finding", "employer-compliance", "employer-name", employer.name)
