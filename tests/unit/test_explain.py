"""An explanation says in both languages what the entry says, and nothing that the entry does not."""

import ast
import string
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_args

import pytest

from audit.entry import KINDS, AgreementRef, Authorities, Disclosed, Entry, Obligation, Withheld
from gateway.adapters.log.proven import ADOPTED
from gateway.adapters.rulebook import load as agreements
from gateway.adapters.rulebook.load import Rulebook
from gateway.bootstrap.vocabulary import vocabulary
from gateway.domain.element import FormKind
from gateway.domain.ground import Ground
from gateway.domain.referral import RELEASING, ReferralState
from gateway.service.log.standing import Standing
from gateway.service.obligation.notices import (
    ADDRESS_NOT_KNOWN_SAFE,
    EMPLOYER_HOUSING,
    NO_ADDRESS,
    PARTNER_NOT_NAMED,
    PERSON_NOT_NAMED,
)
from gateway.service.words.explain import Section, explain
from gateway.service.words.sentences import GROUNDS, SENTENCES, Lang
from gateway.service.words.sentences import KINDS as KIND_WORDS
from gateway.service.words.staff import ACTIONS, HELD, STATES
from tests.docs.generated import REPOSITORY

STANDING = Standing("log.example", 9, bytes(32))
DIGEST = "D" * 42 + "A"
LANGUAGES: tuple[Lang, ...] = get_args(Lang)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return agreements.load()


def permit(rulebook: Rulebook, **changes: Any) -> Entry:
    agreement = rulebook.register.find("esdc-ircc-tfw")
    assert agreement is not None
    entry = Entry(
        time="2026-11-22T12:00:00.000Z",
        kind="disclosure",
        requester="ircc-work-permits",
        recipient="ircc-work-permits",
        custodian="esdc-pob",
        agreement=AgreementRef(agreement.id, agreement.version, agreement.digest),
        clauses=("lmia-refresh-1",),
        authorities=Authorities(("DESDA-35",), ("PA-4",)),
        record_type="lmia",
        purpose="lmia-refresh",
        ground="agreement",
        cardinality="single",
        effect="permit",
        reasons=("permitted",),
        disclosed=(Disclosed("decision", "plain", DIGEST), Disclosed("duties", "scrub", DIGEST)),
        withheld=(Withheld("esdc_comments", "element-not-in-clause"),),
        obligations=(Obligation("as-of-label", "2026-11-22"), Obligation("purpose-only")),
        records=1,
        policy_revision=DIGEST,
        request_digest=DIGEST,
        private=(DIGEST,),
    )
    return replace(entry, **changes)


def told(rulebook: Rulebook, entry: Entry, lang: Lang = "en", *, kept: bool = True) -> tuple[Section, ...]:
    agreement = rulebook.register.find(entry.agreement.id) if entry.agreement and kept else None
    return explain(7, entry, lang, vocabulary(rulebook), agreement, STANDING)


def lines(sections: tuple[Section, ...], key: str) -> list[str]:
    return [
        text
        for section in sections
        for line in section.lines
        if section.key == key
        for text in (line.text, *line.below)
    ]


def test_a_permit_is_explained_from_agreement_to_proof(rulebook: Rulebook) -> None:
    sections = told(rulebook, permit(rulebook))
    assert [section.key for section in sections] == list(SENTENCES["en"])[:10]
    assert lines(sections, "agreement")[1:] == ["Schedule: Refresh of an LMIA", "Clause lmia-refresh-1"]
    assert lines(sections, "discloser") == [
        "To prescribed federal institutions "
        "(Department of Employment and Social Development Act, 35(1)-(2); Regulations ss.3 to 3.2)"
    ]
    assert lines(sections, "disclosed")[:2] == [
        "Decision: as it is",
        "Why it is needed: To decide on the current decision and dates only",
    ]
    assert "without identifiers and names" in lines(sections, "disclosed")[2]
    assert lines(sections, "withheld") == ["ESDC note: The clause does not grant the element"]
    assert lines(sections, "obligations") == [
        "Label the information with its date",
        "due 2026-11-22 (Ottawa time), binds the custodian",
        "Use for the stated purpose only",
        "no date, binds the recipient",
    ]
    assert lines(sections, "proof")[0] == "Entry 7 is in the tree of 9 entries that log.example signed"


def test_the_same_in_french(rulebook: Rulebook) -> None:
    sections = told(rulebook, permit(rulebook), "fr")
    assert lines(sections, "agreement")[1] == "Annexe : Actualisation d'une EIMT"
    assert lines(sections, "withheld")[0].endswith(" : La clause n'accorde pas l'élément")
    assert lines(sections, "obligations")[:2] == [
        "Dater les renseignements",
        "échéance 2026-11-22 (heure d'Ottawa), lie le dépositaire",
    ]
    assert lines(sections, "asked")[0].startswith("Demandeur : ")
    assert lines(sections, "discloser")[0].endswith("35(1)-(2); Règlement, art. 3 à 3.2)")


