"""Entries: what they hold, what cannot get in, and what they must cite."""

import dataclasses
import datetime
import json
from typing import Any

import pytest

from audit import canonical
from audit.entry import MAX_ENTRY_SIZE, AgreementRef, Authorities, Disclosed, Entry, Obligation, StateSeal, Withheld
from audit.errors import EntryError
from audit.vocabulary import digest_text, format_time, parse_time
from tests.unit.audit.simulator import DIGEST, disclosure, entry

PERSONAL = [
    "Jane Smith",
    "jane@example.com",
    "O'Brien",
    "Zoë",
    "046454286",
    "sin-046-454-286",
    "uci.12-3456-7890",
    "u-1234-5678",
    "tel-613-555-0199",
    "x1234567",
    "K1A 0B1",
    "",
    "-",
    "a--b",
    "a b",
    "a\n",
    "x" * 121,
]


def permit(**changes: Any) -> Entry:
    return disclosure([{"noc": "11100", "wage": "25.50"}], **changes)[0]


def test_an_entry_goes_round() -> None:
    for one in (entry(), permit(), entry(kind="referral", effect="refer", refers_to=5), entry(effect="indeterminate")):
        assert Entry.from_bytes(one.to_bytes()) == one
        assert one.to_bytes() == canonical.encode(json.loads(one.to_bytes()))


def test_every_member_is_written() -> None:
    members = json.loads(permit().to_bytes())
    assert members["v"] == 1
    assert members.keys() - {"v"} == {field.name for field in dataclasses.fields(Entry)} - {"state"}
    assert members["agreement"] == {"id": "isa-esdc-ircc-tfw", "version": "3", "digest": DIGEST}
    assert members["obligations"] == [{"code": "dispose", "due": "2028-05-04"}, {"code": "caveat", "due": None}]
    assert members["disclosed"][0].keys() == {"element", "form", "commitment"}


def test_the_identifiers_of_the_register_fit() -> None:
    codes = ("PA-8-2-f", "DESDA-34.1", "IRPR-209.95-209.996", "IRPR-315.21-315.43", "MF-32-f-g", "CUST-107-1-2")
    entry(clauses=("isa-2026-0007/lmia-refresh#c1",), authorities=Authorities(codes, ("DCI-5.5",)))


@pytest.mark.parametrize("value", PERSONAL, ids=[f"value-{number}" for number in range(len(PERSONAL))])
@pytest.mark.parametrize(
    "member", ["requester", "recipient", "custodian", "record_type", "purpose", "ground", "policy_revision"]
)
def test_no_personal_value_fits_a_member(member: str, value: str) -> None:
    changes: dict[str, Any] = {member: value}
    with pytest.raises(EntryError) as caught:
        entry(**changes)
    assert member in str(caught.value)
    assert len(value) < 5 or value not in str(caught.value)


@pytest.mark.parametrize(
    "form", ["plain", "mask:4", "mask:120", "generalize:year", "generalize:age-band", "generalize:band-10000", "scrub"]
)
def test_every_form_fits_with_its_parameter(form: str) -> None:
    assert Entry.from_bytes(permit(disclosed=(Disclosed("noc", form, DIGEST),)).to_bytes()).disclosed[0].form == form


@pytest.mark.parametrize("form", ["mask:", "mask:12345", "mask:3:4", ":3", "mask:-3", "Mask:3", "generalize:1-2"])
def test_no_other_form_fits(form: str) -> None:
    with pytest.raises(EntryError, match=r"disclosed\.form"):
        permit(disclosed=(Disclosed("noc", form, DIGEST),))


@pytest.mark.parametrize("value", PERSONAL, ids=[f"value-{number}" for number in range(len(PERSONAL))])
def test_no_personal_value_fits_a_list(value: str) -> None:
    parts: list[dict[str, Any]] = [
        {"clauses": (value,)},
        {"authorities": Authorities((value,), ())},
        {"authorities": Authorities((), (value,))},
        {"reasons": (value,)},
        {"withheld": (Withheld(value, "no-clause"),)},
        {"withheld": (Withheld("sin", value),)},
        {"obligations": (Obligation(value),)},
        {"obligations": (Obligation("dispose", value),)},
        {"private": (value,)},
        {"agreement": AgreementRef(value, "1", DIGEST)},
        {"agreement": AgreementRef("isa", value, DIGEST)},
        {"agreement": AgreementRef("isa", "1", value)},
    ]
    for part in parts:
        with pytest.raises(EntryError):
            entry(**part)
    for disclosed in (
        Disclosed(value, "plain", DIGEST),
        Disclosed("noc", value, DIGEST),
        Disclosed("noc", "plain", value),
    ):
        with pytest.raises(EntryError):
            permit(disclosed=(disclosed,))


