"""Notices: whole in both languages or not drafted; what others wrote is data; held where the address is not safe."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import yaml
from jinja2 import meta

from gateway.adapters.letters.drafting import BLANK, render
from gateway.adapters.letters.marked import PROTECTED, as_data, blocks, plain
from gateway.adapters.letters.typeset import environment, page
from gateway.domain.target import SubjectIdentifier
from gateway.service.obligation.notices import (
    NOTICES,
    OF_A_DECISION,
    Notice,
    NoticeError,
    commissioner_provisions,
    hold_of,
    notice_as_json,
    notice_of_json,
)
from gateway.service.person.correction import Received
from gateway.service.words.addressees import ADDRESSEES
from gateway.service.words.sentences import BOTH, Lang
from tests.docs.generated import REPOSITORY
from tests.unit.letters.facts import (
    DECIDED,
    breach_facts,
    breach_said,
    consistent_use,
    correction_facts,
    facts_for,
    letters,
)

OF_DECISIONS = sorted(OF_A_DECISION)
HOSTILE = "before {{ 7*7 }} {% raw %} <script>alert(1)</script>\n# Title\n- item\x00\x1b[31m\u202e & after"


def draft(code: str, **changes: Any) -> Notice:
    return letters().draft(code, facts_for(code, **changes))


def shape(text: str) -> list[tuple[str, int]]:
    return [(block.kind, len(block.lines)) for block in blocks(text)]


@pytest.mark.parametrize("code", OF_DECISIONS)
def test_every_notice_is_drafted_alike_in_both_languages(code: str) -> None:
    notice = draft(code)
    assert notice.code == code
    assert notice.held is None
    assert shape(notice.en) == shape(notice.fr)
    assert shape(notice.en)[0] == ("h1", 1)
    assert notice.en != notice.fr
    for text in (notice.en, notice.fr):
        assert "r-17" in text
        assert "{" not in text
        assert "None" not in text
    assert notice_of_json(notice_as_json(notice)) == notice


@pytest.mark.parametrize("code", OF_DECISIONS)
def test_a_notice_has_what_the_law_has_it_say(code: str) -> None:
    notice = draft(code)
    if code in ("mail-notice", "record-of-disclosure-municipal"):
        return
    for lang, text in (("en", notice.en), ("fr", notice.fr)):
        organization = {"en": "Employment and Social Development Canada", "fr": "Emploi et Développement social Canada"}
        elements = {"en": "Case is open; Channel", "fr": "Cas en cours; Voie de communication"}
        assert organization[lang] in text
        assert elements[lang] in text
        assert ("2026-11-23, 22:30" if lang == "en" else "2026-11-23, 22 h 30") in text


def named_in(template: str) -> set[str]:
    source, _, _ = environment().loader.get_source(environment(), template)  # type: ignore[union-attr]
    return meta.find_undeclared_variables(environment().parse(source))


TEMPLATES = sorted(
    {name.removesuffix(".en.jinja") for name in environment().list_templates() if name.endswith(".en.jinja")}
    - {"account"}
)


@pytest.mark.parametrize("lang", BOTH)
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_that_lacks_a_fact_fails_with_its_name(template: str, lang: Lang) -> None:
    """Whatever a template names is a fact it needs; without it there is no text, not one with a hole."""
    file = f"{template}.{lang}.jinja"
    if template.startswith("breach-"):
        whole = letters().breach_context(template, breach_facts(), lang)
    elif template == "notify-consistent-use":
        whole = letters().use_context(consistent_use(), lang)
    elif template == "notify-correction":
        whole = letters().correction_context(correction_facts(), lang)
    else:
        whole = letters().context(template, facts_for(template), lang)
    needed = named_in(file)
    assert needed <= whole.keys()
    assert render(template, template, lang, whole)
    for missing in needed:
        lacking = {name: value for name, value in whole.items() if name != missing}
        with pytest.raises(NoticeError) as failed:
            render(template, template, lang, lacking)
        assert failed.value.fact == missing


def test_both_languages_need_the_same_facts() -> None:
    assert {template for template in TEMPLATES if template in NOTICES} == set(TEMPLATES)
    for template in TEMPLATES:
        assert named_in(f"{template}.en.jinja") == named_in(f"{template}.fr.jinja")


@pytest.mark.parametrize(
    ("code", "change", "fact"),
    [
        ("notify-privacy-commissioner", {"because": ""}, "because"),
        ("notify-privacy-commissioner", {"because": " \x00\n "}, "because"),
        ("notify-privacy-commissioner", {"provisions": ("PA-8-2-f",)}, "provisions"),
        ("notify-privacy-commissioner", {"provisions": ()}, "provisions"),
        ("notify-privacy-commissioner", {"elements": ()}, "elements"),
        ("notify-privacy-commissioner", {"elements": ("no_such_element",)}, "elements"),
        ("notify-privacy-commissioner", {"record_type": "no-such-record"}, "elements"),
        ("notify-privacy-commissioner", {"custodian": "nobody"}, "custodian"),
        ("notify-privacy-commissioner", {"recipient": ""}, "recipient"),
        ("notify-privacy-commissioner", {"purpose": "none"}, "purpose"),
        ("notify-privacy-commissioner", {"ground": "none"}, "ground"),
        ("notify-privacy-commissioner", {"referral": None}, "reference"),
        ("notify-privacy-commissioner", {"subject": SubjectIdentifier("uci", "")}, "subject"),
        ("notify-partner-entity", {"partner": "nobody"}, "partner"),
        ("record-of-disclosure", {"elements": ()}, "elements"),
        ("mail-notice", {"provisions": ("PA-8-2-m",)}, "law"),
        ("keep-request-and-record", {"provisions": (), "law": None}, "law"),
        ("dispose", {}, "code"),
        ("breach-report", {}, "code"),
        ("notify-consistent-use", {}, "code"),
        ("notify-correction", {}, "code"),
    ],
)
def test_a_missing_or_unknown_fact_blocks_the_notice(code: str, change: dict[str, Any], fact: str) -> None:
    with pytest.raises(NoticeError) as failed:
        draft(code, **change)
    assert (failed.value.fact, failed.value.code) == (fact, "notice-incomplete")
    for value in change.values():
        assert not isinstance(value, str) or len(value) < 4 or value not in str(failed.value)


def test_what_the_evidence_says_is_data() -> None:
    code = "notify-privacy-commissioner"
    notice = draft(code, because=HOSTILE)
    for lang in BOTH:
        text = notice.en if lang == "en" else notice.fr
        assert "{{ 7*7 }}" in text
        assert "49" not in re.sub(r"\d{4}-\d\d-\d\d", "", text)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", text)
        assert shape(text) == shape(draft(code).en)
        html = page(text, lang)
        assert "<script" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
        assert html.count("<h1>") == 1
        assert f'<html lang="{lang}-CA">' in html


def test_an_address_is_data_too() -> None:
    notice = draft("mail-notice", address=("# 4 <b>Birch</b>", "- \x07Harbourville"))
    assert shape(notice.en) == shape(draft("mail-notice").en)
    assert "<b>" not in page(notice.en, "en")
    assert "\x07" not in notice.en


@pytest.mark.parametrize(
    ("provisions", "laws"),
    [
        (("PA-8-2-m",), ["8(5)"]),
        (("DESDA-37",), ["37(2)"]),
        (("CUST-107-6-9",), ["107(7)"]),
        (("PA-8-2-m", "DESDA-37"), ["37(2)", "8(5)"]),
        (("PA-9-4", "PA-8-2-m"), ["8(5)", "9(4)"]),
        (("PA-9-4", "PA-8-2-m", "DESDA-37"), ["37(2)", "8(5)", "9(4)"]),
        (("PA-9-4",), ["9(4)"]),
    ],
)
def test_the_notice_to_the_commissioner_says_which_law_demands_it(provisions: tuple[str, ...], laws: list[str]) -> None:
    assert list(commissioner_provisions(provisions)) == laws
    notice = draft("notify-privacy-commissioner", provisions=provisions)
    for section in ("8(5)", "37(2)", "107(7)", "9(4)"):
        for text, place in ((notice.en, "subsection"), (notice.fr, "paragraphe")):
            assert (f"{place} {section}" in text) == (section in laws)


@pytest.mark.parametrize("code", ["notify-privacy-commissioner", "notify-partner-entity"])
def test_a_notice_says_whether_anything_has_left_and_concludes_nothing(code: str) -> None:
    """What nobody said is not said: no notice calls an earlier one impracticable."""
    before = draft(code, before_release=True, not_first="x")
    assert "Nothing has left yet" in before.en
    assert "Rien n'a encore été communiqué" in before.fr
    reason = draft(code, ground="public-interest", not_first="the fire is tonight {{ 7*7 }}\n# x")
    assert "as the decision-maker stated: the fire is tonight {{ 7*7 }} # x" in reason.en
    assert "selon le décideur : the fire is tonight {{ 7*7 }} # x" in reason.fr
    emergency = draft(code)
    assert "the request says that someone's life, health or safety is in danger" in emergency.en
    assert "selon la demande, la vie, la santé ou la sécurité" in emergency.fr
    assert "the request says that someone's health is in danger" in draft(code, danger="health").en
    assert "selon la demande, la santé d'une personne est en danger" in draft(code, danger="health").fr
    neither = draft(code, ground="public-interest")
    for notice in (reason, emergency, neither):
        assert "practicable" not in notice.en
        assert "raisonnablement possible" not in notice.fr
        assert "without delay after the decision" in notice.en
        assert "Decision: 2026-11-23, 22:30" in notice.en
        assert "Disclosure: not before the decision" in notice.en
        assert "Communication : pas avant la décision" in notice.fr
    assert "emergency" not in neither.en.split("##")[0]


@pytest.mark.parametrize(
    ("referral", "entry", "english", "french"),
    [
        ("r-17", None, "Reference: referral r-17", "Référence : renvoi r-17"),
        (None, 0, "Reference: entry 0 of the disclosure log", "Référence : inscription 0 au registre"),
    ],
)
def test_a_reference_says_what_it_is(referral: str | None, entry: int | None, english: str, french: str) -> None:
    notice = draft("record-of-disclosure", referral=referral, entry_index=entry)
    assert english in notice.en
    assert french in notice.fr


@pytest.mark.parametrize(
    ("change", "held"),
    [
        ({"address_kind": "employer-housing"}, "employer-housing"),
        ({"address": None, "address_kind": "employer-housing"}, "no-address"),
        ({"address": ()}, "no-address"),
        ({"address_kind": "shared-home"}, "address-not-known-safe"),
        ({"address_kind": "unknown"}, "address-not-known-safe"),
        ({"address_kind": None}, "address-not-known-safe"),
        ({"address_kind": "own-home"}, None),
        ({"address_kind": "shelter"}, None),
        ({"address_kind": "mailing-only"}, None),
    ],
)
def test_a_mailed_notice_is_held_unless_the_address_is_safe(change: dict[str, Any], held: str | None) -> None:
    notice = draft("mail-notice", **change)
    assert notice.held == held
    assert hold_of("mail-notice", replace(facts_for("mail-notice"), **change)) == held


MAILED = {
    "mfippa": ("MF-32-h", "32(h) of the Municipal", "32 h) de la Loi sur l'accès à l'information municipale"),
    "fippa": ("FIPPA-42-1-h", "42(1)(h) of the Freedom", "42 (1) h) de la Loi sur l'accès à l'information et"),
}


@pytest.mark.parametrize("law", MAILED)
def test_a_mailed_notice_cites_the_act_of_the_provision_and_gives_away_nothing(law: str) -> None:
    provision, english, french = MAILED[law]
    notice = draft("mail-notice", provisions=(provision,), because="danger-canary")
    hidden = ("Police", "permis", "Phone", "Téléphone :", "canary", "Worker-protection", "00-0000")
    for text in (notice.en, notice.fr):
        assert not [word for word in hidden if word in text]
        assert text.count(BLANK) == 4
        assert "12 Birch Street, Harbourville ON" in text
    assert english in notice.en
    assert french in notice.fr
    assert "You may ask us what was disclosed, to whom and why; the law may limit the answer." in notice.en
    assert "Vous pouvez nous demander ce qui a été divulgué, à qui et pourquoi; la loi peut" in notice.fr
    other = next(one for one in MAILED.values() if one[0] != provision)
    assert other[1] not in notice.en


def units_under_ontario() -> list[tuple[str, str, dict[str, str], dict[str, str]]]:
    """Unit, regime, names of the unit and of the organization, as the file itself has them."""
    parties = yaml.safe_load((REPOSITORY / "agreements" / "parties.yaml").read_text("utf-8"))
    return [
        (unit["id"], regime, unit["name"], organization["name"])
        for organization in parties["organizations"]
        for unit in organization["units"]
        for regime in unit.get("regimes", organization["regimes"])
        if regime in MAILED
    ]


@pytest.mark.parametrize(("unit", "regime", "names", "organization"), units_under_ontario())
def test_a_mailed_notice_does_not_name_the_unit(
    unit: str, regime: str, names: dict[str, str], organization: dict[str, str]
) -> None:
    """The name of the unit tells whoever opens the letter which service the person receives."""
    notice = draft("mail-notice", custodian=unit, provisions=(MAILED[regime][0],))
    breach = letters().draft_breach("breach-letter", breach_facts(unit=unit, law=regime, addressee="people-concerned"))
    for letter in (notice, breach):
        for lang, text in (("en", letter.en), ("fr", letter.fr)):
            assert names[lang] not in text
            assert organization[lang] in text


def test_a_partner_that_is_not_named_holds_its_notice() -> None:
    assert draft("notify-partner-entity", partner=None).held == "partner-not-named"
    named = draft("notify-partner-entity", partner="ircc-work-permits")
    assert (named.held, named.addressee) == (None, "ircc-work-permits")


def test_the_file_sheet_of_a_refused_request_says_that_nothing_left() -> None:
    sheet = draft("keep-request-and-record", elements=(), provisions=(), because="")
    assert "Disclosed: nothing" in sheet.en
    assert "Communiqué : rien" in sheet.fr


@pytest.mark.parametrize(
    ("provisions", "law", "english", "french"),
    [
        (("PA-8-2-e",), "mfippa", "subsection 8(4) of the Privacy Act", "paragraphe 8(4) de la Loi sur la protection"),
        (("MF-32-f-g",), None, "clauses 32(f) and (g) of the Municipal", "alinéas 32 f) et g) de la Loi sur l'accès"),
        (("FIPPA-42-1-f-g",), "privacy-act", "clauses 42(1)(f) and (g) of the Fr", "alinéas 42 (1) f) et g) de la Loi"),
        ((), "privacy-act", "subsection 8(4) of the Privacy Act", "paragraphe 8(4) de la Loi sur la protection"),
        ((), "mfippa", "clauses 32(f) and (g) of the Municipal", "alinéas 32 f) et g) de la Loi sur l'accès"),
        ((), "fippa", "clauses 42(1)(f) and (g) of the Freedom", "alinéas 42 (1) f) et g) de la Loi sur l'accès"),
    ],
)
def test_the_file_sheet_is_under_the_act_of_the_provision_or_of_the_custodian(
    provisions: tuple[str, ...], law: str | None, english: str, french: str
) -> None:
    sheet = draft("keep-request-and-record", provisions=provisions, law=law)
    assert english in sheet.en
    assert french in sheet.fr
    federal = "8(4)" in english
    agency = "an investigative body" if federal else "a law enforcement agency"
    assert sheet.en.startswith(f"# File sheet: written request of {agency}\n")
    organisme = "d'enquête" if federal else "d'exécution de la loi"
    assert sheet.fr.startswith(f"# Fiche de dossier : demande écrite d'un organisme {organisme}\n")
    assert ("Privacy Commissioner of Ontario" in sheet.en) is not federal
    assert "apart from the person's file" in sheet.en
    assert sheet.addressee == "file-apart"


def test_a_record_of_ontario_is_a_divulgation() -> None:
    ours, theirs = draft("record-of-disclosure"), draft("record-of-disclosure-municipal")
    assert "Relevé de communication" in ours.fr
    assert "Communiqué par : " in ours.fr
    assert "Relevé de divulgation" in theirs.fr
    assert "Divulgué par : " in theirs.fr


def test_the_notice_of_a_new_consistent_use_names_the_bank() -> None:
    notice = letters().draft_use(consistent_use())
    assert shape(notice.en) == shape(notice.fr)
    assert (notice.addressee, notice.provision) == ("privacy-commissioner", "PA-9-4")
    assert "Information bank: ESDC-TFWP-PROTECTION" in notice.en
    assert "Worker-protection case: Case is open; Channel" in notice.en
    assert "Fichier de renseignements personnels : ESDC-TFWP-PROTECTION" in notice.fr
    assert "Cas de protection d'un travailleur : Cas en cours; Voie de communication" in notice.fr
    assert "version 1" in notice.fr
    for change, fact in (({"unit": "nobody"}, "unit"), ({"recipients": ("nobody",)}, "recipient")):
        with pytest.raises(NoticeError) as failed:
            letters().draft_use(consistent_use(**change))
        assert failed.value.fact == fact


def test_the_notice_of_a_correction_says_what_was_received_and_no_value() -> None:
    notice = letters().draft_correction(correction_facts())
    assert shape(notice.en) == shape(notice.fr)
    assert (notice.addressee, notice.provision, notice.held) == ("ircc-work-permits", "PA-12-2-c", None)
    assert notice.en.startswith("# Notice of a correction\n")
    assert "Person: uci 00-0000-0017" in notice.en
    assert "You received: Case is open; Channel (2026-11-23, entry 7 of the disclosure log)" in notice.en
    assert "make the correction on every copy under your control" in notice.en
    assert "porter la correction sur toute copie qui relève de vous" in notice.fr
    refused = letters().draft_correction(correction_facts(kind="notation", amends=False))
    assert refused.en.startswith("# Notice that a correction was refused\n")
    assert "A notation of the request is attached" in refused.en
    assert "Une mention de la demande est jointe" in refused.fr
    ontario = letters().draft_correction(correction_facts(kind="notation", law="mfippa", provision="MF-36-2-c"))
    assert "A statement of disagreement is attached" in ontario.en
    assert "Une déclaration de désaccord est jointe" in ontario.fr


def test_a_recipient_that_cannot_know_the_person_has_its_notice_held() -> None:
    notice = letters().draft_correction(correction_facts(subjects=()))
    assert notice.held == "person-not-named"
    assert "Person: ____" in notice.en


def test_a_notice_of_a_correction_lists_the_last_answers_and_counts_the_others() -> None:
    many = tuple(Received(index, DECIDED + timedelta(days=index), ("channel",)) for index in range(60))
    notice = letters().draft_correction(correction_facts(received=many))
    assert notice.en.count("You received: ") == 50
    assert "entry 59 of" in notice.en
    assert "entry 9 of" not in notice.en
    assert "Earlier answers with the same information: 10" in notice.en


@pytest.mark.parametrize(
    ("addressee", "law", "english", "french"),
    [
        ("privacy-commissioner", "privacy-act", "Report of a material breach of privacy", "substantielle"),
        ("tbs", "privacy-act", "Report of a material breach of privacy", "substantielle"),
        ("ipc-ontario", "fippa", "Report of a breach with a real risk of significant harm",
         "Signalement d'une atteinte présentant un risque réel de préjudice grave"),
        ("ipc-ontario", "mfippa", "Report of a breach with a real risk of significant harm",
         "Signalement d'une atteinte présentant un risque réel de préjudice grave"),
    ],
)  # fmt: skip
def test_a_breach_report_is_addressed_and_whole(addressee: str, law: str, english: str, french: str) -> None:
    facts = breach_facts(addressee=addressee, law=law, said=breach_said(what=HOSTILE))
    notice = letters().draft_breach("breach-report", facts)
    assert (notice.addressee, shape(notice.en)) == (addressee, shape(notice.fr))
    assert english in notice.en
    assert french in notice.fr
    assert "{{ 7*7 }}" in notice.en
    assert "<script" not in page(notice.en, "en")
    for stated in (
        "Date of the breach: 2026-11-20",
        "Discovered: 2026-11-22",
        "Kinds of information: names and addresses",
        "low: the letter was not opened",
        "told: not yet; they will be told",
        "the privacy coordinator",
    ):
        assert stated in notice.en
    assert "Nature des renseignements : noms et adresses" in notice.fr


@pytest.mark.parametrize("code", ["breach-report", "breach-notice"])
def test_what_is_not_known_of_a_breach_is_said_to_be(code: str) -> None:
    nothing = dict.fromkeys(("occurred", "discovered", "kinds", "kinds_fr", "harm", "people_told", "contact"))
    notice = letters().draft_breach(code, breach_facts(said=breach_said(**nothing)))
    lacking = 6 if code == "breach-report" else 4
    assert notice.en.count("not known yet") == notice.fr.count("pas encore connu") == lacking
    assert "None" not in notice.en + notice.fr


def test_a_breach_notice_names_its_party_and_lacks_nothing() -> None:
    notice = letters().draft_breach("breach-notice", breach_facts(addressee="ircc-work-permits", provision=None))
    assert "To: Immigration, Refugees and Citizenship Canada" in notice.en
    assert "that may concern what you gave to us or received from us" in notice.en
    for change, said, fact in (
        ({}, {"what": ""}, "what"),
        ({}, {"measures": "\n"}, "measures"),
        ({"addressee": "x"}, {}, "addressee"),
    ):
        facts = breach_facts(**{"addressee": "ircc-work-permits", **change}, said=breach_said(**said))
        with pytest.raises(NoticeError) as failed:
            letters().draft_breach("breach-notice", facts)
        assert failed.value.fact == fact
    with pytest.raises(NoticeError):
        letters().draft_breach("breach-report", breach_facts(provision=None))
    with pytest.raises(NoticeError):
        letters().draft_breach("mail-notice", breach_facts())


@pytest.mark.parametrize(
    ("law", "commissioner"),
    [
        ("privacy-act", "Office of the Privacy Commissioner of Canada"),
        ("fippa", "Information and Privacy Commissioner of Ontario"),
        ("mfippa", "Information and Privacy Commissioner of Ontario"),
    ],
)
def test_the_letter_about_a_breach_is_for_the_people_and_has_nothing_internal(law: str, commissioner: str) -> None:
    said = breach_said(what="what-canary", measures="measures-canary", harm="harm-canary", contact="contact-canary")
    letter = letters().draft_breach("breach-letter", breach_facts(law=law, addressee="people-concerned", said=said))
    assert shape(letter.en) == shape(letter.fr)
    assert commissioner in letter.en
    assert "A letter about you went to the wrong office" in letter.en
    assert "Une lettre à votre sujet" in letter.fr
    assert "names and addresses" in letter.en
    assert "noms et adresses" in letter.fr
    for text in (letter.en, letter.fr):
        assert text.count(BLANK) == 4
        assert "canary" not in text
        assert "esdc-ircc-tfw" not in text
        assert not re.search(r"\b(entry|entries|inscriptions?|4, 5)\b", text)
        assert "Integrity Services Branch" not in text
    same = letters().draft_breach("breach-letter", breach_facts(said=breach_said(for_people_fr=None, kinds_fr=None)))
    assert "A letter about you went to the wrong office" in same.fr
    with pytest.raises(NoticeError):
        letters().draft_breach("breach-letter", breach_facts(said=breach_said(for_people=None, for_people_fr=None)))


def test_facts_and_notices_show_nothing_personal_when_printed() -> None:
    facts = facts_for("notify-privacy-commissioner", because="canary-because", not_first="canary-first")
    for shown in (repr(facts), repr(draft("notify-privacy-commissioner", because="canary-because"))):
        assert "canary" not in shown
        assert "Birch" not in shown
        assert "00-0000" not in shown


def test_plain_text_keeps_the_order_and_as_data_is_one_line() -> None:
    assert plain("# T\n\n- a\n- b\nend\n", "en") == "T\n=\n\n- a\n- b\n\nend\n"
    assert plain("# T\n", "en", protected=True) == f"{PROTECTED}\n\nT\n=\n"
    assert as_data(" a\r\n\tb\u2028c\u200b ") == "a b c"


@pytest.mark.parametrize(
    ("text", "spaced"),
    [
        ("Fin : x", "Fin~: x"),
        ("alinéas 42 (1) f) et 32 h) de", "alinéas 42~(1)~f) et 32~h) de"),
        ("à 7 h 05 (heure", "à 7~h~05 (heure"),
        ("« avis »", "«~avis~»"),
        ("Gatineau (Québec) K1A 1H3, téléphone", "Gatineau (Québec) K1A~1H3, téléphone"),
        ("renseignements; rien, 12 heures", "renseignements; rien, 12 heures"),
    ],
)
def test_french_spaces_are_set_in_one_place(text: str, spaced: str) -> None:
    shown = spaced.replace("~", "\u00a0")
    assert plain(text, "fr") == f"{shown}\n"
    assert shown in page(text, "fr")
    assert plain(text, "en") == f"{text}\n"


@pytest.mark.parametrize("lang", BOTH)
def test_the_handling_mark_is_on_every_page_of_what_is_for_institutions(lang: Lang) -> None:
    assert PROTECTED in page("# T", lang, protected=True)
    assert "PROT" not in page("# T", lang)
    assert "overflow-wrap: anywhere" in page("# T", lang)


def test_every_notice_has_words_for_whom_it_goes_to() -> None:
    for kind in NOTICES.values():
        assert kind.addressee is None or kind.addressee in ADDRESSEES
    for pair in ADDRESSEES.values():
        assert pair["en"] != pair["fr"]


def test_no_french_text_says_entente_or_detenteur() -> None:
    texts = [environment().loader.get_source(environment(), f"{name}.fr.jinja")[0] for name in (*TEMPLATES, "account")]  # type: ignore[union-attr]
    for text in texts:
        assert not re.search(r"entente|[Dd]étenteur|\bMotif :", text)
