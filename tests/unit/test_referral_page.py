"""A referral on a terminal: whole at 80 columns, in words of the language, with Ottawa's time, and nothing obeyed."""

import json
import re
import string
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from pydantic import BaseModel, TypeAdapter

from gateway.adapters.rulebook import load as agreements
from gateway.api.ground_forms import GroundForm
from gateway.bootstrap.vocabulary import vocabulary
from gateway.cli import consent, delegation
from gateway.cli import referral_page as referral_page_module
from gateway.cli.referral_page import referral_list, referral_page, step
from gateway.domain.referral import Referral, ReferralState
from gateway.service.referral.release import Banner
from gateway.service.words.forms import CODES, MEMBERS, TEXTS
from gateway.service.words.sentences import Lang
from gateway.service.words.staff import HELD
from gateway.staff.referral_titles import addressee, titles

WORDS = vocabulary(agreements.load())
LANGUAGES: tuple[Lang, ...] = get_args(Lang)
NUMBER = f"r-{'0a' * 16}"
PAPER = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
NAMED = {"scheme": "uci", "value": "0000-0001"}
TO_PAPER = {"addressed_to": "ircc", "concerns": NAMED, "elements": ["permit_status"]}
FORMS: list[dict[str, Any]] = [
    {"kind": "consent", "consent": f"c-{'0' * 24}"},
    {
        "kind": "own-information", "request": PAPER, "addressed_to": "ircc", "concerns": NAMED,
        "identity": "documents", "representative": {
            "kind": "estate", "authorisation": PAPER, "valid_until": "2027-01-01", "estate_matter": "w",
            "acts_for": "incapable-adult",
        },
    },
    {
        "kind": "court-order", "instrument": "warrant", "issuer": "federal-court", "document": PAPER,
        "issued": "2026-11-02", "expires": "2026-12-02", "proceedings": "civil", "concerns_program": True, **TO_PAPER,
    },
    {
        "kind": "investigative-request", "document": PAPER, "aim": "lawful-investigation", "purpose": "p",
        "information": "i", "investigation": "f", "offence": "o", "fingerprint_match": True,
        "identification": "for-offence", "indictable_offence": "o", "reasonable_grounds": "g", **TO_PAPER,
    },
    {"kind": "public-interest", "justification": "j", "harm": "h", "no_other_way": "w", "benefit": "b"},
    {"kind": "emergency", "danger": "life", "circumstances": "c", "compassion": "w"},
    {
        "kind": "research", "aim": "statistics", "project": "p", "why_identifiable": "w", "undertaking": PAPER,
        "public_interest": "i", "results": "r",
        "undertaking_until": "2027-01-01", "addressed_to": "ircc",
    },
    {"kind": "member-of-parliament", "request": PAPER, "matter": "m", "concerns": NAMED, "affects": "other-matter"},
    {"kind": "audit", "mandate": "m", "document": PAPER},
    {"kind": "national-security", "basis": "b", "accuracy": "a"},
    {"kind": "access-request", "request": PAPER, "harm": "h", "circumstances": "c", "public_interest": "i",
        "consent": {"document": PAPER, "concerns": NAMED}, "death": {"document": PAPER, "died_on": "1996-02-29"},
    },
    {"kind": "oversight", "mandate": "m", "document": PAPER, "addressed_to": "london"},
    {"kind": "published"},
]  # fmt: skip


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def referral() -> Referral:
    asked = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)
    return Referral(
        id=NUMBER,
        state=ReferralState.REQUESTED,
        revision=0,
        opened_index=5,
        entry_index=5,
        requester="rcmp-federal-policing",
        recipient="cbsa-inland-enforcement",
        custodian="london-ontario-works",
        agreement=None,
        record_type="social-assistance-member",
        purpose="protect-life-or-safety",
        ground="emergency",
        elements=("phone", "address_last_known", "gone_element"),
        weigh=("MF-32-h", "GONE-1"),
        asked_at=asked,
        escalate_at=asked,
        decide_by=asked,
    )


