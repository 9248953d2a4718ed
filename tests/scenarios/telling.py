"""Telling a situation to a gateway, step by step: who asks, what staff do before and after, who asks again.

Does not: judge what is answered (`tests.scenarios.judging`).
"""

import base64
import copy
import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import httpx

from gateway.service.simulation.situation import Situation, moment
from gateway.staff.asking import StaffCallError
from tests.scenarios.gateway import Hosted
from tests.scenarios.judging import entered, judged, same, waiting

PAPERS: Final = frozenset({"authorisation", "document", "mandate_paper", "request", "undertaking"})
"""Members of a form and of a step that name a paper; the gateway is given its SHA-256."""
SECOND: Final = timedelta(seconds=1)


class Teller:
    """Tells one situation from beginning to end; an assertion fails where the gateway says anything else."""

    def __init__(self, gateway: Hosted, situation: Situation) -> None:
        self._gateway = gateway
        self._situation = situation
        self._record = gateway.records[situation.name]
        self._consent = ""
        self._delegation = ""
        self._referral = ""

    async def tell(self) -> None:
        body, clock = self._situation.body, self._gateway.clock
        custodian = self._gateway.rulebook.catalogue.record_types[body["ask"]["what"]["record_type"]].custodian
        same("who holds this record type", body["ask"]["whom"], custodian)
        clock.moment = self._situation.when - timedelta(hours=1)
        for step in body.get("before", ()):
            await self._step(step)
        clock.moment = self._situation.when
        answer = await self._gateway.post(body["ask"]["who"], "/v1/disclosures", self._question())
        await self._heard(answer, body["expect"])
        for step in body.get("then", ()):
            clock.moment = moment(step["at"]) if "at" in step else clock.moment + SECOND
            await self._step(step)

    def _question(self) -> bytes:
        asked = self._situation.ask
        what = asked["what"]
        members: dict[str, Any] = {
            "purpose": asked["purpose"],
            "record_type": what["record_type"],
            "elements": what["elements"],
        }
        if "list" in what:
            members["list"] = what["list"]
        else:
            scheme = self._scheme()
            members["subject"] = {"scheme": scheme, "value": self._record.numbers[scheme]}
        for member, name in (
            ("agreement", "agreement"),
            ("case_reference", "case_reference"),
            ("officer", "acting_officer"),
            ("for", "recipient"),
        ):
            if member in asked:
                members[name] = asked[member]
        if "ground" in asked:
            members["ground"] = self._form(asked["ground"])
        return json.dumps(members).encode()

    def _scheme(self) -> str:
        what = self._situation.ask["what"]
        record_type = self._gateway.rulebook.catalogue.record_types[what["record_type"]]
        scheme = what.get("by") or record_type.subject or next(iter(record_type.identifiers))
        return str(scheme)

    def _form(self, said: Mapping[str, Any]) -> dict[str, Any]:
        form = copy.deepcopy(dict(said))
        for member, value in said.items():
            if member in PAPERS:
                form[member] = paper(value)
        if "representative" in said:
            form["representative"]["authorisation"] = paper(said["representative"]["authorisation"])
        if said.get("consent", "on-file") != "on-file":
            form["consent"]["document"] = paper(said["consent"]["document"])
            form["consent"]["concerns"] = {"scheme": self._scheme(), "value": self._person(said["consent"]["concerns"])}
        if "death" in said:
            form["death"]["document"] = paper(said["death"]["document"])
        if "concerns" in said:
            form["concerns"] = {"scheme": self._scheme(), "value": self._person(said["concerns"])}
        if said.get("consent") == "on-file":
            form["consent"] = self._consent
        return form

    def _person(self, whose: str) -> str:
        number = self._record.numbers[self._scheme()]
        if whose == "this-person":
            return number
        return number[:-1] + ("1" if number[-1] != "1" else "2")

    async def _step(self, step: Mapping[str, Any]) -> None:
        expected = step.get("expect", {})
        if step["does"] == "ask-again":
            requester = self._situation.ask["who"]
            answer = await self._gateway.post(requester, f"/v1/referrals/{self._referral}", b"{}")
            if "waiting_for" in expected:
                assert answer.status_code == 202, answer.text
                waiting(answer.json(), expected["waiting_for"])
            else:
                await self._heard(answer, expected)
            return
        try:
            told = await self._act(step)
        except StaffCallError as refused:
            same(f"{step['does']} is refused for", refused.code, expected.get("refused"))
            return
        assert "refused" not in expected, f"{step['does']} was not refused"
        if "state" in expected:
            same("the referral is", told["state"], expected["state"])
        if "held" in expected:
            same("notices held", [one["code"] for one in told["notices"] if one["held"]], expected["held"])
        if "told" in expected:
            same("lines of the account", len(told["officer"]["told"]), expected["told"])
            same("lines held back", len(told["officer"]["held_back"]), expected["held_back"])
        if "tells" in expected:
            same("recipients to tell of the correction", len(told["duties"]), expected["tells"])
        if "notices" in expected:
            same("notices", sorted(one["code"] for one in told["notices"]), sorted(expected["notices"]))

    async def _act(self, step: Mapping[str, Any]) -> Any:
        staff = self._gateway.staff
        who: dict[str, Any] = {"by": {"unit": step.get("unit"), "officer": step.get("who")}}
        match step["does"]:
            case "delegate":
                told = await staff(
                    "delegation.give",
                    to=step["to"],
                    at=step["unit"],
                    provisions=step["provisions"],
                    begins=_zoned(step["from"]),
                    ends=_zoned(step["until"]),
                    **who,
                )
                self._delegation = told["delegation"]
                return told
            case "revoke":
                return await staff("delegation.revoke", delegation=self._delegation, **who)
            case "register-consent":
                told = await staff(
                    "consent.register",
                    scheme=self._scheme(),
                    value=self._person(step["about"]),
                    record_type=self._situation.ask["what"]["record_type"],
                    elements=step["elements"],
                    recipient=step["recipient"],
                    purpose=step["purpose"],
                    begins=step["from"],
                    ends=step["until"],
                    document=paper(step["document"]),
                    **who,
                )
                self._consent = told["consent"]
                return told
            case "withdraw-consent":
                person: dict[str, Any] = {"scheme": self._scheme(), "value": self._person("this-person")}
                return await staff("consent.withdraw", consent=self._consent, **person, **who)
            case "take":
                return await staff("referral.take", referral=self._referral, **who)
            case "release":
                return await staff(
                    "referral.release",
                    referral=self._referral,
                    provisions=step.get("provisions", []),
                    elements=dict.fromkeys(step.get("elements", [])),
                    because=step["because"],
                    not_first=step.get("not_first"),
                    partner=step.get("partner"),
                    despite_banner=step.get("despite_banner", False),
                    source_agreed=step.get("source_agreed", False),
                    **who,
                )
            case "refuse":
                return await staff("referral.refuse", referral=self._referral, because=step["because"], **who)
            case "review":
                return await staff(
                    "referral.review",
                    referral=self._referral,
                    upheld=step["upheld"],
                    because=step["because"],
                    **who,
                )
            case "give-notice":
                return await self._give_notice(step["notice"], who)
            case "account" | "record-correction":
                return await self._about_person(step, who)
            case "tick":
                return await staff("referral.tick")
            case other:
                raise AssertionError(f"no such step: {other}")

    async def _about_person(self, step: Mapping[str, Any], who: Mapping[str, Any]) -> Any:
        """The account of who received this person's data, or a correction of it."""
        person = {"scheme": self._scheme(), "value": self._person("this-person")}
        if step["does"] == "account":
            received = self._gateway.clock.moment.date().isoformat()
            return await self._gateway.staff("account.give", identifiers=[person], received=received, **who)
        return await self._gateway.staff(
            "correction.record",
            identifiers=[person],
            kind="correction",
            record_type=self._situation.ask["what"]["record_type"],
            elements=step["elements"],
            requested=step["requested"],
            **who,
        )

    async def _give_notice(self, code: str, who: Mapping[str, Any]) -> Any:
        """Fulfil the newest duty of this code at the unit."""
        listed = await self._gateway.staff("obligation.list", states=["overdue", "due", "standing"], limit=10_000)
        place = max((one["entry_index"], one["position"]) for one in listed["obligations"] if one["code"] == code)
        return await self._gateway.staff("obligation.done", entry=place[0], position=place[1], **who)

    async def _heard(self, answer: httpx.Response, expected: Mapping[str, Any]) -> None:
        """Hold an answer, its entry and its private part against what is expected."""
        told = answer.json()
        situation, asked_one = self._situation, "list" not in self._situation.ask["what"]
        judged(answer.status_code, told, expected, self._record.values if asked_one else None)
        self._referral = told.get("referral", self._referral)
        if "problem" in expected:
            return
        entry, private = await self._gateway.on_record(told["entry_index"])
        entered(entry, expected, situation.ask)
        assert private is not None, "nothing is kept of who was asked about"
        same("what happened, privately", private["outcome"], expected.get("privately", private["outcome"]))
        if "private_reasons" in expected:
            same("reasons, privately", sorted(private["reasons"]), sorted(expected["private_reasons"]))
        if asked_one:
            same("who was asked about", private["subject"]["value"], self._record.numbers[self._scheme()])


def paper(title: str) -> str:
    """The SHA-256 of an invented paper, as forms carry it."""
    return base64.urlsafe_b64encode(hashlib.sha256(title.encode()).digest()).rstrip(b"=").decode()


def _zoned(text: str) -> str:
    return moment(text).isoformat()
