"""Grounds other than an agreement, as people at two terminals live them.

A partner asks, staff decide beside the running gateway, notices and duties follow, and the person gets an account.
"""

import json
import re
import shlex
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gateway.deployment.folder import read_signing_key
from tests.integration.commands import Ran, gateway, here
from tests.integration.operator import Operated, operate

PAPER = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
CANARY = "CANARY-circumstances"
STAFF = ("--unit", "london-ontario-works", "--officer", "j.singh")


@dataclass
class Afternoon:
    """What was run while the gateway served, by name."""

    operated: Operated
    member: str
    ran: dict[str, Ran] = field(default_factory=dict)
    referral: str = ""
    decision: str = ""
    consent: str = ""

    def ask(self, key: Path, *rest: str, purpose: str, form: dict[str, object], elements: tuple[str, ...]) -> Ran:
        file = self.operated.folder / "form.json"
        file.write_text(json.dumps(form), "utf-8")
        pin = read_signing_key(self.operated.folder / "response-key.pem").public.keyid
        named = [word for element in elements for word in ("--element", element)]
        about = ("--purpose", purpose, "--record-type", "social-assistance-member", "--scheme", "sams-member-id")
        trusted = ("--origin", self.operated.origin, "--pin", pin, "--log-vkey", self.operated.folder / "log.vkey")
        return gateway(
            "request", *trusted, "--key", key, *about, *named, "--ground", file, *rest, "--json", stdin=self.member
        )


def member_in_employer_housing(world: Path) -> str:
    with sqlite3.connect(world / "world.db") as database:
        found = database.execute(
            "SELECT sams_member_id FROM social_assistance_member WHERE address_kind = 'employer-housing' "
            "AND NOT do_not_disclose AND NOT in_confidence LIMIT 1"
        ).fetchone()
    assert found is not None, "the sample world has a member whose address is employer housing"
    return str(found[0])


@pytest.fixture(scope="module")
def afternoon(tmp_path_factory: pytest.TempPathFactory) -> Afternoon:
    folder = tmp_path_factory.mktemp("g")
    here("sample", "--out", folder / "world", "--workers", "60", "--seed", "3")
    operated = operate(folder / "g", {"sources_file": folder / "world" / "sources.yaml", "sandbox": "true"})
    police = operated.register("rcmp-federal-policing", "police")
    shelter = operated.register("harbour-lane-shelter", "shelter")
    day = Afternoon(operated, member_in_employer_housing(folder / "world"))
    run = operated.run
    emergency: dict[str, object] = {"kind": "emergency", "danger": "life", "circumstances": f"{CANARY} {{{{7*7}}}}"}
    urgent = {"purpose": "protect-life-or-safety", "form": emergency, "elements": ("phone", "address_last_known")}
    with operated.serving():
        day.ran["asked"] = day.ask(police, **urgent)  # type: ignore[arg-type]
        day.referral = re.findall(r"r-[0-9a-f]{32}", day.ran["asked"].out)[0]
        day.ran["listed"] = run("referral", "list", "--open", "--json")
        weigh = json.loads(day.ran["listed"].out)[0]["weigh"]
        day.ran["undelegated"] = run("referral", "release", day.referral, *STAFF, stdin="because")
        today = datetime.now(UTC)
        period = ("--from", (today - timedelta(days=1)).isoformat(), "--until", (today + timedelta(days=9)).isoformat())
        provisions = [word for name in weigh for word in ("--provision", name)]
        at = ("--at", "london-ontario-works", "--unit", "london-ontario-works", "--officer", "d.head")
        day.ran["order"] = run("delegation", "give", "--to", "j.singh", *at, *provisions, *period)
        day.ran["shown"] = run("referral", "show", day.referral, *STAFF, "--json")
        day.ran["page"] = run("referral", "show", day.referral, *STAFF)
        day.ran["waiting"] = day.ask(police, "--collect", day.referral, **urgent)  # type: ignore[arg-type]
        day.ran["released"] = run(
            "referral", "release", day.referral, "--element", "phone", *STAFF, stdin="BECAUSE-canary"
        )
        day.decision = re.findall(r"as entry (\d+)", day.ran["released"].out)[0]
        day.ran["collected"] = day.ask(police, "--collect", day.referral, **urgent)  # type: ignore[arg-type]
        day.ran["duties"] = run("obligation", "list", "--json")
        duties = json.loads(day.ran["duties"].out)["obligations"]
        position = next(one["position"] for one in duties if one["code"] == "mail-notice")
        place = (day.decision, str(position))
        day.ran["notice"] = run("obligation", "show", *place, *STAFF)
        told = re.search(r"^ +gateway (obligation show .*)$", day.ran["released"].out, re.MULTILINE)
        day.ran["as told"] = run(*shlex.split(told[1])) if told else Ran(2, "", "not told how")
        day.ran["held"] = run("obligation", "done", *place, *STAFF)
        day.ran["sent"] = run("obligation", "done", *place, *STAFF, "--sent-despite-hold", "handed over in person")
        day.ran["twice"] = run("obligation", "done", *place, *STAFF, "--sent-despite-hold", "handed over in person")
        day.ran["reviewed"] = run(
            "referral", "review", day.referral, "--upheld", "--unit", "london-ontario-works", "--officer", "m.cote",
            stdin="needed and no more",
        )  # fmt: skip
        filed = ("--scheme", "sams-member-id", "--record-type", "social-assistance-member", "--element", "language")
        when = ("--from", "2026-01-01", "--until", "2026-12-31", "--document", PAPER)
        to = ("--recipient", "harbour-lane-shelter", "--purpose", "shelter-placement")
        day.ran["consent"] = run("consent", "register", *filed, *to, *when, *STAFF, stdin=day.member)
        day.consent = re.findall(r"c-[0-9a-f]{24}", day.ran["consent"].out)[0]
        form: dict[str, object] = {"kind": "consent", "consent": day.consent}
        placed = {"purpose": "shelter-placement", "form": form, "elements": ("language", "phone")}
        day.ran["consented"] = day.ask(shelter, **placed)  # type: ignore[arg-type]
        day.ran["other recipient"] = day.ask(police, **placed)  # type: ignore[arg-type]
        day.ran["withdrawn"] = run(
            "consent", "withdraw", day.consent, "--scheme", "sams-member-id", *STAFF, stdin=day.member
        )
        day.ran["after"] = day.ask(shelter, **placed)  # type: ignore[arg-type]
        day.ran["account"] = run(
            "account", "--scheme", "sams-member-id", "--received", "2026-11-01", *STAFF, "--json", stdin=day.member
        )
    day.ran["stopped"] = run("referral", "list", "--json")
    day.ran["verified"] = run("log", "verify")
    return day