def shown(**changes: Any) -> dict[str, Any]:
    one = referral()
    return {
        "referral": one.id,
        "state": "requested",
        "escalated": False,
        "overdue": False,
        "requester": one.requester,
        "recipient": one.recipient,
        "custodian": one.custodian,
        "record_type": one.record_type,
        "purpose": one.purpose,
        "ground": one.ground,
        "elements": list(one.elements),
        "weigh": list(one.weigh),
        "asked_at": "2026-11-25T03:30:00.000Z",
        "decide_by": "2026-11-25T04:30:00.000Z",
        "entry_index": 5,
        "decided_at": None,
        "upheld": None,
        "released": [],
        "collect_until": None,
        "titles": titles(one, WORDS),
        "subject": {"scheme": "sams-member-id", "value": "\x1b[31m1"},
        "case_reference": "CASE-1",
        "acting_officer": None,
        "form": {},
        "banner": "none",
        **changes,
    }


def forms() -> list[type[BaseModel]]:
    return list(get_args(get_args(GroundForm)[0]))


def form_of(filled: dict[str, Any]) -> dict[str, Any]:
    """The form as the private part of an entry keeps it."""
    form: Any = TypeAdapter(GroundForm).validate_json(json.dumps(filled))
    return dict(form.evidence().as_json())


def test_the_list_has_number_state_and_time_whole_and_the_rest_below() -> None:
    late, up = shown(overdue=True), shown(escalated=True, state="under-review")
    english, french = (list(referral_list([shown(), late, up], lang)) for lang in LANGUAGES)
    assert english[0].split("  ")[0] == "referral"
    assert "(Ottawa time)" in english[0]
    assert english[1] == f"{NUMBER}  requested     2026-11-24 23:30"
    assert "emergency; requester: rcmp-federal-policing" in english[2]
    assert "elements: phone, address_last_known, gone_element" in re.sub(r"\s+", " ", english[2])
    assert "OVERDUE. emergency" in english[4]
    assert "ONE LEVEL UP." in english[6]
    assert "under review" in english[5]
    assert french[1].startswith(f"{NUMBER}  demandé")
    assert "EN RETARD. urgence" in french[4]
    for line in (line for text in (*english, *french) for line in text.split("\n")):
        assert len(line) <= 80


def test_the_page_tells_who_decides_everything_in_words() -> None:
    page = "\n".join(referral_page(shown(), "en"))
    for said in (
        "Decide by: 2026-11-24 23:30 (Ottawa time)",
        "Ground: emergency [emergency]",
        "[rcmp-federal-policing]",
        "For: Canada Border Services Agency",
        "Phone [phone]",
        "gone_element [gone_element]",
        "GONE-1 [GONE-1]",
        "Case of the requester: CASE-1",
        "Entry of the request: 5",
    ):
        assert said in page
    assert "Municipal Freedom of Information and Protection of Privacy Act (Ontario), 32(h)" in re.sub(
        r"\s+", " ", page
    )
    french = "\n".join(referral_page(shown(), "fr")).replace("\N{NO-BREAK SPACE}", " ")
    assert "À décider au plus tard : 2026-11-24 23:30 (heure d'Ottawa)" in french
    assert "32 h)" in french
    assert "Officer" not in page + french


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_requester_wrote_is_data_behind_a_label(lang: Lang) -> None:
    hostile = f"\x1b[2J\x1b]0;t\x07\x9b31m\u202e\n{NUMBER}\n  State: released\nx"
    # No request is taken with such a text any more; what is on file from before may have it.
    filed = form_of({"kind": "emergency", "danger": "life", "circumstances": "x", "compassion": "x"})
    form = {**filed, "texts": dict.fromkeys(filed["texts"], hostile)}
    page = "\n".join(referral_page(shown(form=form, case_reference=hostile, acting_officer=hostile), lang))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", page)
    assert page.count(f"\n{NUMBER}") == 0
    assert page.count("\n  State: ") == (lang == "en")


@pytest.mark.parametrize("filled", FORMS, ids=lambda filled: filled["kind"])
def test_every_member_and_code_of_every_form_has_words(filled: dict[str, Any]) -> None:
    form = form_of(filled)
    for lang in LANGUAGES:
        assert set(form) - {"texts"} == set(MEMBERS[lang])
        assert set(form["texts"]) <= set(TEXTS[lang])
        assert {*form["stated"], *(form[name] for name in ("aim", "issuer") if form[name])} <= set(CODES[lang])
        page = "\n".join(referral_page(shown(form=form), lang))
        assert all(code not in page for code in form["stated"] if "-" in code)