@pytest.mark.parametrize(
    "changes",
    [
        {"time": "2026-05-04T13:30:00Z"},
        {"time": "2026-05-04T13:30:00.000+00:00"},
        {"time": "2026-02-30T13:30:00.000Z"},
        {"time": "2026-05-04T24:30:00.000Z"},
        {"kind": "gossip"},
        {"effect": "allow"},
        {"effect": None},
        {"effect": "permit"},
        {"kind": "referral", "effect": "deny"},
        {"cardinality": "many"},
        {"records": 1},
        {"records": -1},
        {"records": True},
        {"refers_to": -1},
        {"refers_to": "1"},
        {"private": (DIGEST, DIGEST)},
        {"reasons": ("a", "a")},
        {"withheld": (Withheld("sin", "a"), Withheld("sin", "b"))},
        {"request_digest": DIGEST[:-1] + "B"},
        {"obligations": (Obligation("dispose", "2026-02-30"),)},
        {"requester": None},
        {"clauses": (1,)},
        {"disclosed": (Disclosed("noc", "plain", DIGEST),)},
    ],
)
def test_members_out_of_their_range_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(EntryError):
        entry(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"effect": "deny"},
        {"agreement": None},
        {"clauses": ()},
        {"authorities": Authorities(("DESDA-34.1",), ())},
        {"authorities": Authorities((), ("PA-4",))},
        {"policy_revision": None},
        {"recipient": None},
        {"custodian": None},
        {"ground": None},
        {"withheld": (Withheld("noc", "not-in-clause"),)},
    ],
)
def test_a_disclosure_cites_everything_it_rests_on(changes: dict[str, Any]) -> None:
    assert permit()
    with pytest.raises(EntryError):
        permit(**changes)


def test_a_disclosure_on_another_ground_needs_no_agreement() -> None:
    assert permit(ground="own-information", agreement=None, clauses=(), authorities=Authorities(("PA-12",), ()))


def test_the_size_has_the_limit_of_a_bundle() -> None:
    names = [f"element_{chr(97 + n // 26)}{chr(97 + n % 26)}_{'x' * 100}" for n in range(26 * 26)]
    many = entry(withheld=tuple(Withheld(name, "no-clause") for name in names))
    with pytest.raises(EntryError, match="65,535"):
        many.to_bytes()
    with pytest.raises(EntryError, match="65,535"):
        Entry.from_bytes(b" " * (MAX_ENTRY_SIZE + 1))


def changed(**members: Any) -> bytes:
    return canonical.encode(json.loads(permit().to_bytes()) | members)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        changed(note="free text"),
        changed(v=2),
        changed(v=True),
        changed(v="1"),
        changed(agreement={"id": "isa", "version": "1"}),
        changed(agreement={"id": "isa", "version": "1", "digest": DIGEST, "note": "x"}),
        changed(agreement="isa"),
        changed(authorities={"discloser": ["PA-4"]}),
        changed(authorities={"discloser": "PA-4", "recipient": []}),
        changed(clauses="c1"),
        changed(clauses=None),
        changed(clauses=[["c1"]]),
        changed(disclosed=[{"element": "noc", "form": "plain"}]),
        changed(disclosed=[["noc", "plain", DIGEST]]),
        changed(withheld={}),
        changed(obligations=[{"code": "dispose", "due": 5}]),
        changed(time=0),
        changed(kind=[]),
        changed(records=None),
        canonical.encode({k: v for k, v in json.loads(permit().to_bytes()).items() if k != "private"}),
        permit().to_bytes() + b"\n",
        permit().to_bytes().replace(b'"v":1', b'"v":1,"v":1'),
    ],
)
def test_bytes_outside_the_schema_are_refused(data: bytes) -> None:
    with pytest.raises(EntryError):
        Entry.from_bytes(data)


