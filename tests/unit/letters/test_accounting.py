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
from gateway.adapters.letters.marked import blocks, plain
from gateway.domain.agreement import AgreementVersion
from gateway.domain.element import Catalogue
from gateway.domain.target import SubjectIdentifier
from gateway.service.person.accounting import Answered, Fate, compose
from gateway.service.person.discretion import AccountError, Discretion
from gateway.service.person.hold_back import (
    ABOUT_DISCLOSURE,
    BY_OFFICER,
    SECTIONS,
    TELLABLE,
    WITHOUT_SECTION,
    HoldBack,
    held_elements,
    hold_back,
)
from gateway.service.person.lookup import Access
from gateway.service.words.sentences import BOTH
from tests.unit.letters.accesses import access, answered, context, entry, judged, private, refusal
from tests.unit.letters.facts import rulebook, words

SAMS = {"custodian": "london-ontario-works", "record_type": "social-assistance-member"}
POLICE = {"requester": "rcmp-federal-policing", "recipient": "rcmp-federal-policing"}
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
        (refusal(1, kind="referral", effect="refer", ground="emergency"), private(outcome="denied"), None),
        (entry(1, **POLICE, purpose="criminal-investigation"), private(), "law-enforcement"),
        (refusal(1, **POLICE, purpose="criminal-investigation"), private(outcome="denied"), "law-enforcement"),
        (entry(1, purpose="national-security"), private(), "law-enforcement"),
        (entry(1, ground="court-order", agreement=None), private(), "law-enforcement"),
        (refusal(1, ground="court-order", agreement=None), None, "law-enforcement"),
        (entry(1, purpose="irpa-enforcement"), private(), None),
        (entry(1), private(subject={"scheme": "uci", "value": "00-0000-0018"}), "another-person"),
        (entry(1, disclosed=(THIRD,)), private(), "another-person"),
        (entry(1), None, "officer-must-decide"),
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
        sections = "" if reason in WITHOUT_SECTION else SECTIONS[str(reason)]["privacy-act"]
        assert why == HoldBack(str(reason), "privacy-act", sections)
        assert hold_back(made, body, context()) == why


@pytest.mark.parametrize(
    ("answering", "law"),
    [
        ("esdc-isb", "privacy-act"),
        ("london-ontario-works", "mfippa"),
        ("on-mccss-ontario-works", "fippa"),
        ("fernhollow-police", "mfippa"),
    ],
)
def test_the_sections_are_those_of_the_act_of_who_answers(answering: str, law: str) -> None:
    for ground, reason in (("investigative-request", "investigative-request"), ("court-order", "law-enforcement")):
        why = hold_back(refusal(1, ground=ground, agreement=None), private(), context(answering=answering))
        assert why is not None
        assert (why.law, why.sections) == (law, SECTIONS[reason][law])  # type: ignore[index]


@pytest.mark.parametrize("answering", ["valdoria-consulate", "maple-bridge-employment", "no-longer-a-party"])
def test_who_is_under_no_access_law_has_no_account(answering: str) -> None:
    with pytest.raises(ValueError, match="access law"):
        compose([access(1, entry(1))], context(answering=answering))


@pytest.mark.parametrize(
    ("answering", "told"),
    [
        ("esdc-isb", [1, 2, 4]),
        ("esdc-seb", [1, 2, 4]),
        ("ircc-work-permits", [1, 4]),
        ("ircc-passport-entitlement", [1, 4]),
        ("rcmp-federal-policing", [2]),
        ("london-ontario-works", [3, 4]),
        ("cbsa-border-services", []),
    ],
)
def test_an_institution_tells_only_where_it_asked_held_or_received(answering: str, told: list[int]) -> None:
    """Nobody gives another institution's disclosures; the officer does not see them either."""
    made = [
        access(1, entry(1)),
        access(2, entry(2, **POLICE, purpose="protect-life-or-safety", ground="emergency", agreement=None)),
        access(3, entry(3, **SAMS, requester="toronto-ontario-works", recipient="toronto-ontario-works")),
        access(4, entry(4, **SAMS, requester="ircc-work-permits", recipient="esdc-isb")),
        access(5, Entry(time=entry(5).time, kind="staff-action", requester="esdc-isb", reasons=("person-looked-up",))),
    ]
    account = compose(made, context(answering=answering))
    assert [line.entry_index for line in account.lines] == told
    assert not account.held
    assert account.no_disclosure == (((5, "staff-action"),) if answering.startswith("esdc") else ())


