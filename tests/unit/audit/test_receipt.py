"""Receipts: a recipient proves what it was given, and a gateway cannot give other values than it logged."""

import copy
import json
from typing import Any

import pytest

from audit.encoding import to_base64url
from audit.errors import AuditError, CommitmentError, ProofError, ReceiptError, UnsignedError
from audit.proof import TlogProof
from audit.receipt import PrivateOpening, Receipt, open_receipt
from audit.verify import verify_receipt
from tests.unit.audit.simulator import (
    DIGEST,
    LOG_KEY,
    OTHER_KEY,
    WITNESS_KEY,
    LogSimulator,
    disclosure,
    entry,
)

VKEY = str(LOG_KEY.verifier)
RECORDS: list[dict[str, Any]] = [
    {"noc": "11100", "positions": 3, "wage": "canary-4711"},
    {"noc": "11101", "positions": None, "wage": "25.50", "open": True},
]


@pytest.fixture
def log() -> LogSimulator:
    simulator = LogSimulator()
    simulator.fill(300)
    return simulator


@pytest.fixture
def receipt(log: LogSimulator) -> dict[str, Any]:
    made, openings, private = disclosure(RECORDS, 300)
    index = log.append(made)
    log.fill(40)
    log.publish(WITNESS_KEY)
    sent: dict[str, Any] = json.loads(json.dumps(log.receipt(index, openings, private).to_dict()))
    return sent


def test_an_honest_receipt_opens(receipt: dict[str, Any]) -> None:
    opened = open_receipt(receipt, RECORDS, VKEY, request_digest=DIGEST)
    assert opened.proven
    assert opened.entry_index == 300
    assert opened.entry.clauses == ("lmia-refresh#c1",)
    assert opened.checkpoint is not None
    assert opened.checkpoint.checkpoint.size == 341


def test_an_absent_value_is_null(receipt: dict[str, Any]) -> None:
    records = copy.deepcopy(RECORDS)
    records[0]["open"] = None
    del records[1]["positions"]
    assert open_receipt(receipt, records, VKEY).proven


@pytest.mark.parametrize(
    ("record", "element", "value"),
    [(0, "noc", "11102"), (0, "positions", 4), (0, "positions", "3"), (1, "open", False), (1, "wage", None)],
)
def test_another_value_than_was_logged_is_refused_by_name(
    receipt: dict[str, Any], record: int, element: str, value: object
) -> None:
    records = copy.deepcopy(RECORDS)
    records[record][element] = value
    with pytest.raises(CommitmentError, match=element) as caught:
        open_receipt(receipt, records, VKEY)
    assert "canary" not in str(caught.value)


def test_a_value_without_canonical_form_is_refused_by_name(receipt: dict[str, Any]) -> None:
    records = copy.deepcopy(RECORDS)
    records[1]["wage"] = 25.5
    with pytest.raises(CommitmentError, match="wage"):
        open_receipt(receipt, records, VKEY)


def test_records_in_another_order_or_number_are_refused(receipt: dict[str, Any]) -> None:
    with pytest.raises(CommitmentError):
        open_receipt(receipt, RECORDS[::-1], VKEY)
    for records in (RECORDS[:1], [*RECORDS, {}], []):
        with pytest.raises(ReceiptError, match="number of records"):
            open_receipt(receipt, records, VKEY)


def test_an_element_that_was_not_logged_is_refused(receipt: dict[str, Any]) -> None:
    records = copy.deepcopy(RECORDS)
    records[0]["sin"] = "canary-4711"
    with pytest.raises(ReceiptError, match="element sin was received") as caught:
        open_receipt(receipt, records, VKEY)
    assert "canary" not in str(caught.value)
    records[0]["Jane Smith"] = records[0].pop("sin")
    with pytest.raises(ReceiptError) as caught_name:
        open_receipt(receipt, records, VKEY)
    assert "Jane" not in str(caught_name.value)


def test_an_opening_more_or_less_is_refused(receipt: dict[str, Any]) -> None:
    salt = receipt["openings"].pop("noc")
    with pytest.raises(ReceiptError, match="noc"):
        open_receipt(receipt, RECORDS, VKEY)
    receipt["openings"] |= {"noc": salt, "sin": salt}
    with pytest.raises(ReceiptError, match="sin"):
        open_receipt(receipt, RECORDS, VKEY)


def test_the_entry_of_another_request_is_refused(receipt: dict[str, Any]) -> None:
    with pytest.raises(ReceiptError, match="another request"):
        open_receipt(receipt, RECORDS, VKEY, request_digest=DIGEST[::-1])


def test_the_index_is_part_of_the_proof(receipt: dict[str, Any]) -> None:
    for index in (299, 301, 341, 2**62):
        with pytest.raises(ProofError):
            open_receipt(receipt | {"entry_index": index}, RECORDS, VKEY)


def test_an_entry_that_was_never_logged_is_refused(receipt: dict[str, Any]) -> None:
    made, openings, _ = disclosure(RECORDS, 300)
    forged = receipt | {
        "entry": to_base64url(made.to_bytes()),
        "openings": {name: to_base64url(salt) for name, salt in openings.items()},
    }
    del forged["private_opening"]
    with pytest.raises(ProofError):
        open_receipt(forged, RECORDS, VKEY)