def test_what_a_person_has_to_decide_is_referred_with_its_clock(afternoon: Afternoon) -> None:
    assert afternoon.ran["asked"].code == 0
    assert "a person decides by" in afternoon.ran["asked"].out
    (listed,) = json.loads(afternoon.ran["listed"].out)
    assert (listed["state"], listed["ground"], listed["custodian"]) == (
        "requested",
        "emergency",
        "london-ontario-works",
    )
    assert "MF-32-h" in listed["weigh"]


def test_only_an_officer_with_an_order_decides(afternoon: Afternoon) -> None:
    assert afternoon.ran["undelegated"].code == 1
    refused = afternoon.ran["undelegated"].err
    assert "no delegation order" in refused
    assert "gateway delegation give --to OFFICER --at london-ontario-works --provision MF-32-h" in refused
    assert afternoon.ran["order"].code == 0, afternoon.ran["order"].err


def test_the_officer_sees_the_evidence_and_the_requester_waits(afternoon: Afternoon) -> None:
    shown = json.loads(afternoon.ran["shown"].out)
    assert shown["form"]["texts"]["circumstances"] == f"{CANARY} {{{{7*7}}}}", "as it was written, nothing executed"
    assert f"Circumstances: {CANARY}" in afternoon.ran["page"].out
    assert "(Ottawa time)" in afternoon.ran["page"].out
    assert "it is requested" in afternoon.ran["waiting"].out


def test_what_was_released_leaves_with_its_authorities(afternoon: Afternoon) -> None:
    assert "partly released" in afternoon.ran["released"].out
    assert afternoon.ran["collected"].code == 0, afternoon.ran["collected"].err
    collected = json.loads(afternoon.ran["collected"].out)
    assert [sorted(record) for record in collected["records"]] == [["phone"]]
    assert collected["decision"]["agreement"] is None
    assert collected["decision"]["authorities"]["discloser"] == ["MF-32-h"]
    assert [item["reason"] for item in collected["withheld"]] == ["not-released"]


def test_the_letter_to_housing_of_the_employer_is_held_until_somebody_answers_for_it(afternoon: Afternoon) -> None:
    told = " ".join(afternoon.ran["released"].out.split())
    assert "HELD: the last known address is housing that the employer controls [employer-housing]" in told
    assert afternoon.ran["notice"].code == 0, afternoon.ran["notice"].err
    assert afternoon.ran["as told"] == afternoon.ran["notice"], "the command that the release prints reads the notice"
    assert afternoon.ran["held"].code == 1
    assert afternoon.ran["sent"].code == 0, afternoon.ran["sent"].err
    assert afternoon.ran["twice"].code == 1


def test_the_decision_is_reviewed_by_somebody_else(afternoon: Afternoon) -> None:
    assert "reviewed, upheld" in afternoon.ran["reviewed"].out, afternoon.ran["reviewed"].err


def test_a_consent_opens_what_it_names_to_whom_it_names_until_it_is_withdrawn(afternoon: Afternoon) -> None:
    consented = json.loads(afternoon.ran["consented"].out)
    assert [sorted(record) for record in consented["records"]] == [["language"]]
    assert consented["decision"]["authorities"]["discloser"] == ["MF-32-b"]
    assert [(item["element"], item["reason"]) for item in consented["withheld"]] == [("phone", "evidence-out-of-scope")]
    assert afternoon.ran["other recipient"].code == 1
    assert (
        "names another" in afternoon.ran["other recipient"].err or "recipient" in afternoon.ran["other recipient"].err
    )
    assert afternoon.ran["withdrawn"].code == 0
    assert afternoon.ran["after"].code == 1


def test_the_account_tells_the_person_of_both_disclosures(afternoon: Afternoon) -> None:
    assert afternoon.ran["account"].code == 0, afternoon.ran["account"].err
    told = afternoon.ran["account"].out
    assert "rcmp-federal-policing" in told
    assert "harbour-lane-shelter" in told


def test_the_same_commands_work_when_the_gateway_is_stopped_and_the_log_holds(afternoon: Afternoon) -> None:
    (listed,) = json.loads(afternoon.ran["stopped"].out)
    assert listed["state"] == "after-review"
    assert afternoon.ran["verified"].code == 0


def test_no_text_of_a_form_or_a_decision_is_logged(afternoon: Afternoon) -> None:
    folder = afternoon.operated.folder
    logged = (folder / "gateway.log").read_bytes()
    stored = b"".join(file.read_bytes() for file in folder.glob("log.db*"))
    for secret in (CANARY.encode(), b"BECAUSE-canary", b"j.singh", b"d.head", afternoon.member.encode()):
        assert secret not in logged
        assert secret not in stored