def test_what_is_about_someone_else_is_left_out_of_a_line() -> None:
    both_elements = (*entry(1).disclosed, THIRD)
    account = compose([access(1, entry(1, disclosed=both_elements))], context())
    assert account.lines[0].elements == (("case_open", "plain"),)
    assert [(one.entry_index, one.elements) for one in account.held] == [(1, ("reporter_name",))]
    assert held_elements(entry(1), context()) == ()
    told = answered(access(1, entry(1, disclosed=both_elements)))
    assert both(told) == both(answered(access(1, entry(1))))


def test_staff_in_their_official_capacity_are_nobody_else() -> None:
    """Privacy Act 3(j), MFIPPA 2(2.1): the number or the contact of a caseworker tips nobody off."""
    catalogue = rulebook().catalogue
    staff = {
        (record_type.id, name)
        for record_type in catalogue.record_types.values()
        for name, element in record_type.elements.items()
        if element.type == "staff-id" or element.business_identity
    }
    assert ("protection-case", "interviewer_id") in staff
    assert any(kind == "caseworker-contact" for kind, _name in staff)
    for kind, name in staff:
        left = Disclosed(name, "plain", digest_text(b"s" * 32))
        assert held_elements(entry(1, record_type=kind, disclosed=(left,)), context()) == ()


def test_the_contact_of_staff_is_told_though_it_is_classed_as_of_a_third_party() -> None:
    catalogue = rulebook().catalogue
    case = catalogue.record_types["protection-case"]
    for official in (True, False):
        reporter = replace(case.elements["reporter_name"], business_identity=official)
        kinds = {case.id: replace(case, elements={**case.elements, "reporter_name": reporter})}
        held = held_elements(entry(1, disclosed=(THIRD,)), replace(context(), catalogue=Catalogue(kinds)))
        assert held == (() if official else ("reporter_name",))


@pytest.mark.parametrize("kind", ["investigate", "security"])
def test_purposes_that_could_tip_off_are_told_by_their_kind(kind: str) -> None:
    """The kind is data of the deployment, not the purpose's name."""
    made = entry(1, purpose="lmia-refresh")
    assert hold_back(made, private(), replace(context(), kinds={"lmia-refresh": kind})) == HoldBack(
        "law-enforcement", "privacy-act", "22(1)(b)"
    )
    assert hold_back(made, private(), replace(context(), kinds={"lmia-refresh": "enforce-law"})) is None


REFERRED = refusal(2, kind="referral", effect="refer", ground="emergency", agreement=None)


@pytest.mark.parametrize(
    ("fate", "body", "made", "reason", "refused"),
    [
        ("pending", private(outcome="denied"), REFERRED, "pending", False),
        ("pending", private(outcome="protected"), REFERRED, "safety", False),
        ("refused", private(outcome="denied"), REFERRED, None, True),
        ("refused", private(outcome="protected"), REFERRED, "safety", False),
        ("refused", private(), replace(REFERRED, ground="investigative-request"), "investigative-request", False),
        ("refused", private(), replace(REFERRED, purpose="criminal-investigation"), "law-enforcement", False),
        ("released", private(), REFERRED, None, False),
    ],
)
def test_a_referral_is_told_once_it_is_refused(
    fate: Fate, body: dict[str, Any], made: Entry, reason: str | None, refused: bool
) -> None:
    account = compose([access(2, made, body)], context(), {2: fate})
    assert [line.refused for line in account.lines] == ([True] if refused else [])
    assert [one.why.reason for one in account.held] == ([reason] if reason else [])
    assert account.no_disclosure == (((2, "referral"),) if fate == "released" else ())
    if reason == "pending":
        assert account.held[0].why.sections == ""
        assert both(answered(access(2, made, body), fates={2: fate})) == both(answered())


def test_the_refused_referral_reads_like_any_refusal() -> None:
    english, french = both(answered(access(2, REFERRED), fates={2: "refused"}))
    assert "Asked by: Immigration" in english
    assert "The request was refused. Nothing was disclosed." in english
    assert "La demande a été refusée. Rien n'a été communiqué." in french


WRITTEN = "reasons-canary"


