"""The account of disclosures: complete, the same in both languages, and without a trace of what the law keeps back."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.entry import Disclosed, Entry, Kind
from audit.vocabulary import digest_text
from gateway.adapters.letters.account import AccountLetters
from gateway.adapters.letters.typeset import blocks, plain
from gateway.adapters.letters.wording import BOTH
from gateway.domain.agreement import AgreementVersion
from gateway.domain.request import SubjectIdentifier
from gateway.service.accounting import Answered, compose
from gateway.service.hold_back import ABOUT_DISCLOSURE, SECTIONS, HoldBack, held_elements, hold_back
from gateway.service.lookup import Access
from tests.unit.letters.accesses import access, answered, context, entry, judged, private, refusal
from tests.unit.letters.facts import rulebook, words

SAMS = {"custodian": "london-ontario-works", "record_type": "social-assistance-member"}
THIRD = Disclosed("reporter_name", "plain", digest_text(b"t" * 32))


def kept(digest: str) -> AgreementVersion | None:
    return next((one for one in rulebook().agreements if one.digest == digest), None)


LETTERS = AccountLetters(words(), kept)


def both(told: Answered) -> tuple[str, str]:
    return LETTERS.letter(told, "en"), LETTERS.letter(told, "fr")


@pytest.mark.parametrize(
    ("made", "body", "reason"),
    [
        (entry(1, ground="investigative-request"), private(), "investigative-request"),
        (refusal(1, ground="investigative-request"), private(outcome="denied"), "investigative-request"),
        (entry(1, ground="investigative-request"), None, "investigative-request"),
        (entry(1, ground="national-security"), private(), "security"),
        (entry(1), judged(in_confidence=True), "in-confidence"),
        (refusal(1), private(outcome="protected", reasons=["in-confidence"]), "in-confidence"),
        (refusal(1), private(outcome="protected"), "safety"),
        (refusal(1), private(reasons=["record-protected"]), "safety"),
        (entry(1), judged(do_not_disclose=True), "safety"),
        (refusal(1, kind="referral", effect="refer", ground="emergency"), private(outcome="denied"), "safety"),
        (entry(1), private(subject={"scheme": "uci", "value": "00-0000-0018"}), "another-person"),
        (entry(1, disclosed=(THIRD,)), private(), "another-person"),
        (entry(1), None, "not-readable"),
        (entry(1), private(), None),
        (entry(1), private(subject={"scheme": "case-id", "value": "C-1"}), None),
        (entry(1), private(subject=None), None),
        (entry(1, ground="emergency", agreement=None), private(), None),
        (refusal(1), private(outcome="absent"), None),
        (refusal(1), private(outcome="denied"), None),
        (entry(1), judged(in_confidence=None, do_not_disclose=False), None),
        (entry(1), {"outcome": "disclosed", "subject": None}, None),
    ],
)
def test_what_is_held_back_and_why(made: Entry, body: dict[str, Any] | None, reason: str | None) -> None:
    why = hold_back(made, body, context())
    assert (why and why.reason) == reason
    if why is not None:
        assert why == HoldBack(str(reason), "privacy-act", SECTIONS[str(reason)]["privacy-act"])
        assert hold_back(made, body, context()) == why


@pytest.mark.parametrize(
    ("custodian", "answering", "law"),
    [
        ("esdc-isb", "london-ontario-works", "privacy-act"),
        ("london-ontario-works", "esdc-isb", "mfippa"),
        ("on-mlitsd-employment-ontario", "esdc-isb", "fippa"),
        (None, "london-ontario-works", "mfippa"),
        ("no-longer-a-party", "on-mccss-ontario-works", "fippa"),
        ("no-longer-a-party", "no-longer-a-party", "privacy-act"),
    ],
)
def test_the_sections_are_those_of_the_holders_act(custodian: str | None, answering: str, law: str) -> None:
    made = refusal(1, ground="investigative-request", custodian=custodian, agreement=None)
    why = hold_back(made, private(), context(answering=answering))
    assert why is not None
    assert (why.law, why.sections) == (law, SECTIONS["investigative-request"][law])  # type: ignore[index]


def test_what_is_about_someone_else_is_left_out_of_a_line() -> None:
    both_elements = (*entry(1).disclosed, THIRD)
    account = compose([access(1, entry(1, disclosed=both_elements))], context())
    assert account.lines[0].elements == (("case_open", "plain"),)
    assert [(one.entry_index, one.elements) for one in account.held] == [(1, ("reporter_name",))]
    assert held_elements(entry(1), context()) == ()
    told = answered(access(1, entry(1, disclosed=both_elements)))
    assert both(told) == both(answered(access(1, entry(1))))


def test_one_identifier_of_several_is_enough_to_be_about_the_person() -> None:
    asked = private(subject={"scheme": "uci", "value": "00-0000-0025"})
    assert hold_back(entry(1), asked, context()) is not None
    two = context(SubjectIdentifier("uci", "00-0000-0017"), SubjectIdentifier("uci", "00-0000-0025"))
    assert hold_back(entry(1), asked, two) is None


ENTRIES = st.builds(
    lambda kind, ground: _of(kind, ground),
    st.sampled_from(["disclosure", "redelivery", "denial", "referral", "staff-action", "hold", "notice", "erasure"]),
    st.sampled_from(["agreement", "investigative-request", "emergency", "national-security", "consent"]),
)
BODIES = st.one_of(
    st.none(),
    st.builds(
        private,
        outcome=st.sampled_from(["disclosed", "absent", "protected", "denied"]),
        reasons=st.lists(st.sampled_from(["in-confidence", "record-protected", "finding-not-final"]), max_size=1),
        judged=st.lists(
            st.fixed_dictionaries({"attributes": st.dictionaries(st.sampled_from(["in_confidence"]), st.booleans())}),
            max_size=2,
        ),
    ),
)


def _of(kind: Kind, ground: str) -> Entry:
    if kind in ("disclosure", "redelivery"):
        return entry(1, kind=kind, ground=ground, refers_to=0 if kind == "redelivery" else None)
    if kind in ("denial", "referral"):
        return refusal(1, kind=kind, ground=ground, effect="deny" if kind == "denial" else "refer")
    return Entry(time=entry(1).time, kind=kind, requester="esdc-isb", reasons=("person-looked-up",))


@given(st.lists(st.tuples(st.integers(0, 12), ENTRIES, BODIES), max_size=20))
def test_every_entry_is_a_line_or_held_back_or_no_disclosure(drawn: list[tuple[int, Entry, dict[str, Any]]]) -> None:
    found: dict[int, Entry] = {}
    accesses = [Access(index, found.setdefault(index, made), body) for index, made, body in drawn]
    account = compose(accesses, context())
    told = {line.entry_index for line in account.lines}
    held = {one.entry_index for one in account.held if not one.elements}
    other = {index for index, _kind in account.no_disclosure}
    assert told | held | other == found.keys()
    assert len(told) + len(held) + len(other) == len(found)
    assert other == {index for index, made in found.items() if made.kind not in ABOUT_DISCLOSURE}
    for one in account.held:
        reasons = [hold_back(found[one.entry_index], each.private, context()) for each in accesses
                   if each.entry_index == one.entry_index]  # fmt: skip
        repeats = found[one.entry_index].refers_to
        assert one.why in reasons or one.why in [each.why for each in account.held if each.entry_index == repeats]
    for line in account.lines:
        assert not any(hold_back(found[line.entry_index], each.private, context())
                       for each in accesses if each.entry_index == line.entry_index)  # fmt: skip


@pytest.mark.parametrize(
    "hidden",
    [
        access(2, entry(2, ground="investigative-request", agreement=None)),
        access(2, refusal(2, ground="investigative-request", agreement=None), private(outcome="denied")),
        access(2, entry(2, **SAMS, ground="investigative-request", agreement=None)),
        access(2, entry(2), judged(in_confidence=True)),
        access(2, refusal(2), private(outcome="protected")),
        access(2, entry(2, ground="national-security", agreement=None)),
    ],
)
def test_the_letter_of_someone_with_held_back_entries_is_byte_equal_to_one_without(hidden: Access) -> None:
    seen = [access(1, entry(1)), access(5, refusal(5), private(outcome="absent"))]
    without, having = answered(*seen), answered(*seen, hidden)
    assert both(having) == both(without)
    assert json.dumps(LETTERS.machine(having)) == json.dumps(LETTERS.machine(without))
    assert len(having.account.held) == 1
    assert not without.account.held
    only = answered(hidden)
    assert both(only) == both(answered())


def test_a_repeated_answer_is_told_as_such_and_not_where_the_first_is_held_back() -> None:
    again = replace(entry(7), kind="redelivery", refers_to=1)
    english, french = both(answered(access(1, entry(1)), access(7, again)))
    assert "The same answer was sent again. It was first given with the entry 1" in english
    assert "La même réponse a été transmise de nouveau" in french
    hidden = answered(access(1, entry(1), judged(in_confidence=True)), access(7, again))
    assert not hidden.account.lines
    assert [one.why.reason for one in hidden.account.held] == ["in-confidence", "in-confidence"]


def test_the_letter_says_in_words_who_received_what_for_what_under_which_law() -> None:
    english, french = both(answered(access(1, entry(1))))
    for said in (
        "2026-03-02, 07:00 (Ottawa time)",
        "Received by: Immigration, Refugees and Citizenship Canada, Work permit processing",
        "Information: Case is open (as it is)",
        "Purpose: Decide an open work permit for a vulnerable worker without a second interview",
        "Department of Employment and Social Development Act, 35",
        "Your request was received on: 2026-11-01",
        "until: 2026-12-01",
        "Date: 2026-11-23",
        "Reference: 99",
        "Privacy Commissioner of Canada",
    ):
        assert said in english
    for said in (
        "2026-03-02, 07 h 00 (heure d'Ottawa)",
        "Reçu par : Immigration, Réfugiés et Citoyenneté Canada, Traitement des permis de travail",
        "Renseignements : Cas en cours (en clair)",
        "Loi sur le ministère de l'Emploi et du Développement social, 35",
    ):
        assert said in french
    agreement = rulebook().register.find("esdc-ircc-tfw")
    assert agreement is not None
    assert agreement.document["title"]["en"] in english
    assert agreement.document["title"]["fr"] in french


def test_a_refused_request_says_who_asked_and_that_nothing_left() -> None:
    english, french = both(answered(access(1, refusal(1), private(outcome="absent"))))
    assert "Asked by: Immigration" in english
    assert "The request was refused. Nothing was disclosed." in english
    assert "Demande de : Immigration" in french
    assert "not-available" not in english + french


def test_english_and_french_are_equal_line_for_line() -> None:
    again = replace(entry(7), kind="redelivery", refers_to=1)
    made = [access(1, entry(1)), access(3, refusal(3)), access(7, again), access(8, entry(8, **SAMS, agreement=None,
            ground="emergency", purpose="protect-life-or-safety"))]  # fmt: skip
    for told in (answered(*made), answered(), answered(*made, answering="london-ontario-works")):
        english, french = both(told)
        shapes = [[(block.kind, len(block.lines)) for block in blocks(text)] for text in (english, french)]
        assert shapes[0] == shapes[1]
        for one, other in zip(plain(english).splitlines(), plain(french).splitlines(), strict=True):
            assert bool(one) == bool(other)
            assert re.findall(r"\d{4}-\d\d-\d\d", one) == re.findall(r"\d{4}-\d\d-\d\d", other)


def test_the_letter_names_the_commissioner_of_each_regime() -> None:
    federal, _ = both(answered(access(1, entry(1))))
    municipal, _ = both(answered(access(1, entry(1, **SAMS)), answering="london-ontario-works"))
    mixed, _ = both(answered(access(1, entry(1, **SAMS))))
    assert ("Commissioner of Ontario" in federal, "Commissioner of Canada" in federal) == (False, True)
    assert ("Commissioner of Ontario" in municipal, "Commissioner of Canada" in municipal) == (True, False)
    assert ("Commissioner of Ontario" in mixed, "Commissioner of Canada" in mixed) == (True, True)
    for told in (federal, municipal, mixed):
        assert "neither confirm nor deny" in told


def test_the_machine_form_has_codes_and_both_languages() -> None:
    machine = LETTERS.machine(answered(access(1, entry(1)), access(2, refusal(2, purpose=None, custodian=None))))
    first, second = machine["lines"]
    assert first["recipient"]["code"] == "ircc-work-permits"
    assert {first["elements"][0][lang] for lang in BOTH} == {"Case is open", "Cas en cours"}
    assert first["time"] == "2026-03-02T12:00:00.000Z"
    assert (second["refused"], second["purpose"], second["custodian"]) == (True, None, None)
    assert set(machine) == {"reference", "unit", "received", "answered_at", "answer_by", "laws", "lines"}


def test_an_old_disclosure_is_told_though_the_files_no_longer_name_it() -> None:
    old = entry(1, recipient="gone-unit", purpose="gone-purpose", record_type="gone-record", agreement=None,
                ground="emergency")  # fmt: skip
    english, french = both(answered(access(1, old)))
    for text in (english, french):
        assert "gone-unit" in text
        assert "gone-purpose" in text
        assert "case_open" in text
