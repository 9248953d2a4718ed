"""The privacy office's daily work through the console's application: duties, breaches, consents, delegations, holds and
corrections; what is typed stays, two officers do not do one thing twice, and no address or log line names anybody."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from gateway.console.session.sessions import Session
from gateway.domain.actor import Role
from gateway.domain.due import OTTAWA
from gateway.service.words.sentences import BOTH
from gateway.staff.asking import StaffCallError
from tests.console.examples import called
from tests.console.house import OTHER, OWN, Console, House

HOSTILE = '"><img src=x onerror=alert(1)>{{7*7}} e\u0301 \u05d0\u05d1 é'
TURNED = "half \u202ekcab"
PAPER = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
Visit = Callable[["Desk"], Awaitable[None]]


class Desk:
    """A browser of an officer of one institution, and what it asked for."""

    def __init__(self, console: Console, session: Session, browser: httpx.AsyncClient) -> None:
        self.console = console
        self.session = session
        self.browser = browser
        self.asked: list[str] = []

    async def get(self, path: str, status: int = 200) -> str:
        answer = await self.browser.get(path)
        self.asked.append(str(answer.url))
        assert answer.status_code == status, (path, answer.status_code)
        return answer.text

    async def post(self, path: str, status: int = 200, **fields: Any) -> httpx.Response:
        answer = await self.browser.post(path, data={"_csrf": self.session.csrf, **fields})
        self.asked += [str(answer.url), answer.headers.get("location", "")]
        assert answer.status_code == status, (path, answer.status_code, _said(answer.text))
        return answer


def _said(page: str) -> str:
    return " ".join(re.findall(r'class="problems".*?</div>', page, re.DOTALL))[:600]


def at(house: House, visit: Visit, *roles: Role, unit: str = OWN, proven: int | None = None) -> None:
    async def main() -> None:
        async with house.console() as console:
            session = await console.session(*(roles or (Role.PRIVACY_OFFICER,)), unit=unit, proven=proven)
            async with console.browser(session) as browser:
                desk = Desk(console, session, browser)
                await visit(desk)
                for asked in desk.asked:
                    assert house.worker["value"] not in asked
                    assert "onerror" not in asked

    asyncio.run(main())


def person(house: House) -> dict[str, Any]:
    return {name: house.worker[name] for name in ("scheme", "value")}


async def open_duty(house: House, code: str = "as-of-label") -> tuple[int, int]:
    rows = (await called(house, "obligation.list", states=["overdue", "due"], unit=OWN, limit=1000))["obligations"]
    one = next(row for row in rows if row["code"] == code)
    return one["entry_index"], one["position"]


def day(days: int) -> str:
    return (datetime.now(UTC).astimezone(OTTAWA) + timedelta(days=days)).date().isoformat()


@pytest.mark.parametrize("lang", BOTH)
def test_the_list_is_narrowed_by_clock_kind_and_unit(house: House, lang: str) -> None:
    async def visit(desk: Desk) -> None:
        whole = await desk.get(f"/{lang}/duties")
        assert "as-of-label" in whole
        one = await desk.get(f"/{lang}/duties?when=today&kind=as-of-label&unit={OWN}")
        assert one.count('name="duty"') < whole.count('name="duty"')
        none = await desk.get(f"/{lang}/duties?when=overdue")
        assert {"en": "Nothing is overdue", "fr": "est en retard. Tant mieux"}[lang] in none
        odd = await desk.get(f"/{lang}/duties?when=<b>&kind=%3Cscript%3E&page=-4&unit=nowhere")
        assert "<script>" not in odd
        ticked = await desk.get(f"/{lang}/duties?when=today&all=1")
        boxes = re.findall(r'name="duty"[^>]*>', ticked)
        assert boxes
        assert all("checked" in box for box in boxes)

    at(house, visit)


def test_several_duties_are_done_without_those_that_were_unticked(house: House) -> None:
    async def visit(desk: Desk) -> None:
        page = await desk.get("/en/duties?when=today&kind=as-of-label")
        named = re.findall(r'name="duty" value="([\d-]+)"', page)
        kept, done = named[0], named[1:4]
        answer = await desk.post("/en/duties/done", duty=done, how="mail", sent_on=day(0), when="today")
        assert "3 duties are marked as done" in answer.text
        after = await desk.get("/en/duties?when=today")
        assert kept in after
        assert not any(f'value="{one}"' in after for one in done)
        again = await desk.post("/en/duties/done", duty=[done[0], "1-x", "9999-0"], how="")
        assert "No duty was marked" in again.text
        assert "Somebody marked it as done meanwhile" in again.text
        nothing = await desk.post("/fr/duties/done", 422, when="today", note=HOSTILE)
        assert "Cochez au moins une obligation" in nothing.text
        assert "&lt;img src=x" in nothing.text
        assert "<img src=x" not in nothing.text
        late = await desk.post("/en/duties/done", 422, duty=kept, sent_on=day(3))
        assert f'value="{kept}"' in late.text
        assert re.search(rf'value="{kept}"[^>]*checked', late.text)

    at(house, visit)


def test_two_officers_on_one_duty_and_the_second_is_told(house: House) -> None:
    entry, position = asyncio.run(open_duty(house))

    async def visit(desk: Desk) -> None:
        await desk.get(f"/fr/duties/{entry}/{position}")
        await called(house, "obligation.done", entry=entry, position=position)
        answer = await desk.post(f"/fr/duties/{entry}/{position}/done", 422, how="mail", note="Ma note <b>reste</b>")
        assert "entre-temps" in answer.text
        shown = await desk.get(f"/fr/duties/{entry}/{position}")
        assert "accomplie" in shown
        assert "Déclarer accomplie" not in shown

    at(house, visit)


def test_nothing_typed_is_lost_where_the_session_ends_in_the_middle(house: House) -> None:
    entry, position = asyncio.run(open_duty(house))

    async def visit(desk: Desk) -> None:
        await desk.console.sessions.end(desk.session.token)
        answer = await desk.browser.post(
            f"/en/duties/{entry}/{position}/done", data={"_csrf": desk.session.csrf, "how": "mail", "note": HOSTILE}
        )
        assert answer.status_code == 401
        assert "&lt;img src=x" in answer.text
        assert "<img src=x" not in answer.text
        assert 'value="mail"' in answer.text

    at(house, visit)


def test_the_person_of_a_duty_opens_after_a_look_up_under_a_reference(house: House) -> None:
    async def visit(desk: Desk) -> None:
        entry, position = await open_duty(house, "notify-privacy-commissioner")
        before = (await called(house, "log.standing"))["size"]
        answer = await desk.post(f"/en/duties/{entry}/{position}/person", 303)
        page = await desk.get(answer.headers["location"])
        assert "Who received" in page
        lines = await called(house, "entry.lines", entries=list(range(before, before + 4)))
        assert ["person-looked-up"] in [line["reasons"] for line in lines]

    at(house, visit)


def test_a_draft_is_taken_away_as_a_file_and_its_reading_is_on_record(house: House) -> None:
    async def visit(desk: Desk) -> None:
        entry, position = await open_duty(house, "notify-privacy-commissioner")
        before = (await called(house, "log.standing"))["size"]
        for lang in BOTH:
            answer = await desk.browser.get(f"/en/duties/{entry}/{position}/notice-{lang}.txt")
            assert answer.headers["content-type"].startswith("text/plain")
            assert "PROTECTED B" in answer.text
        lines = await called(house, "entry.lines", entries=[before, before + 1])
        assert [line["reasons"] for line in lines] == [["notice-read"], ["notice-read"]]
        await desk.get(f"/en/duties/{entry}/{position}/notice-en.exe", 404)
        await desk.get(f"/en/duties/{entry}/99", 404)
        await desk.get("/en/duties/999999/0", 404)
        await desk.get("/en/duties/law/NO-SUCH", 404)

    at(house, visit)


def breach_form(**changes: str) -> dict[str, Any]:
    return {
        "agreements": ["esdc-ircc-tfw"],
        "determined_on": day(0),
        "determined_at": "00:00",
        "people": "12",
        "what": f"A laptop was lost. {HOSTILE}",
        "measures": "Its key was revoked.",
        **changes,
    }


def test_a_breach_from_its_window_to_its_notices(house: House) -> None:
    async def visit(desk: Desk) -> None:
        window: dict[str, Any] = {"from": day(-2), "to": day(0)}
        page = await desk.get(f"/en/breaches/new?from={window['from']}&to={window['to']}")
        assert "at the most" in page
        assert house.worker["value"] not in page
        people = await desk.post("/en/breaches/people", **window)
        assert "numbers of people" in people.text
        wrong = await desk.post("/fr/breaches/report", 422, **breach_form(discovered=day(-5), occurred=day(-1)))
        assert "survient avant" in wrong.text
        assert "&lt;img src=x" in wrong.text
        assert "<img src=x" not in wrong.text
        assert 'value="12"' in wrong.text
        turned = await desk.post("/fr/breaches/report", 422, **breach_form(measures=TURNED))
        assert 'id="measures-error"' in turned.text
        bare = await desk.post("/en/breaches/report", 422, determined_on="", people="many", what=" ")
        assert bare.text.count('class="error"') == 4
        answer = await desk.post("/en/breaches/report", 303, **breach_form())
        one = await desk.get(answer.headers["location"])
        assert "Privacy Commissioner of Canada" in one
        assert "Treasury Board" in one
        assert "6 days left" in one or "7 days left" in one
        assert "&lt;img src=x" in one
        assert "<img src=x" not in one
        links = re.findall(r'href="(/en/duties/\d+/\d+)"', one)
        assert len(links) >= 3
        for link in links:
            draft = await desk.get(link)
            assert draft.count('class="letter"') == 2
        done = await desk.post(links[0] + "/done", how="secure-portal", sent_on=day(0))
        assert "On record as done" in done.text
        listed = await desk.get("/fr/breaches")
        assert answer.headers["location"].removeprefix("/en") in listed

    at(house, visit)


def test_a_breach_is_reported_by_whoever_has_just_proven_who_they_are(house: House) -> None:
    async def visit(desk: Desk) -> None:
        answer = await desk.post("/en/breaches/report", 303, **breach_form())
        assert "/sign-in/again" in answer.headers["location"]

    at(house, visit, proven=1)


def test_another_institution_finds_no_breach_and_no_duty_of_this_one(house: House) -> None:
    async def visit(desk: Desk) -> None:
        for path in ("/en/breaches", "/en/duties?when=open", "/en/delegations", "/en/holds"):
            page = await desk.get(path)
            assert "/en/duties/" not in page.replace("/en/duties/law", "").replace("/en/duties/new-use", "")
            assert not re.search(r"/en/(breaches|delegations|holds)/[dh\d]", page)

    at(house, visit, unit="cbsa-inland-enforcement")


@pytest.mark.parametrize("lang", BOTH)
def test_an_order_is_given_shown_and_revoked(house: House, lang: str) -> None:
    async def visit(desk: Desk) -> None:
        await desk.get(f"/{lang}/delegations/new")
        form: dict[str, Any] = {
            "to": "b.baker",
            "at": OWN,
            "provisions": ["PA-8-2-m", "DESDA-37"],
            "begins": day(0),
            "ends": day(9),
        }
        alone = await desk.post(f"/{lang}/delegations/give", 422, **{**form, "to": "t.tester", "ends": "soon"})
        assert 'id="ends-error"' in alone.text
        own = await desk.post(f"/{lang}/delegations/give", 422, **{**form, "to": "t.tester"})
        assert {"en": "to themselves", "fr": "propre faveur"}[lang] in own.text
        assert 'id="to-error"' in own.text
        assert 'value="t.tester"' in own.text
        none = await desk.post(f"/{lang}/delegations/give", 422, **{**form, "provisions": []})
        assert 'id="provisions-error"' in none.text
        given = await desk.post(f"/{lang}/delegations/give", **form)
        order = re.search(rf"/{lang}(/delegations/d-[0-9a-f]+)", given.text)
        assert order is not None
        shown = await desk.get(f"/{lang}{order[1]}")
        assert "b.baker" in shown
        assert "t.tester" in shown
        assert "&#39;" not in shown.replace("l&#39;", "").replace("d&#39;", "")
        assert "b.baker" in await desk.get(f"/{lang}/")
        await desk.post(f"/{lang}{order[1]}/revoke")
        assert order[1] not in await desk.get(f"/{lang}/delegations")
        assert order[1] in await desk.get(f"/{lang}/delegations?state=over")
        again = await desk.post(f"/{lang}{order[1]}/revoke", 422)
        assert {"en": "no delegation order in force", "fr": "Aucun arrêté"}[lang] in again.text

    at(house, visit, Role.DELEGATED_HEAD, Role.PRIVACY_OFFICER)


def test_a_hold_is_placed_and_lifted_for_the_person_alone(house: House) -> None:
    async def visit(desk: Desk) -> None:
        wrong = await desk.post("/fr/holds/place", 422, scheme="uci", value=HOSTILE, reason="litigation")
        assert 'id="value-error"' in wrong.text
        assert "&lt;img" in wrong.text
        assert "<img" not in wrong.text
        none = await desk.post("/fr/holds/place", 422, **person(house), reason="")
        assert 'id="reason-error"' in none.text
        placed = await desk.post("/en/holds/place", **person(house), reason="complaint")
        assert house.worker["value"] not in placed.text
        hold = re.search(r"h-[0-9a-f]{24}", placed.text)
        assert hold is not None
        assert hold[0] in await desk.get("/en/holds")
        other = {**person(house), "value": "00000019"}
        await desk.post(f"/en/holds/{hold[0]}/lift", 422, **{**other, "scheme": "uci"})
        await desk.post(f"/en/holds/{hold[0]}/lift", **person(house))
        assert "lifted" in await desk.get(f"/en/holds/{hold[0]}")
        assert hold[0] not in await desk.get("/en/holds")

    at(house, visit)


def consent_form(house: House, **changes: Any) -> Mapping[str, Any]:
    return {
        **person(house),
        "record_type": "protection-case",
        "elements": ["language"],
        "recipient": "ircc-work-permits",
        "purpose": "owp-v-interview-notes",
        "begins": day(0),
        "ends": day(30),
        "document": PAPER,
        **changes,
    }


def test_a_consent_is_filed_found_and_withdrawn(house: House) -> None:
    async def visit(desk: Desk) -> None:
        assert "language" in await desk.get("/fr/consents/new?type=protection-case")
        for field, value in (("elements", []), ("recipient", ""), ("purpose", ""), ("ends", day(500)),
                             ("document", HOSTILE), ("value", HOSTILE), ("begins", "x")):  # fmt: skip
            wrong = await desk.post("/fr/consents/register", 422, **consent_form(house, **{field: value}))
            assert f'id="{field}-error"' in wrong.text, field
            assert "<img" not in wrong.text
        filed = await desk.post("/en/consents/register", **consent_form(house))
        reference = re.search(r"c-[0-9a-f]{24}", filed.text)
        assert reference is not None
        found = await desk.post("/en/consents/find", 303, **person(house))
        where = found.headers["location"]
        page = await desk.get(where)
        assert reference[0] in page
        assert "counts" in page
        await desk.post(f"{where}/withdraw", consent=reference[0])
        again = await desk.post(f"{where}/withdraw", 422, consent=reference[0])
        assert "no such consent" in again.text
        later = await desk.post("/en/consents/find", 303, **person(house))
        assert "withdrawn" in await desk.get(later.headers["location"])

    at(house, visit)


def test_a_correction_leads_to_its_notices(house: House) -> None:
    async def visit(desk: Desk) -> None:
        await desk.get("/en/corrections?type=protection-case")
        form = {**person(house), "record_type": "protection-case", "kind": "correction", "requested": day(0)}
        none = await desk.post("/fr/corrections/record", 422, **form)
        assert 'id="elements-error"' in none.text
        kind = await desk.post("/fr/corrections/record", 422, **{**form, "kind": ""})
        assert 'id="kind-correction-error"' in kind.text
        told = await desk.post("/en/corrections/record", **form, elements=["interview_notes", "interview_date"])
        links = re.findall(r'href="(/en/duties/\d+/\d+)"', told.text)
        assert links
        draft = await desk.get(links[0])
        assert draft.count('class="letter"') == 2

    at(house, visit)


def test_a_new_use_is_noted_and_its_notice_shown(house: House) -> None:
    async def visit(desk: Desk) -> None:
        await desk.get("/fr/duties/new-use")
        bare = await desk.post("/fr/duties/note-use", 422, agreement="esdc-ircc-tfw")
        assert bare.text.count('class="error"') == 2
        form = {"agreement": "esdc-ircc-tfw", "purpose": "owp-v-interview-notes", "bank": "ESDC-TFWP-PROTECTION"}
        other = await desk.post("/en/duties/note-use", 422, **{**form, "purpose": "existence-check"})
        assert 'id="purpose-error"' in other.text
        noted = await desk.post("/en/duties/note-use", 303, **form)
        assert "Drafted notice" in await desk.get(noted.headers["location"])

    at(house, visit)


def test_an_auditor_reads_lists_and_opens_nobodys_draft(house: House) -> None:
    async def visit(desk: Desk) -> None:
        page = await desk.get("/en/duties?institution=esdc")
        assert 'name="institution"' in page
        assert 'name="duty"' not in page
        assert "/en/log/" in page
        assert not re.search(r"/en/duties/\d+/\d+", page)
        entry, position = await open_duty(house)
        await desk.get(f"/en/duties/{entry}/{position}", 404)
        await desk.get("/en/breaches")

    at(house, visit, Role.AUDITOR, unit="opc-audit")


def test_an_officer_of_another_institution_marks_nothing(house: House) -> None:
    async def visit(desk: Desk) -> None:
        entry, position = await open_duty(house)
        await desk.post(f"/en/duties/{entry}/{position}/done", 404)
        each = await desk.post("/en/duties/done", duty=f"{entry}-{position}")
        assert "binds another institution" in each.text
        assert "Label the information" not in each.text

    at(house, visit, unit=OTHER)


def test_calls_that_name_a_breach_or_a_hold_that_is_none_say_so(house: House) -> None:
    for name, arguments in (
        ("breach.show", {"entry": 0}),
        ("breach.facts", {"entry": 10**9}),
        ("hold.show", {"hold": "h-0"}),
        ("delegation.show", {"delegation": "d-0"}),
        ("provision.show", {"provision": "NONE"}),
        ("obligation.facts", {"entry": 0, "position": 0}),
    ):
        with pytest.raises(StaffCallError) as failed:
            asyncio.run(called(house, name, **arguments))
        assert failed.value.code == "unknown", name


def test_no_line_of_the_log_names_anybody(house: House) -> None:
    """After all of the above."""
    for canary in (house.worker["value"], "b.baker", "t.tester", "laptop", "Ma note"):
        assert canary not in house.live.output()