def shape(sections: tuple[Section, ...]) -> list[Any]:
    return [(section.key, [(line.code, len(line.below)) for line in section.lines]) for section in sections]


def denial(rulebook: Rulebook, **changes: Any) -> Entry:
    refused = {"kind": "denial", "effect": "deny", "reasons": ("not-available",)}
    nothing = {"clauses": (), "authorities": Authorities(), "disclosed": (), "obligations": (), "records": 0}
    return permit(rulebook, **(refused | nothing | changes))


def test_both_languages_say_the_same_of_every_kind(rulebook: Rulebook) -> None:
    entries = [
        permit(rulebook),
        permit(rulebook, kind="redelivery", refers_to=3),
        permit(rulebook, recipient="ircc-vulnerable-workers"),
        denial(rulebook),
        denial(rulebook, kind="referral", effect="refer", reasons=("needs-human-decision",)),
        denial(rulebook, effect="indeterminate", reasons=("policy-not-evaluated",)),
        denial(rulebook, agreement=None),
        denial(rulebook, custodian=None, record_type=None, purpose=None, reasons=("unknown-record-type",)),
        *(
            Entry(time="2026-11-22T12:00:00.000Z", kind=kind, requester="esdc-isb", reasons=("done",), refers_to=1)
            for kind in sorted(KINDS - {"disclosure", "denial", "referral", "redelivery"})
        ),
    ]
    for entry in entries:
        english, french = (told(rulebook, entry, lang) for lang in LANGUAGES)
        assert shape(english) == shape(french)
        assert [section.title for section in english] != [section.title for section in french]


def test_times_are_those_of_ottawa_with_the_zone_named(rulebook: Rulebook) -> None:
    late = permit(rulebook, time="2026-11-23T04:30:00.000Z")
    assert lines(told(rulebook, late), "what")[0] == "Entry 7, 2026-11-22 23:30 (Ottawa time)"
    assert lines(told(rulebook, late, "fr"), "what")[0] == "Inscription 7, 2026-11-22 23:30 (heure d'Ottawa)"


def decision(action: str, kind: str = "staff-action") -> Entry:
    return Entry(
        time="2026-11-22T12:00:00.000Z",
        kind=kind,  # type: ignore[arg-type]
        requester="esdc-isb",
        recipient="ircc-work-permits",
        custodian="esdc-isb",
        authorities=Authorities(("DESDA-37",), ()),
        record_type="protection-case",
        purpose="protect-life-or-safety",
        ground="emergency",
        reasons=(action,),
        obligations=(Obligation("notify-partner-entity", "2026-11-22"),),
        refers_to=3,
    )


def test_a_persons_decision_is_told_in_words_with_what_it_is_about(rulebook: Rulebook) -> None:
    english = told(rulebook, decision("referral-partly-released"))
    assert [section.title for section in english][:2] == ["What was done", "Which unit, and about what"]
    assert lines(english, "what")[1:] == [
        "A named person released a part of what was asked.",
        "It concerns entry 3.",
    ]
    assert lines(english, "asked")[2:] == [
        "For: Immigration, Refugees and Citizenship Canada, Work permit processing",
        "What: Worker-protection case",
        "Purpose: Protect someone's life, health or safety",
        "Ground: emergency",
    ]
    french = told(rulebook, decision("referral-partly-released"), "fr")
    assert shape(english) == shape(french)
    assert lines(french, "what")[1].startswith("Une personne désignée a autorisé la communication d'une partie")
    assert "referral" not in " ".join(text for section in french for line in section.lines for text in (line.text,))


ON_FILE = {"key-approval-failed"}
"""Actions that nothing writes any more and that older entries have."""


def written_actions() -> set[str]:
    """Every action that a module of the gateway gives to an entry of the staff, read from its source."""
    found: set[str] = set()
    for module in sorted((REPOSITORY / "gateway").rglob("*.py")):
        tree = ast.parse(module.read_text("utf-8"))
        takers = {
            name.name: [argument.arg for argument in name.args.args].index("action") - 1
            for name in ast.walk(tree)
            if isinstance(name, ast.FunctionDef | ast.AsyncFunctionDef)
            and "action" in [argument.arg for argument in name.args.args]
        }
        for node in ast.walk(tree):
            match node:
                case ast.keyword(arg="action", value=value):
                    found |= codes(value)
                case ast.Call(func=ast.Attribute(attr=name), args=arguments) if name in takers:
                    found |= codes(arguments[takers[name]])
                case ast.Assign(targets=[ast.Name(id="action")], value=value):
                    found |= codes(value)
                case ast.AnnAssign(target=ast.Name(id="ACTION"), value=ast.expr() as value):
                    found |= codes(value)
                case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                    pairs = zip(names, values, strict=True)
                    found |= {code for name, value in pairs if ast.unparse(name) == "action" for code in codes(value)}
                case _:
                    pass
    return found


