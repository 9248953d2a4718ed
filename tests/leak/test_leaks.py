"""Invariant 6 on a live gateway: everything is asked of it, in every wrong way too, and every output is searched.

Outputs: answers and problems, the log's database file and write-ahead log, an export of the log, the process's
diagnostic and security log, and /metrics. Secrets: every canary of the sample world and every value of every request.
A record's value may be in an answer only where a clause grants that element in plain for that request.
"""

import base64
import json
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.adapters.rulebook import load as agreements
from gateway.adapters.rulebook.load import Rulebook
from gateway.deployment.folder import SETTINGS_FILE
from gateway.domain.element import RecordType
from tests.leak.asking import Asker, Exchange, clauses, in_parts, question
from tests.leak.searching import world_secrets
from tests.live import Deployment, LiveGateway, deploy

AS_IT_WAS = "before.db"
ROWS_OF_EACH = 3
NAMES = frozenset({"person-name", "email", "staff-id", "sin", "uci", "phone", "permit-number", "application-number"})


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return agreements.load()


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    return deploy(tmp_path_factory.mktemp("leak"))


@pytest.fixture(scope="module")
def played(deployment: Deployment, rulebook: Rulebook) -> "Played":
    shutil.copy(deployment.folder / "world" / "world.db", deployment.folder / "world" / AS_IT_WAS)
    with deployment.start() as live:
        asker = Asker(live)
        try:
            ask_for_everything(asker, rulebook)
            ask_wrongly(asker)
            knock(asker)
            damage(asker)
            metrics = httpx.get(f"{live.settings.origin}/metrics", timeout=10).content
            export = exported(live)
        finally:
            asker.close()
    return Played(live, asker, metrics, export)


class Played:
    """What happened, and where the outputs are; the process has ended by now."""

    def __init__(self, live: LiveGateway, asker: Asker, metrics: bytes, export: Path) -> None:
        self.live, self.asker, self.metrics, self.export = live, asker, metrics, export
        self.search = world_secrets(json.loads((live.folder / "world" / "canaries.json").read_text("utf-8")))
        for name, landmark in live.landmarks.items():
            self.search.add(landmark["value"], f"landmark {name}")
        self.spellings_of_the_world = len(self.search.spellings)
        for value, what in asker.values.items():
            self.search.add(value, what)

    def find(self, text: bytes, allowed: Iterable[object] = ()) -> list[str]:
        """Secrets of the world and values of requests, in one pass; `allowed` are canaries that may be there."""
        return self.search.find(text, allowed)


