"""Notices: whole in both languages or not drafted; what others wrote is data; held where the address is not safe."""

import re
from dataclasses import replace
from typing import Any

import pytest
from jinja2 import meta

from gateway.adapters.letters.drafting import render
from gateway.adapters.letters.typeset import as_data, blocks, environment, page, plain
from gateway.adapters.letters.wording import BOTH
from gateway.domain.request import SubjectIdentifier
from gateway.service.notices import (
    NOTICES,
    Notice,
    NoticeError,
    commissioner_provisions,
    hold_of,
    notice_as_json,
    notice_of_json,
)
from gateway.service.plain_words import Lang
from tests.unit.letters.facts import breach_facts, letters, notice_facts

OF_DECISIONS = [code for code in NOTICES if not code.startswith("breach-")]
HOSTILE = "before {{ 7*7 }} {% raw %} <script>alert(1)</script>\n# Title\n- item\x00\x1b[31m\u202e & after"


def draft(code: str, **changes: Any) -> Notice:
    return letters().draft(code, notice_facts(**changes))


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
    if code == "mail-notice":
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
        facts = breach_facts(addressee="ircc-work-permits") if template == "breach-notice" else breach_facts()
        whole = letters().breach_context(template, facts, lang)
    else:
        whole = letters().context(template, notice_facts(), ["8(5)"], lang)
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
        ("notify-privacy-commissioner", {"reference": ""}, "reference"),
        ("notify-privacy-commissioner", {"subject": SubjectIdentifier("uci", "")}, "subject"),
        ("notify-partner-entity", {"partner": "nobody"}, "partner"),
        ("record-of-disclosure", {"elements": ()}, "elements"),
        ("dispose", {}, "code"),
        ("breach-report", {}, "code"),
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
        (("PA-9-4", "PA-8-2-m"), ["8(5)"]),
        (("PA-9-4",), ["9(4)"]),
    ],
)
def test_the_notice_to_the_commissioner_says_which_law_demands_it(provisions: tuple[str, ...], laws: list[str]) -> None:
    assert list(commissioner_provisions(provisions)) == laws
    notice = draft("notify-privacy-commissioner", provisions=provisions)
    for section in ("8(5)", "37(2)", "107(7)", "9(4)"):
        for text, place in ((notice.en, "subsection"), (notice.fr, "paragraphe")):
            assert (f"{place} {section}" in text) == (section in laws)


def test_a_notice_says_whether_anything_has_left() -> None:
    before, after = (draft("notify-privacy-commissioner", before_release=first) for first in (True, False))
    assert "Nothing has left yet" in before.en
    assert "Rien n'a encore été communiqué" in before.fr
    assert "not reasonably practicable" in after.en
    assert "pas raisonnablement possible" in after.fr


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
    assert hold_of("mail-notice", replace(notice_facts(), **change)) == held


def test_a_mailed_notice_gives_away_nothing_to_whoever_opens_it() -> None:
    notice = draft("mail-notice")
    hidden = (
        "Work permit",
        "permis de travail",
        "Case is open",
        "Cas en cours",
        "danger",
        "Worker-protection",
        "00-0000",
    )
    for text in (notice.en, notice.fr):
        assert not [word for word in hidden if word in text]
        assert "32" in text
        assert "12 Birch Street, Harbourville ON" in text


def test_a_partner_that_is_not_named_holds_its_notice() -> None:
    assert draft("notify-partner-entity", partner=None).held == "partner-not-named"
    named = draft("notify-partner-entity", partner="ircc-work-permits")
    assert (named.held, named.addressee) == (None, "ircc-work-permits")


def test_the_file_sheet_of_a_refused_request_says_that_nothing_left() -> None:
    sheet = draft("keep-request-and-record", elements=(), provisions=(), because="")
    assert "Disclosed: nothing" in sheet.en
    assert "Communiqué : rien" in sheet.fr


@pytest.mark.parametrize("addressee", ["privacy-commissioner", "tbs", "ipc-ontario", "people-concerned"])
def test_a_breach_report_is_addressed_and_whole(addressee: str) -> None:
    notice = letters().draft_breach("breach-report", breach_facts(addressee=addressee, what=HOSTILE))
    assert (notice.addressee, shape(notice.en)) == (addressee, shape(notice.fr))
    assert "{{ 7*7 }}" in notice.en
    assert "<script" not in page(notice.en, "en")
    assert "12" in notice.fr


def test_a_breach_notice_names_its_party_and_lacks_nothing() -> None:
    notice = letters().draft_breach("breach-notice", breach_facts(addressee="ircc-work-permits", provision=None))
    assert "To: Immigration, Refugees and Citizenship Canada" in notice.en
    for change, fact in (({"what": ""}, "what"), ({"measures": "\n"}, "measures"), ({"addressee": "x"}, "addressee")):
        with pytest.raises(NoticeError) as failed:
            letters().draft_breach("breach-notice", breach_facts(**{"addressee": "ircc-work-permits", **change}))
        assert failed.value.fact == fact
    with pytest.raises(NoticeError):
        letters().draft_breach("breach-report", breach_facts(provision=None))
    with pytest.raises(NoticeError):
        letters().draft_breach("mail-notice", breach_facts())


def test_facts_and_notices_show_nothing_personal_when_printed() -> None:
    facts = notice_facts(because="canary-because")
    for shown in (repr(facts), repr(draft("notify-privacy-commissioner", because="canary-because"))):
        assert "canary" not in shown
        assert "Birch" not in shown
        assert "00-0000" not in shown


def test_plain_text_keeps_the_order_and_as_data_is_one_line() -> None:
    assert plain("# T\n\n- a\n- b\nend\n") == "T\n=\n\n- a\n- b\n\nend\n"
    assert as_data(" a\r\n\tb\u2028c\u200b ") == "a b c"