def test_times_are_cut_to_milliseconds_in_utc() -> None:
    zone = datetime.timezone(datetime.timedelta(hours=-4))
    text = format_time(datetime.datetime(2026, 5, 4, 9, 30, 1, 999_999, tzinfo=zone))
    assert text == "2026-05-04T13:30:01.999Z"
    assert parse_time(text) == datetime.datetime(2026, 5, 4, 13, 30, 1, 999_000, tzinfo=datetime.UTC)
    with pytest.raises(EntryError):
        format_time(datetime.datetime(2026, 5, 4))  # noqa: DTZ001
    with pytest.raises(EntryError):
        parse_time("yesterday")


def test_an_entry_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        entry().kind = "disclosure"  # type: ignore[misc]


def test_another_schema_version_is_refused_as_such() -> None:
    with pytest.raises(EntryError, match="schema version"):
        Entry.from_bytes(changed(v=2))


SEALED = (StateSeal(digest_text(b"t" * 32), 3, digest_text(b"s" * 32)),)


def test_an_entry_that_changed_a_row_carries_its_seal_and_every_other_has_the_bytes_it_always_had() -> None:
    sealed = dataclasses.replace(permit(), state=SEALED)
    assert json.loads(sealed.to_bytes())["state"] == [
        {"tag": digest_text(b"t" * 32), "revision": 3, "seal": digest_text(b"s" * 32)}
    ]
    assert Entry.from_bytes(sealed.to_bytes()) == sealed
    assert b'"state"' not in permit().to_bytes()
    assert Entry.from_bytes(permit().to_bytes()).state == ()


def test_the_text_is_the_canonical_form_of_the_members_whatever_they_are() -> None:
    """Entries put their bytes together as text; the walk over the members has to write the same."""
    nothing: dict[str, Any] = dict.fromkeys(
        (
            "recipient",
            "custodian",
            "record_type",
            "purpose",
            "ground",
            "cardinality",
            "policy_revision",
            "request_digest",
        )
    )
    for one in (
        permit(),
        dataclasses.replace(permit(), disclosed=(), withheld=(), obligations=(), records=0, refers_to=0),
        dataclasses.replace(permit(), state=SEALED, records=2**53 - 1, private=()),
        entry(kind="referral", effect="refer", refers_to=5, obligations=(Obligation("answer", "2026-01-01"),)),
        entry(kind="staff-action", effect=None, reasons=(), **nothing),
    ):
        members = dataclasses.asdict(one)
        state = members.pop("state")
        written = members | {"v": 1} | ({"state": state} if state else {})
        assert one.to_bytes() == canonical.encode(written)


def test_what_was_found_good_before_lets_nothing_else_in() -> None:
    good = entry(clauses=("isa-1#c1",), reasons=("no-agreement-in-force",))
    assert entry(clauses=("isa-1#c1",), reasons=("no-agreement-in-force",)) == good
    for changes in ({"clauses": ("Jane Smith",)}, {"reasons": ("jane@example.com",)}, {"clauses": ["a b"]}):
        with pytest.raises(EntryError):
            entry(**changes)


@pytest.mark.parametrize(
    "state",
    [
        [],
        {},
        None,
        [{"tag": "short", "revision": 3, "seal": digest_text(b"s" * 32)}],
        [{"tag": digest_text(b"t" * 32), "revision": -1, "seal": digest_text(b"s" * 32)}],
        [{"tag": digest_text(b"t" * 32), "revision": 1, "seal": "a name"}],
        [{"tag": digest_text(b"t" * 32), "revision": 1}],
        [{"tag": digest_text(b"t" * 32), "revision": 1, "seal": digest_text(b"s" * 32), "who": "x"}],
        [{"tag": digest_text(b"t" * 32), "revision": one, "seal": digest_text(b"s" * 32)} for one in (1, 2)],
    ],
)
def test_a_malformed_seal_is_no_entry(state: object) -> None:
    members = json.loads(permit().to_bytes()) | {"state": state}
    with pytest.raises(EntryError):
        Entry.from_bytes(canonical.encode(members))