def test_every_changed_hash_of_the_proof_is_refused(receipt: dict[str, Any]) -> None:
    for place in range(len(receipt["proof"]["inclusion"])):
        changed = copy.deepcopy(receipt)
        changed["proof"]["inclusion"][place] = to_base64url(bytes(32))
        with pytest.raises(ProofError):
            open_receipt(changed, RECORDS, VKEY)
        del changed["proof"]["inclusion"][place]
        with pytest.raises(ProofError):
            open_receipt(changed, RECORDS, VKEY)


def test_a_checkpoint_of_another_key_is_refused(receipt: dict[str, Any]) -> None:
    with pytest.raises(UnsignedError):
        open_receipt(receipt, RECORDS, str(OTHER_KEY.verifier))


def test_witnesses_can_be_asked_for(receipt: dict[str, Any]) -> None:
    witness = WITNESS_KEY.verifier
    opened = open_receipt(receipt, RECORDS, VKEY, witnesses=[witness], quorum=1)
    assert opened.checkpoint is not None
    assert [one.key for one in opened.checkpoint.cosignatures] == [witness]
    with pytest.raises(UnsignedError):
        open_receipt(receipt, RECORDS, VKEY, quorum=1)


def test_a_pending_receipt_opens_but_proves_nothing_yet(receipt: dict[str, Any]) -> None:
    pending = receipt | {"proof": None}
    assert not open_receipt(pending, RECORDS, VKEY).proven
    report = verify_receipt(pending, RECORDS, LOG_KEY.verifier)
    assert [finding.code for finding in report.findings] == ["proof-pending"]
    assert verify_receipt(pending, RECORDS, LOG_KEY.verifier, allow_pending=True).ok
    with pytest.raises(ReceiptError):
        Receipt.from_dict(pending).to_proof()


def test_the_private_part_opens_only_with_its_own_content(receipt: dict[str, Any]) -> None:
    receipt["private_opening"]["part"]["case_reference"] = "C-2"
    with pytest.raises(CommitmentError, match="private part"):
        open_receipt(receipt, RECORDS, VKEY)


def test_erasing_the_private_part_leaves_the_proof_valid(receipt: dict[str, Any]) -> None:
    del receipt["private_opening"]
    assert open_receipt(receipt, RECORDS, VKEY).proven


def test_a_denial_has_a_receipt_too(log: LogSimulator) -> None:
    index = log.append(entry(400))
    log.publish()
    sent = log.receipt(index, {}).to_dict()
    opened = open_receipt(sent, [], VKEY)
    assert opened.entry.kind == "denial"
    with pytest.raises(ReceiptError):
        open_receipt(sent, [{}], VKEY)


def test_without_the_values_the_rest_is_still_checked(receipt: dict[str, Any]) -> None:
    assert verify_receipt(receipt, None, LOG_KEY.verifier).facts["values_checked"] is False
    receipt["proof"]["inclusion"].pop()
    assert not verify_receipt(receipt, None, LOG_KEY.verifier).ok


def test_a_receipt_goes_round(receipt: dict[str, Any]) -> None:
    assert Receipt.from_dict(receipt).to_dict() == receipt
    opening = Receipt.from_dict(receipt).private_opening
    assert isinstance(opening, PrivateOpening)


@pytest.mark.parametrize(
    "changes",
    [
        {"entry": None},
        {"entry": "***"},
        {"entry": "QQ=="},
        {"entry": "QQ"},
        {"entry_index": True},
        {"entry_index": -1},
        {"entry_index": "300"},
        {"entry_index": 2**63},
        {"openings": []},
        {"openings": {"noc": "short!"}},
        {"openings": {"noc": 5}},
        {"proof": []},
        {"proof": {"inclusion": []}},
        {"proof": {"inclusion": {}, "checkpoint": ""}},
        {"proof": {"inclusion": ["QQ"], "checkpoint": ""}},
        {"proof": {"inclusion": [None], "checkpoint": ""}},
        {"proof": {"inclusion": [], "checkpoint": ""}},
        {"proof": {"inclusion": [to_base64url(bytes(32))] * 64, "checkpoint": "x"}},
        {"private_opening": {"salt": "QQ"}},
        {"private_opening": {"salt": "QQ", "part": {}}},
        {"private_opening": {"salt": "QQ", "part": []}},
        {"extra": 1},
    ],
)
def test_malformed_receipts_are_refused_in_the_packages_own_errors(
    receipt: dict[str, Any], changes: dict[str, Any]
) -> None:
    with pytest.raises(AuditError):
        open_receipt(receipt | changes, RECORDS, VKEY)


@pytest.mark.parametrize("value", [None, [], "receipt", 5, {}])
def test_other_values_are_no_receipts(value: Any) -> None:
    with pytest.raises(ReceiptError):
        Receipt.from_dict(value)


def test_the_proof_can_be_handed_on_as_a_tlog_proof(receipt: dict[str, Any]) -> None:
    proof = Receipt.from_dict(receipt).to_proof()
    again = TlogProof.parse(str(proof))
    assert again == proof
    assert again.extra is not None
    assert again.verify(again.extra, LOG_KEY.verifier).checkpoint.size == 341