@pytest.mark.parametrize(
    ("made", "body", "source_agrees", "told"),
    [
        (entry(1, **POLICE, purpose="criminal-investigation"), private(), False, True),
        (refusal(1), private(outcome="protected"), False, True),
        (entry(1), None, False, True),
        (entry(1), judged(in_confidence=True), False, False),
        (entry(1), judged(in_confidence=True), True, True),
        (entry(1, ground="investigative-request"), private(), True, False),
        (entry(1, ground="national-security", agreement=None), private(), True, False),
        (entry(1), private(subject={"scheme": "uci", "value": "00-0000-0018"}), True, False),
        (entry(1, purpose="criminal-investigation", disclosed=(THIRD,)), private(), True, False),
        (replace(REFERRED, time=entry(1).time), private(outcome="protected"), True, False),
        (entry(1), private(), True, False),
    ],
)
def test_the_officer_tells_where_the_act_leaves_discretion_and_nowhere_else(
    made: Entry, body: dict[str, Any] | None, source_agrees: bool, told: bool
) -> None:
    decided = Discretion(tell=frozenset({1}), source_agrees=source_agrees, because=WRITTEN)
    account = compose([Access(1, made, body)], context(), {}, decided)
    assert ([one.entry_index for one in account.told] == [1]) is told
    if told:
        assert [line.entry_index for line in account.lines] == [1]
        assert account.told[0].why.reason in TELLABLE
        decided.check([1], [])
    else:
        with pytest.raises(AccountError, match=r"entry 1 is not one") as failed:
            decided.check([one.entry_index for one in account.told], [])
        assert failed.value.code == "not-tellable"


def test_the_officer_holds_a_line_and_it_leaves_no_trace() -> None:
    decided = Discretion(hold=frozenset({1}), because=WRITTEN)
    having = answered(access(1, entry(1)), access(7, replace(entry(7), kind="redelivery", refers_to=1)),
                      discretion=decided)  # fmt: skip
    assert both(having) == both(answered())
    assert [(one.why.reason, one.why.sections) for one in having.account.held] == [(BY_OFFICER, "")] * 2
    decided.check([], [1])
    for wrong, code in (
        (Discretion(hold=frozenset({9}), because=WRITTEN), "not-holdable"),
        (Discretion(hold=frozenset({1}), because=" "), "reasons-missing"),
        (Discretion(tell=frozenset({1}), because=""), "reasons-missing"),
    ):
        with pytest.raises(AccountError) as failed:
            wrong.check([1], [1] if code != "not-holdable" else [])
        assert failed.value.code == code
        assert "canary" not in str(failed.value) + repr(wrong)
    Discretion().check([], [])


def test_a_repetition_is_not_told_where_its_first_answer_is_held() -> None:
    again = replace(entry(7, ground="court-order", agreement=None), kind="redelivery", refers_to=1)
    made = [access(1, entry(1, ground="court-order", agreement=None)), access(7, again)]
    assert [one.entry_index for one in compose(made, context(), {}, Discretion(tell=frozenset({7}))).held] == [1, 7]
    whole = compose(made, context(), {}, Discretion(tell=frozenset({1, 7})))
    assert [line.entry_index for line in whole.lines] == [1, 7]


def test_one_identifier_of_several_is_enough_to_be_about_the_person() -> None:
    asked = private(subject={"scheme": "uci", "value": "00-0000-0025"})
    assert hold_back(entry(1), asked, context()) is not None
    two = context(SubjectIdentifier("uci", "00-0000-0017"), SubjectIdentifier("uci", "00-0000-0025"))
    assert hold_back(entry(1), asked, two) is None


