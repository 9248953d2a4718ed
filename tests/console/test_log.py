"""The log's page: what its filters find and refuse, whose entries an officer sees, what is announced and taken away."""

import asyncio
import csv
import io
import json
import re
from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from pyarrow import parquet

from gateway.console.session.sessions import Session
from gateway.domain.actor import Actor, Role
from gateway.service.words.sentences import BOTH
from gateway.staff.asking import StaffCallError, ask
from tests.console.house import OTHER, OWN, House
from tests.console.test_failures import FailingCalls, console

HOSTILE = "<script>alert(1)</script>"
NAMES = {
    "en": ("Immigration, Refugees and Citizenship Canada", "Labour market impact assessment", "Refused"),
    "fr": ("Immigration, Réfugiés et Citoyenneté Canada", "Étude d&#39;impact sur le marché du travail", "Refusé"),
}


def asked(house: House, *paths: str, roles: tuple[Role, ...] = (Role.PRIVACY_OFFICER,), unit: str = OWN) -> list[Any]:
    """The answers, in one session."""

    async def run() -> list[httpx.Response]:
        async with house.console() as made:
            session = await made.session(*roles, unit=unit)
            async with made.browser(session) as browser:
                return [await browser.get(path, follow_redirects=False) for path in paths]

    return asyncio.run(run())


def taken(house: House, fields: Mapping[str, str], *roles: Role, token: bool = True) -> httpx.Response:
    async def run() -> httpx.Response:
        async with house.console() as made:
            session = await made.session(*(roles or (Role.PRIVACY_OFFICER,)))
            async with made.browser(session) as browser:
                csrf = {"_csrf": session.csrf} if token else {}
                return await browser.post("/fr/log/export", data={**fields, **csrf})

    return asyncio.run(run())


def entries(page: str) -> list[int]:
    return [int(one) for one in re.findall(r'<th scope="row"><a href="/\w\w/log/(\d+)"', page)]


def staff(house: House, call: str, **arguments: Any) -> Any:
    assert house.settings.staff_socket is not None
    return asyncio.run(ask(house.settings.staff_socket, call, arguments))


@pytest.mark.parametrize("lang", BOTH)
def test_entries_are_listed_newest_first_in_words(house: House, lang: str) -> None:
    page = asked(house, f"/{lang}/log")[0].text
    found = entries(page)
    assert found == sorted(found, reverse=True)
    assert found
    assert all(name in page for name in NAMES[lang])
    assert ">esdc-isb<" not in page


def test_an_officer_sees_their_institution_and_an_auditor_all(house: House) -> None:
    wanted = staff(house, "projection.count", institution="esdc")["entries"]
    every = staff(house, "projection.count")["entries"]
    assert wanted < every
    own, forced = (one.text for one in asked(house, "/en/log", "/en/log?institution=ircc"))
    assert f"<strong>{wanted} entries</strong>" in own
    assert f"<strong>{wanted} entries</strong>" in forced or "institution" not in forced
    whole = asked(house, "/en/log", roles=(Role.AUDITOR,), unit=OTHER)[0].text
    assert f"<strong>{every} entries</strong>" in whole
    assert 'name="institution"' in whole
    assert 'name="institution"' not in own


def test_the_call_itself_keeps_an_officer_to_their_institution(house: House) -> None:
    said = {"unit": OWN, "officer": "t.tester", "roles": ["privacy-officer"]}

    async def run(call: str, **arguments: Any) -> Any:
        assert house.settings.staff_socket is not None
        return await ask(house.settings.staff_socket, call, arguments, said)

    wanted = staff(house, "projection.count", institution="esdc")["entries"]
    assert asyncio.run(run("projection.count"))["entries"] == wanted
    for call in ("projection.count", "projection.page"):
        with pytest.raises(StaffCallError, match="institution: "):
            asyncio.run(run(call, institution="ircc"))