def codes(node: ast.expr) -> set[str]:
    match node:
        case ast.Constant(value=str(code)):
            return {code}
        case ast.IfExp(body=body, orelse=orelse):
            return codes(body) | codes(orelse)
        case ast.JoinedStr(values=[ast.Constant(value=str(before)), ast.FormattedValue()]):
            return {f"{before}{state}" for state in RELEASING}
        case ast.Name(id="ADOPTED"):
            return {ADOPTED}
        case ast.Name(id="action" | "ACTION"):
            return set()
        case _:
            pytest.fail(f"cannot read which action this is: {ast.unparse(node)}")


def test_everything_staff_can_do_has_words_in_both_languages(rulebook: Rulebook) -> None:
    written = written_actions() | ON_FILE
    assert {"referral-taken", "referral-lapsed", "decision-upheld", "hold-lifted", "key-approved", "erased"} <= written
    for lang in LANGUAGES:
        assert set(ACTIONS[lang]) == written
        assert set(STATES[lang]) == set(ReferralState)
        held = {EMPLOYER_HOUSING, NO_ADDRESS, ADDRESS_NOT_KNOWN_SAFE, PARTNER_NOT_NAMED, PERSON_NOT_NAMED}
        assert set(HELD[lang]) == held
        assert all(
            said.endswith(".") and (code == "erased" or code not in said) for code, said in ACTIONS[lang].items()
        )
    for action in written:
        english, french = (lines(told(rulebook, decision(action), lang), "what")[1] for lang in LANGUAGES)
        assert english != french


def test_the_sentences_have_the_same_keys_and_places_in_both_languages() -> None:
    def places(sentences: Mapping[str, str]) -> Mapping[str, set[str | None]]:
        return {key: {name for _, name, _, _ in string.Formatter().parse(said)} for key, said in sentences.items()}

    assert places(SENTENCES["en"]) == places(SENTENCES["fr"])
    assert list(SENTENCES["en"]) == list(SENTENCES["fr"])
    for lang in LANGUAGES:
        assert set(GROUNDS[lang]) == set(Ground)
        assert set(KIND_WORDS[lang]) == KINDS - {"disclosure", "denial", "referral", "redelivery"}
        assert {kind.value for kind in FormKind} <= set(SENTENCES[lang])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("form", "key"),
    [
        ("plain", "plain"),
        ("mask:3", "mask"),
        ("generalize:year", "generalize-year"),
        ("generalize:age-band", "generalize-age-band"),
        ("generalize:band-100", "generalize"),
        ("exists", "exists"),
        ("count", "count"),
        ("pseudonym", "pseudonym"),
    ],
)
def test_every_form_has_words(rulebook: Rulebook, lang: Lang, form: str, key: str) -> None:
    sections = told(rulebook, permit(rulebook, disclosed=(Disclosed("decision", form, DIGEST),)), lang)
    assert lines(sections, "disclosed")[0].endswith(SENTENCES[lang][key].format(form.partition(":")[2]))


def test_a_refusal_before_the_decision_is_called_as_the_api_calls_it(rulebook: Rulebook) -> None:
    entry = denial(rulebook, custodian=None, record_type=None, purpose=None, reasons=("unknown-record-type",))
    sections = told(rulebook, entry)
    assert lines(sections, "reasons")[0] == "The record type is not in the catalogue"
    assert "replay" not in " ".join(lines(sections, "proof"))


def test_what_the_files_do_not_hold_any_more_is_called_by_its_code(rulebook: Rulebook) -> None:
    entry = permit(
        rulebook,
        requester="gone-unit",
        record_type="gone-record",
        authorities=Authorities(("GONE-1",), ("GONE-2",)),
        withheld=(Withheld("gone_element", "gone-reason"),),
        obligations=(Obligation("gone-duty"),),
    )
    sections = told(rulebook, entry, kept=False)
    assert lines(sections, "discloser") == ["GONE-1"]
    assert lines(sections, "withheld") == ["gone_element: gone-reason"]
    assert lines(sections, "obligations") == ["gone-duty", "no date"]
    assert "The text of this version is not kept here." in lines(sections, "agreement")
    assert "Clause lmia-refresh-1" in lines(sections, "agreement")


def test_an_entry_that_is_not_signed_yet_says_so(rulebook: Rulebook) -> None:
    sections = explain(7, permit(rulebook), "en", vocabulary(rulebook), None, None)
    assert lines(sections, "proof")[0].startswith("No signed checkpoint covers the entry yet")