ENTRIES = st.builds(
    lambda kind, ground: _of(kind, ground),
    st.sampled_from(["disclosure", "redelivery", "denial", "referral", "staff-action", "hold", "notice", "erasure"]),
    st.sampled_from(["agreement", "investigative-request", "emergency", "national-security", "consent", "court-order"]),
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


@given(
    st.lists(st.tuples(st.integers(0, 12), ENTRIES, BODIES), max_size=20),
    st.dictionaries(st.integers(0, 12), st.sampled_from(["pending", "refused", "released"])),
)
def test_every_entry_is_a_line_or_held_back_or_no_disclosure(
    drawn: list[tuple[int, Entry, dict[str, Any]]], fates: dict[int, Fate]
) -> None:
    found: dict[int, Entry] = {}
    accesses = [Access(index, found.setdefault(index, made), body) for index, made, body in drawn]
    account = compose(accesses, context(), fates)
    told = {line.entry_index for line in account.lines}
    held = {one.entry_index for one in account.held if not one.elements}
    other = {index for index, _kind in account.no_disclosure}
    assert told | held | other == found.keys()
    assert len(told) + len(held) + len(other) == len(found)
    assert other == {
        index
        for index, made in found.items()
        if made.kind not in ABOUT_DISCLOSURE or (made.kind == "referral" and fates.get(index) == "released")
    }
    for one in account.held:
        if one.why.reason == "pending":
            # A referral that nobody decided yet, or what repeats one.
            about = one.entry_index if found[one.entry_index].kind == "referral" else found[one.entry_index].refers_to
            assert about in found
            assert found[about].kind == "referral"
            assert fates.get(about, "pending") == "pending"
            continue
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
        access(2, entry(2, ground="court-order", agreement=None)),
        access(2, refusal(2, **POLICE, purpose="criminal-investigation"), private(outcome="denied")),
        access(2, refusal(2, kind="referral", effect="refer", ground="emergency", agreement=None)),
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
        "Ground: agreement",
        "Department of Employment and Social Development Act, 35",
        "Your request was received on: 2026-11-01",
        "Answer due by: 2026-12-01",
        "Date: 2026-11-23",
        "Reference: entry 99 of the disclosure log",
        "This letter covers the disclosures that our institution made or received",
        "Ask other institutions for theirs.",
        "for the information itself, ask the institution that holds it",
        "Privacy Commissioner of Canada",
    ):
        assert said in english
    for said in (
        "2026-03-02, 7 h 00 (heure d'Ottawa)",
        "Fondement : accord",
        "Dépositaire des renseignements : Emploi et Développement social Canada",
        "Réponse à donner au plus tard le : 2026-12-01",
        "Adressez-vous aux autres institutions pour les leurs.",
        "Reçu par : Immigration, Réfugiés et Citoyenneté Canada, Traitement des permis de travail",
        "Renseignements : Cas en cours (en clair)",
        "Loi sur le ministère de l'Emploi et du Développement social, 35",
    ):
        assert said in french
    agreement = rulebook().register.find("esdc-ircc-tfw")
    assert agreement is not None
    assert f"{agreement.document['title']['en']}, version {agreement.version}" in english
    assert f"{agreement.document['title']['fr']}, version {agreement.version}" in french
    assert "Asked by" not in english
    assert "30 days" not in english.split("## Your rights")[0]


def test_a_refused_request_says_who_asked_and_that_nothing_left() -> None:
    english, french = both(answered(access(1, refusal(1), private(outcome="absent"))))
    assert "Asked by: Immigration" in english
    assert "The request was refused. Nothing was disclosed." in english
    assert "Demande de : Immigration" in french
    assert "not-available" not in english + french


def test_who_asked_is_told_where_somebody_else_received() -> None:
    made = {"requester": "ircc-work-permits", "recipient": "ircc-vulnerable-workers"}
    english, french = both(answered(access(1, entry(1, **made))))
    assert "Received by: Immigration, Refugees and Citizenship Canada, Vulnerable workers" in english
    assert "Asked by: Immigration, Refugees and Citizenship Canada, Work permit processing" in english
    assert "Demande de : Immigration, Réfugiés et Citoyenneté Canada, Traitement des permis de travail" in french
    refused, _ = both(answered(access(1, refusal(1, **made), private(outcome="absent"))))
    assert "Asked by: Immigration, Refugees and Citizenship Canada, Work permit processing" in refused
    assert "Vulnerable" not in refused
    for told in (entry(1, **made), refusal(1, **made)):
        (line,) = LETTERS.machine(answered(access(1, told)))["lines"]
        assert (line["requester"]["code"], line["recipient"]["code"]) == tuple(made.values())


@pytest.mark.parametrize(
    ("form", "english", "french"),
    [
        ("plain", "as it is", "en clair"),
        ("generalize:band-1000", "as a range", "par tranche"),
        ("generalize:age-band", "as an age band", "en groupe d'âge"),
        ("mask:3", "hidden but for the last 3 characters", "masqué, sauf les 3 derniers caractères"),
        ("gone", "in another form", "sous une autre forme"),
    ],
)
def test_a_form_is_told_in_words_without_a_code(form: str, english: str, french: str) -> None:
    left = Disclosed("case_open", form, digest_text(b"d" * 32))
    told = both(answered(access(1, entry(1, disclosed=(left,)))))
    assert f"({english})" in told[0]
    assert f"({french})" in told[1]
    assert form not in told[0].split("Law:")[0] or form == "plain"


def test_what_a_request_did_not_say_is_said_in_both_languages() -> None:
    told = both(answered(access(1, refusal(1, purpose=None), private(outcome="absent"))))
    assert "Purpose: not named in the request" in told[0]
    assert "Fin : sans précision dans la demande" in told[1]