def test_filters_are_chips_and_the_address_has_codes_alone(house: House) -> None:
    first, second = asked(
        house,
        "/en/log?outcome=denial&outcome=&purpose=&from=&to=",
        "/en/log?from=2026-01-01&outcome=denial&outcome=referral",
    )
    assert first.status_code == 303
    assert first.headers["location"] == "/en/log?outcome=denial"
    page = second.text
    without = (
        r'href="/en/log\?from=2026-01-01&amp;outcome=referral"><span[^>]*>Remove the filter</span> Outcome: Refused'
    )
    assert re.search(without, page)
    assert "From January 1, 2026" in page
    assert 'href="/fr/log?from=2026-01-01&amp;outcome=denial&amp;outcome=referral"' in page
    badges = set(re.findall(r'<span class="badge [^"]*">([^<]+)</span>', page))
    assert badges == {"Refused", "Referred to a person"}


def test_no_address_on_the_page_names_a_person(house: House) -> None:
    page = asked(house, "/en/log")[0].text
    assert house.worker["value"] not in page
    for address in re.findall(r'(?:href|action|data-news|data-to)="([^"]*)"', page):
        assert re.fullmatch(r"data:,|#\w+|[/\w.?=&;%-]+", address), "an address with more than codes"


@pytest.mark.parametrize("lang", BOTH)
@pytest.mark.parametrize(
    "query",
    [f"purpose={HOSTILE}", "element=Jean%20Tremblay", "from=yesterday", "to=9999-12-31", "from=0001-01-01",
     "from=2026-05-01&to=2026-04-01", "clause=%00", "outcome=" + "x" * 5000],
)  # fmt: skip
def test_what_is_no_filter_is_left_out_and_never_repeated(house: House, lang: str, query: str) -> None:
    answer = asked(house, f"/{lang}/log?{query}")[0]
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert not any(value in answer.text for value in (HOSTILE, "Tremblay", "x" * 5000))
    assert entries(answer.text)


@pytest.mark.parametrize("query", ["before=-1", "before=abc", "before=" + "9" * 400, "other=1", "entry=1"])
def test_what_is_no_page_is_the_first_page(house: House, query: str) -> None:
    answer, plain = asked(house, f"/en/log?{query}", "/en/log")
    assert answer.status_code == 200
    assert entries(answer.text) == entries(plain.text)


@pytest.mark.parametrize(("lang", "said"), [("en", "No entry matches."), ("fr", "Aucune inscription ne correspond.")])
def test_a_filter_that_matches_nothing_says_what_to_change(house: House, lang: str, said: str) -> None:
    page = asked(house, f"/{lang}/log?to=2020-01-01&ground=emergency")[0].text
    assert said in page
    assert "<svg class" not in page
    assert "/log/export" not in page


def test_older_entries_follow_without_a_gap(house: House) -> None:
    roles = (Role.AUDITOR,)
    first = asked(house, "/en/log", roles=roles)[0].text
    older = re.search(r'rel="next" href="([^"]+)"', first)
    assert older
    second = asked(house, older[1].replace("&amp;", "&"), roles=roles)[0].text
    found = entries(first) + entries(second)
    assert found == list(range(found[0], found[0] - len(found), -1))
    assert "Back to the newest" in second


@pytest.mark.parametrize("lang", BOTH)
def test_the_chart_has_its_words_and_its_figures(house: House, lang: str) -> None:
    page = asked(house, f"/{lang}/log?outcome=denial")[0].text
    count = staff(house, "projection.count", where={"kind": ["denial"]}, institution="esdc")["entries"]
    svg = page[page.index("<svg class") : page.index("</desc>")]
    assert 'role="img"' in svg
    assert "<title" in svg
    assert str(count) in svg
    assert "style=" not in page
    assert f'<td class="number">{count}</td>' in page


def test_new_entries_are_announced_and_nothing_is_kept_alive(house: House) -> None:
    count = staff(house, "projection.count", where={"kind": ["denial"]}, institution="esdc")["entries"]

    async def run() -> tuple[list[httpx.Response], Session | None, Session]:
        async with house.console() as made:
            session = await made.session(Role.PRIVACY_OFFICER)
            later = type(made.sessions)(made.state, made.sessions.times, lambda: made.sessions.now() + 60)
            async with made.browser(session) as browser:
                answers = [
                    await browser.get(f"/fr/log/news?outcome=denial&known={known}")
                    for known in (count, count - 1, "x", f"{count}&purpose={HOSTILE}")
                ]
            return answers, await later.read(session.token, seen=False), session

    answers, kept, session = asyncio.run(run())
    assert [answer.status_code for answer in answers] == [200] * 4
    assert [json.loads(answer.text)["said"] for answer in answers] == ["", "1 nouvelle inscription.", "", ""]
    assert kept is not None
    assert kept.seen == session.seen