def rows(live: LiveGateway, record_type: RecordType, where: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    table = record_type.id.replace("-", "_")
    condition = " AND ".join(f"{column} = ?" for column in where) if where else "1"
    with sqlite3.connect(live.folder / "world" / AS_IT_WAS) as database:
        database.row_factory = sqlite3.Row
        sql = f"SELECT * FROM {table} WHERE {condition} LIMIT 200"
        found = [dict(row) for row in database.execute(sql, tuple((where or {}).values()))]
    database.close()
    return found


def subjects(live: LiveGateway, record_type: RecordType) -> list[dict[str, str]]:
    """The landmarks of the type, some rows more by each identifier scheme, and one that nobody has."""
    asked = [
        {"scheme": found["scheme"], "value": found["value"]}
        for found in live.landmarks.values()
        if found["record_type"] == record_type.id
    ]
    some = rows(live, record_type)[:ROWS_OF_EACH]
    for scheme, element in record_type.identifiers.items():
        asked += [{"scheme": scheme, "value": str(row[element])} for row in some if row.get(element)]
    absent = dict(asked[0])
    absent["value"] = absent["value"].translate(str.maketrans("12345678", "23456781"))
    return [*asked, absent]


def ask_for_everything(asker: Asker, rulebook: Rulebook) -> None:
    """Each clause by its own units and by a stranger to it, about many records, for all elements of the type."""
    for agreement, purpose, clause in clauses(rulebook):
        record_type = rulebook.catalogue.record_types[clause["record_type"]]
        own = [unit for unit in clause["recipient"]["units"] if unit in asker.live.keys]
        strangers = [unit for unit in ("rcmp-federal-policing", "ircc-work-permits") if unit not in own]
        for part in in_parts(list(record_type.elements)):
            for unit in [*own, *strangers[:1]]:
                for subject in subjects(asker.live, record_type):
                    asker.post(unit, question(asker, agreement, purpose, record_type.id, part, subject=subject))
                page = question(asker, agreement, purpose, record_type.id, part, list={"filter": {}, "limit": 3})
                first = asker.post(unit, page)
                if first.status == 200:
                    cursor = json.loads(first.content)["next_cursor"]
                    asker.post(unit, {**page, "list": {"filter": {}, "limit": 3, "cursor": cursor}})
    asker.get("ircc-work-permits", "/v1/agreements")
    for index in range(0, 40, 5):
        asker.get("ircc-work-permits", f"/v1/receipts/{index}")


def ask_wrongly(asker: Asker) -> None:
    """A value where none belongs: in every member, as a member's name, in headers, in the path and in the query."""
    party, live = "ircc-work-permits", asker.live
    subject = {"scheme": "lmia-system-file-number", "value": live.landmarks["lmia_confirmed"]["value"]}

    def sound(**changes: Any) -> dict[str, Any]:
        made = question(asker, "esdc-ircc-tfw", "lmia-refresh", "lmia", ["decision"], subject=subject)
        return {name: value for name, value in {**made, **changes}.items() if value is not ...}

    def named(place: str) -> str:
        return asker.token(place).replace("-", "_")

    for member in ("agreement", "purpose", "record_type", "recipient", "case_reference", "acting_officer"):
        asker.post(party, sound(**{member: asker.token(member)}))
        asker.post(party, sound(**{member: [asker.token(f"{member}, a list")]}))
        asker.post(party, sound(**{member: f"{asker.token(f'{member}, odd')} \u2028 \\ <b>"}))
    for elements in ([named("element")], [asker.token("element, odd")], {named("elements"): 1}, [{"a": named("deep")}]):
        asker.post(party, sound(elements=elements))
    asker.post(party, sound(elements=["decision", named("second element")]))
    asker.post(party, sound(agreement=..., recipient=asker.token("recipient without an agreement")))
    asker.post(party, sound(purpose="odd-purpose", recipient=asker.token("recipient of an unknown purpose")))
    asker.post(party, sound(**{named("unknown member"): asker.token("unknown member's value")}))
    for wrong in (
        {"scheme": asker.token("scheme"), "value": "8000001"},
        {"scheme": subject["scheme"], "value": asker.token("identifier")},
        {"scheme": subject["scheme"], "value": "8000001", named("subject member"): "x"},
        asker.token("subject"),
    ):
        asker.post(party, sound(subject=wrong))
    listed = question(asker, "esdc-ircc-tfw", "open-lmia-list", "open-lmia", ["employer_name"])
    for page in (
        {"filter": {"province": asker.token("filter value")}},
        {"filter": {named("filter name"): "ON"}},
        {"filter": {"employer_name": asker.token("other filter")}},
        {"cursor": asker.token("cursor")},
        {"limit": asker.token("limit")},
        {"filter": {}, "limit": 10**9},
    ):
        asker.post(party, {**listed, "list": page})
    text = asker.token("no JSON").encode()
    for raw in (b'{"agreement": ' + text, b'["' + text + b'"]', b"\xff" + text, b'{"a":"' + text + b'","a":1}', b"["):
        asker.post(party, raw)
    asker.post(party, sound(), content_type=f"application/{asker.token('content-type')}")
    asker.post(party, sound(), idempotency_key=f"{asker.token('odd idempotency-key')} \x7f"[:-2])
    again = sound()
    for changed in (again, again, {**again, "acting_officer": asker.token("changed officer")}):
        asker.post(party, changed, idempotency_key="leak-test-repeated")
    for header in (
        "traceparent",
        "tracestate",
        "accept-language",
        "user-agent",
        "cookie",
        "referer",
        "x-forwarded-for",
    ):
        asker.post(party, sound(), **{header.replace("-", "_"): asker.token(header)})
        asker.post(party, sound(), **{header.replace("-", "_"): f"fr-CA, {asker.token(f'{header}, French')}"})
    trace = asker.chance.randbytes(16).hex()
    asker.values[trace] = "trace id"
    asker.post(party, sound(), traceparent=f"00-{trace}-{'1' * 16}-01")
    asker.get(party, f"/v1/receipts/{asker.token('receipt')}")
    asker.get(party, f"/v1/receipts/1?{asker.token('query')}={asker.token('query value')}")
    asker.get(party, f"/v1/{asker.token('path')}/%2F{asker.token('path, encoded')}")


def knock(asker: Asker) -> None:
    """Nobody signed these; they reach the security log at most."""
    origin = asker.live.settings.origin
    with httpx.Client(base_url=origin, timeout=10) as client:
        answer = client.get(f"/{asker.token('open path')}")
        asker.exchanges.append(Exchange("", {}, answer.status_code, b"", answer.content))
        answer = client.post(
            f"/v1/disclosures?{asker.token('unsigned query')}",
            content=asker.token("unsigned body"),
            headers={
                "signature-input": f'{asker.token("label")}=("@method");keyid="{asker.token("keyid")}"',
                "signature": f"x=:{asker.token('signature')}:",
                "content-digest": asker.token("digest"),
            },
        )
        asker.exchanges.append(Exchange("", {}, answer.status_code, b"", answer.content))
    for line in (f"{asker.token('method')} / HTTP/1.1", f"GET /{asker.token('broken path')} HTTP/9.9 x", "\0\xff"):
        with socket.create_connection(("127.0.0.1", asker.live.port), timeout=10) as wire:
            wire.sendall(f"{line}\r\nhost: {asker.token('host')}\r\n\r\n".encode("latin-1"))
            wire.settimeout(5)
            asker.exchanges.append(Exchange("", {}, 400, b"", wire.recv(65_536)))


def damage(asker: Asker) -> None:
    """Values that cannot be, a table that is gone, a log that is locked: each fails while a value is at hand."""
    live, file = asker.live, asker.live.folder / "world" / "world.db"
    bad = asker.token("corrupt value")
    with sqlite3.connect(file) as database:
        database.execute("UPDATE protection_case SET interview_date = ?", (bad,))
        database.execute("UPDATE lmia SET decision = ?, wage_hourly = ?", (bad, bad))
        database.execute("UPDATE employment_services_client SET shared_client = ?, milestone_date = ?", (bad, bad))
        database.execute("DROP TABLE caseworker_contact")
    database.close()
    for agreement, purpose, record_type, unit, landmark, elements in (
        ("esdc-ircc-tfw", "lmia-refresh", "lmia", "ircc-work-permits", "lmia_confirmed", ["decision", "wage_hourly"]),
        ("esdc-ircc-tfw", "owp-v-interview-notes", "protection-case", "ircc-vulnerable-workers", "protection_case",
         ["interview_date", "interview_notes"]),
        ("london-icm", "milestone-notice", "employment-services-client", "london-ontario-works", "shared_client",
         ["milestone", "milestone_date"]),
        ("london-icm", "caseworker-contact", "caseworker-contact", "maple-bridge-employment",
         "shared_client_caseworker", ["caseworker_name"]),
    ):  # fmt: skip
        subject = {"scheme": live.landmarks[landmark]["scheme"], "value": live.landmarks[landmark]["value"]}
        asker.post(unit, question(asker, agreement, purpose, record_type, elements, subject=subject))
    lock = sqlite3.connect(live.folder / "gateway" / "log.db", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    subject = {"scheme": "uci", "value": live.landmarks["protection_case"]["value"]}
    notes = question(
        asker, "esdc-ircc-tfw", "owp-v-interview-notes", "protection-case", ["interview_notes"], subject=subject
    )
    asker.post("ircc-vulnerable-workers", notes)
    lock.execute("ROLLBACK")
    lock.close()


def exported(live: LiveGateway) -> Path:
    target = live.folder / "export"
    settings = live.folder / "gateway" / SETTINGS_FILE
    command = [sys.executable, "-m", "gateway", "--env", str(settings), "log", "export", str(target)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return target


def granted_forms(rulebook: Rulebook, exchange: Exchange) -> dict[str, set[str]]:
    """Element → forms that the clauses for this very request grant."""
    asked, forms = exchange.body, dict[str, set[str]]()
    for agreement, purpose, clause in clauses(rulebook):
        if (agreement, purpose, clause["record_type"]) != (asked["agreement"], asked["purpose"], asked["record_type"]):
            continue
        if exchange.party in clause["recipient"]["units"]:
            for entry in clause["elements"]:
                forms.setdefault(entry["name"], set()).add(entry["form"]["kind"])
    return forms


def remainder(exchange: Exchange, forms: Mapping[str, set[str]]) -> bytes:
    """The answer without the values that a clause grants in plain; scrubbed texts and everything else stay."""
    members = json.loads(exchange.content)
    for record in members.get("records", ()):
        for name in [name for name in record if forms.get(name) == {"plain"}]:
            del record[name]
    return exchange.head + b"\n" + json.dumps(members, ensure_ascii=False).encode()


def own_marks(live: LiveGateway, rulebook: Rulebook, exchange: Exchange) -> list[str]:
    """The canaries of the texts that this request is given scrubbed: they mark the text and name nobody."""
    scrubbed = {
        (exchange.body["record_type"], name)
        for name, kinds in granted_forms(rulebook, exchange).items()
        if kinds == {"scrub"}
    }
    listed = json.loads((live.folder / "world" / "canaries.json").read_text("utf-8"))["canaries"]
    return [item["canary"] for item in listed if (item["record_type"], item["element"]) in scrubbed]


def test_everything_was_played(played: Played) -> None:
    """The searches below mean something only when every way through the gateway was taken."""
    codes = Counter(exchange.code for exchange in played.asker.exchanges if exchange.content[:1] == b"{")
    assert set(codes) >= {
        "disclosed", "denied", "not-available", "not-found", "unauthorized", "unavailable", "unsupported-media-type",
        "malformed-json", "malformed-request", "malformed-identifier", "malformed-list", "unknown-agreement",
        "unknown-record-type", "unknown-purpose", "unknown-element", "unknown-identifier-scheme", "unknown-filter",
        "idempotency-key-reused",
    }  # fmt: skip
    assert codes["disclosed"] > 60
    assert codes["internal-error"] == 0
    permitted = {exchange.body.get("record_type") for exchange in played.asker.exchanges if exchange.status == 200}
    assert permitted >= set(agreements.load().catalogue.record_types)
    assert played.spellings_of_the_world > 4000


def test_answers_hold_only_what_a_clause_grants(played: Played, rulebook: Rulebook) -> None:
    for exchange in played.asker.exchanges:
        if exchange.status != 200 or "record_type" not in exchange.body:
            found = played.find(exchange.head + b"\n" + exchange.content)
            assert not found, f"{exchange.code}: {found}"
            continue
        forms, members = granted_forms(rulebook, exchange), json.loads(exchange.content)
        given = {name for record in members["records"] for name in record}
        assert given <= set(forms) & set(exchange.body["elements"])
        assert all({form.partition(":")[0]} == forms[name] for name, form in members["forms"].items())
        allowed = own_marks(played.live, rulebook, exchange)
        left = remainder(exchange, forms)
        found = played.find(left, allowed)
        assert not found, f"{exchange.body['record_type']}: {found}"


def test_scrubbed_text_names_nobody_of_the_record(played: Played, rulebook: Rulebook) -> None:
    texts = 0
    for exchange in played.asker.exchanges:
        if exchange.status != 200 or "subject" not in exchange.body:
            continue
        members, record_type = (
            json.loads(exchange.content),
            rulebook.catalogue.record_types[exchange.body["record_type"]],
        )
        scrubbed = [
            str(record[name]).casefold()
            for record in members["records"]
            for name, form in members["forms"].items()
            if form == "scrub" and record.get(name)
        ]
        subject = exchange.body["subject"]
        texts += len(scrubbed)
        for row in rows(played.live, record_type, {record_type.identifiers[subject["scheme"]]: subject["value"]}):
            for name, element in record_type.elements.items():
                if element.type not in NAMES or element.sensitivity.value not in ("ID", "TP") or not row.get(name):
                    continue
                for word in str(row[name]).split():
                    assert not any(len(word) > 2 and word.casefold() in text for text in scrubbed), name
    assert texts > 10


def test_the_database_the_export_the_logs_and_the_metrics_hold_nothing(played: Played) -> None:
    folder = played.live.folder / "gateway"
    outputs = [
        *folder.glob("log.db*"),
        *folder.glob("log.projection.db*"),
        *folder.glob("*.note"),
        folder / "gateway.log",
    ]
    outputs += [path for path in played.export.rglob("*") if path.is_file()]
    assert len(outputs) > 6
    assert (folder / "log.projection.db").stat().st_size > 50_000
    for path in outputs:
        assert not played.find(path.read_bytes()), path.name
    assert not played.find(played.metrics)
    assert b"gateway_decisions_total" in played.metrics
    logged = [json.loads(line) for line in played.live.output().splitlines() if line.startswith("{")]
    assert {"signature-refused", "dependency-failed", "started"} <= {line["event"] for line in logged}


def test_the_search_finds_what_is_planted(played: Played, rulebook: Rulebook, tmp_path: Path) -> None:
    """Each output with one value that should not be there: the same search tells of it."""
    first = json.loads((played.live.folder / "world" / "canaries.json").read_text("utf-8"))["canaries"]
    name = next(item for item in first if item["element"] == "reporter_name")
    number = next(item for item in first if item["element"] == "worker_uci")
    told = ["TP protection-case.reporter_name"]
    answer = next(item for item in played.asker.exchanges if item.status == 200 and "record_type" in item.body)
    members = json.loads(answer.content)
    members["withheld"].append({"element": "x", "title": f"Given by {name['canary']} last May"})
    leaking = remainder(replace(answer, content=json.dumps(members).encode()), granted_forms(rulebook, answer))
    assert played.find(leaking) == told
    assert played.find(leaking, allowed=[name["canary"]]) == []
    members["records"][0]["reporter_name"] = name["canary"]
    leaking = remainder(replace(answer, content=json.dumps(members).encode()), granted_forms(rulebook, answer))
    assert played.find(leaking) == told
    copy = tmp_path / "log.db"
    with sqlite3.connect(played.live.folder / "gateway" / "log.db") as database, sqlite3.connect(copy) as target:
        database.backup(target)
        target.execute("UPDATE entry SET body = body || ? WHERE entry_index = 3", (name["canary"].encode(),))
    database.close()
    target.close()
    assert played.find(copy.read_bytes()) == told
    for separator in ("-", "", " ", "."):
        spelled = number["canary"].replace("-", separator)
        assert played.find(f'{{"detail": "no record of {spelled}"}}'.encode())
    for encoded in (name["canary"].encode(), b"after:" + name["canary"].encode()):
        assert played.find(b'{"next_cursor": "' + base64.urlsafe_b64encode(encoded).rstrip(b"=") + b'"}') == told
    case = next(value for value, what in played.asker.values.items() if what == "request case_reference")
    assert played.find(f"dependency-failed {case.upper()}".encode()) == ["request case_reference"]