def test_english_and_french_are_equal_line_for_line() -> None:
    again = replace(entry(7), kind="redelivery", refers_to=1)
    made = [access(1, entry(1)), access(3, refusal(3)), access(7, again), access(8, entry(8, **SAMS, agreement=None,
            ground="emergency", purpose="protect-life-or-safety"))]  # fmt: skip
    for told in (answered(*made), answered(), answered(*made, answering="london-ontario-works")):
        english, french = both(told)
        shapes = [[(block.kind, len(block.lines)) for block in blocks(text)] for text in (english, french)]
        assert shapes[0] == shapes[1]
        for one, other in zip(plain(english, "en").splitlines(), plain(french, "fr").splitlines(), strict=True):
            assert bool(one) == bool(other)
            assert re.findall(r"\d{4}-\d\d-\d\d", one) == re.findall(r"\d{4}-\d\d-\d\d", other)


def test_the_letter_names_the_commissioner_of_who_answers() -> None:
    """Whoever is not satisfied with an answer turns to the commissioner over the institution that gave it."""
    mine = entry(1, **SAMS, requester="ircc-work-permits", recipient="esdc-isb")
    federal, french = both(answered(access(1, mine)))
    municipal, municipale = both(answered(access(1, mine), answering="london-ontario-works"))
    assert ("Commissioner of Ontario" in federal, "Commissioner of Canada" in federal) == (False, True)
    assert ("Commissioner of Ontario" in municipal, "Commissioner of Canada" in municipal) == (True, False)
    assert "in the two years before you ask" in federal
    assert "dans les deux années précédant votre demande" in french
    assert "in the year before you ask" in municipal
    assert "within 30 days of receiving this letter" in municipal
    assert "dans les 30 jours suivant la réception de la présente lettre" in municipale
    for told in (federal, municipal):
        assert "neither confirm nor deny" in told


def test_the_machine_form_has_codes_and_both_languages() -> None:
    unknown = access(2, refusal(2, purpose=None, custodian=None))
    machine = LETTERS.machine(answered(access(1, entry(1)), unknown, answering="ircc-work-permits"))
    first, second = machine["lines"]
    assert first["recipient"]["code"] == "ircc-work-permits"
    assert {first["elements"][0][lang] for lang in BOTH} == {"Case is open", "Cas en cours"}
    assert first["time"] == "2026-03-02T12:00:00.000Z"
    assert (second["refused"], second["purpose"], second["custodian"]) == (True, None, None)
    assert set(machine) == {"reference", "unit", "received", "answered_at", "answer_by", "law", "lines"}


def test_an_old_disclosure_that_the_files_no_longer_name_is_told_by_the_officer() -> None:
    """What left may be about anybody; who looks at it says, and then it is told as the entry spells it."""
    old = entry(1, recipient="gone-unit", purpose="gone-purpose", record_type="gone-record", agreement=None,
                ground="emergency")  # fmt: skip
    (held,) = answered(access(1, old)).account.held
    assert held.why == HoldBack("officer-must-decide", "privacy-act", "")
    decided = Discretion(tell=frozenset({1}), because=WRITTEN)
    english, french = both(answered(access(1, old), discretion=decided))
    for text in (english, french):
        assert "gone-unit" in text
        assert "gone-purpose" in text
        assert "case_open" in text


def test_an_element_that_the_catalogue_no_longer_knows_is_left_out_of_a_line() -> None:
    gone = Disclosed("gone_element", "plain", digest_text(b"g" * 32))
    both_elements = (*entry(1).disclosed, gone, THIRD)
    account = compose([access(1, entry(1, disclosed=both_elements))], context())
    assert account.lines[0].elements == (("case_open", "plain"),)
    assert [(one.why.reason, one.elements) for one in account.held] == [
        ("another-person", ("reporter_name",)),
        ("officer-must-decide", ("gone_element",)),
    ]


def test_a_refusal_of_what_is_held_back_is_held_with_it() -> None:
    """A key used again, or a record that changed: the refusal refers to the answer that was given first."""
    again = refusal(7, refers_to=1, reasons=("idempotency-key-reused",))
    hidden = answered(access(1, entry(1), judged(in_confidence=True)), access(7, again))
    assert [one.why.reason for one in hidden.account.held] == ["in-confidence", "in-confidence"]
    assert both(hidden) == both(answered())
    assert [line.entry_index for line in answered(access(1, entry(1)), access(7, again)).account.lines] == [1, 7]