def test_csv_is_what_the_filters_leave_and_is_on_record(house: House) -> None:
    size = staff(house, "log.standing")["size"]
    answer = taken(house, {"form": "csv", "outcome": "denial"})
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {row["kind"] for row in rows} == {"denial"}
    assert all("esdc" in (row["requester_organization"], row["recipient_organization"], row["custodian_organization"])
               for row in rows)  # fmt: skip
    count = staff(house, "projection.count", where={"kind": ["denial"]}, institution="esdc")["entries"]
    assert len(rows) == count
    told = staff(house, "entry.lines", entries=[size])
    assert "log-rows-exported" in json.dumps(told)
    assert answer.headers["content-disposition"] == f'attachment; filename="log-{size}.csv"'


def test_parquet_has_the_same_rows(house: House) -> None:
    answer = taken(house, {"form": "parquet", "outcome": "denial"}, Role.AUDITOR)
    rows = parquet.read_table(io.BytesIO(answer.content)).to_pylist()
    assert len(rows) == staff(house, "projection.count", where={"kind": ["denial"]})["entries"]


def test_nothing_is_taken_without_the_token_or_in_another_form(house: House) -> None:
    size = staff(house, "log.standing")["size"]
    assert taken(house, {"form": "csv"}, token=False).status_code == 403
    assert taken(house, {"form": "docx"}).status_code == 422
    assert taken(house, {"form": "csv", "purpose": HOSTILE}).status_code == 422
    assert taken(house, {"form": "csv"}, Role.DELEGATED_HEAD).status_code == 404
    assert staff(house, "log.standing")["size"] == size


class Behind(FailingCalls):
    """The `StaffCalls` port: a projection that is being built again, or that cannot be read."""

    def __init__(self, *, readable: bool) -> None:
        super().__init__(StaffCallError("projection-unavailable", "no"))
        self._readable = readable

    async def call(self, actor: Actor, name: str, /, **arguments: Any) -> Any:
        names = ("organization", "unit", "purpose", "ground", "kind", "action", "record-type", "element", "agreement",
                 "clause")  # fmt: skip
        told = {
            "log.standing": {"size": 1000},
            "log.names": {key: {} for key in names},
            "projection.status": {"up_to": 10, "size": 1000, "behind": 990, "lag_seconds": 600.0, "oldest": None,
                                  "newest": None},
            "projection.count": {"entries": 0, "records": 0},
            "projection.page": {"rows": [], "before": None},
            "projection.group": {"groups": []},
        }  # fmt: skip
        if name in told and (self._readable or name == "log.standing"):
            return told[name]
        return await super().call(actor, name, **arguments)


@pytest.mark.parametrize(
    ("readable", "lang", "said"),
    [
        (True, "en", "It has read 10 of 1,000 entries"),
        (True, "fr", "Cette liste n&#39;est pas complète."),
        (False, "en", "The list cannot be read at the moment"),
        (False, "fr", "La liste ne peut être lue en ce moment"),
    ],
)
def test_how_far_the_projection_is_stands_on_the_page(readable: bool, lang: str, said: str) -> None:
    async def run() -> httpx.Response:
        async with console(LookupError(), calls=Behind(readable=readable)) as (browser, _session):
            return await browser.get(f"/{lang}/log")

    answer = asyncio.run(run())
    assert answer.status_code == 200
    assert said in answer.text.replace("'", "&#39;")
    assert f'action="/{lang}/log/find"' in answer.text


def test_an_administrator_opens_entries_by_number_and_has_no_list(house: House) -> None:
    page = asked(house, "/en/log", roles=(Role.ADMINISTRATOR,))[0].text
    assert "/log/find" in page
    assert not entries(page)