def test_no_form_is_left_out_and_every_choice_has_words() -> None:
    assert len(FORMS) == len(forms())
    choices = {
        code
        for form in forms()
        for name, member in form.model_fields.items()
        if name in {"aim", "danger", "instrument", "issuer"}
        for code in get_args(member.annotation)
    }
    assert len(choices) > 15
    for lang in LANGUAGES:
        assert choices <= set(CODES[lang])
        assert set(CODES["en"]) == set(CODES[lang])
        assert set(TEXTS["en"]) == set(TEXTS[lang])


def ruled(**changes: Any) -> dict[str, Any]:
    notice = {
        "code": "mail-notice",
        "position": 3,
        "addressee": "person",
        "addressee_title": addressee("person", WORDS),
        "held": "employer-housing",
    }
    until = "2026-11-25T05:30:00.000Z"
    return shown(state="partly-released", collect_until=until, on_record=12, notices=[notice]) | changes


def test_a_release_says_until_when_what_is_held_and_how_to_read_the_notice() -> None:
    told = list(step(ruled(), "en", by={"unit": "london-ontario-works", "officer": "j.singh"}))
    assert told[0] == f"{NUMBER}: partly released; on record as entry 12"
    assert told[1] == "  It may be collected until 2026-11-25 00:30 (Ottawa time)."
    assert "    gateway obligation show 12 3 --unit london-ontario-works --officer j.singh" in told
    assert "HELD: the last known address is housing that the employer controls [employer-housing]" in re.sub(
        r"\s+", " ", "\n".join(told)
    )
    assert all(len(line) <= 80 for text in told for line in text.split("\n"))
    french = "\n".join(step(ruled(), "fr", by={"unit": "london-ontario-works", "officer": "j.singh"}))
    assert "RETENU" in french
    assert "heure d'Ottawa" in french


@pytest.mark.parametrize("code", HELD["en"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_why_a_notice_is_held_is_told_in_words(lang: Lang, code: str) -> None:
    notice = {**ruled()["notices"][0], "held": code}
    told = " ".join("\n".join(step(ruled(notices=[notice]), lang, by={"unit": "u", "officer": "o"})).split())
    assert HELD[lang][code] in told


@pytest.mark.parametrize("state", ["under-review", "refused", "after-review"])
def test_only_a_release_says_that_it_may_be_collected(state: str) -> None:
    told = "\n".join(step(ruled(state=state, notices=[], upheld=None), "en", by={"unit": "u", "officer": "o"}))
    assert "collected" not in told


def test_a_review_says_what_it_found() -> None:
    found = ruled(state="after-review", notices=[], upheld=False)
    assert "reviewed, not upheld" in next(step(found, "en", by={"unit": "u", "officer": "o"}))
    assert "réexaminé, non confirmé" in next(step(found, "fr", by={"unit": "u", "officer": "o"}))


@pytest.mark.parametrize("module", [referral_page_module, delegation, consent], ids=lambda module: module.__name__)
def test_what_the_commands_say_has_the_same_places_in_both_languages(module: Any) -> None:
    def places(said: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(said) if name}

    english, french = (module._WORDS[lang] for lang in LANGUAGES)
    assert list(english) == list(french)
    assert {key: places(said) for key, said in english.items()} == {key: places(said) for key, said in french.items()}
    assert all("\u2019" not in said and english[key] != said for key, said in french.items())


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_page_tells_of_a_banner_first_and_of_a_source_that_is_silent(lang: Any) -> None:
    told = {banner: " ".join(referral_page(shown(banner=banner), lang)) for banner in get_args(Banner)}
    assert [banner for banner, page in told.items() if "--despite-banner" in page] == ["weighed"]
    assert ("does not answer" if lang == "en" else "ne répond pas") in told["unknown"]
    assert ("Refuse." if lang == "en" else "Refusez.") in told["holds"]
    assert len(set(told.values())) == 4
