"""Flags, sample and figures in the console: signed off by a person, kept to the institution, hostile words escaped, and
files that say no small number."""

import asyncio
import csv
import io
from typing import Any

import httpx
import pytest
from pypdf import PdfReader

from gateway.console.typed import CSRF
from gateway.domain.actor import Role
from tests.console.house import OTHER, OWN, Console, House

HOSTILE = "<script>alert(1)</script> abc é́ ﷽"


async def get(console: Console, path: str, *roles: Role, unit: str = OWN) -> httpx.Response:
    async with console.browser(await console.session(*roles, unit=unit)) as browser:
        return await browser.get(path)


async def post(console: Console, path: str, fields: dict[str, str], *roles: Role, unit: str = OWN) -> httpx.Response:
    session = await console.session(*roles, unit=unit)
    async with console.browser(session) as browser:
        return await browser.post(path, data={CSRF: session.csrf, **fields})


def test_a_flag_is_looked_at_and_signed_off_with_words_that_stay_words(house: House) -> None:
    async def run() -> None:
        async with house.console() as console:
            path = f"/en/flags/{house.flag}"
            listed = await get(console, "/en/flags", Role.PRIVACY_OFFICER)
            assert house.flag in listed.text
            today = await get(console, "/en/", Role.PRIVACY_OFFICER)
            assert "/en/flags" in today.text
            for fields, said in (
                ({}, "Say what it was."),
                ({"outcome": "explained", "words": "  "}, "Write what you found."),
                ({"outcome": "nothing", "words": "x"}, "outcome: one of"),
            ):
                refused = await post(console, path, fields, Role.PRIVACY_OFFICER)
                assert refused.status_code == 422
                assert said in refused.text
            kept = await post(console, path, {"words": HOSTILE}, Role.PRIVACY_OFFICER)
            assert "&lt;script&gt;alert(1)" in kept.text
            nobody = await post(console, path, {"outcome": "explained", "words": "x"}, Role.AUDITOR)
            assert nobody.status_code == 404
            away = await post(console, path, {"outcome": "explained", "words": "x"}, Role.PRIVACY_OFFICER, unit=OTHER)
            assert away.status_code == 404
            done = await post(console, path, {"outcome": "explained", "words": HOSTILE}, Role.PRIVACY_OFFICER)
            assert (done.status_code, done.headers["location"]) == (303, path)
            shown = await get(console, f"/fr/flags/{house.flag}", Role.AUDITOR)
            assert "Expliqué" in shown.text
            assert "<script>alert" not in shown.text
            assert "&lt;script&gt;alert(1)" in shown.text
            again = await post(console, path, {"outcome": "explained", "words": "x"}, Role.PRIVACY_OFFICER)
            assert again.status_code == 422
            assert "There is nothing left to do" in again.text

    asyncio.run(run())


def test_a_month_or_an_entry_that_is_not_in_the_sample_is_not_here(house: House) -> None:
    async def run() -> None:
        async with house.console() as console:
            page = await get(console, "/en/sample", Role.PRIVACY_OFFICER)
            assert "No month of the log is over yet." in page.text
            for path in ("/en/sample?month=2020-01", "/en/sample?month=%3Cscript%3E"):
                assert (await get(console, path, Role.PRIVACY_OFFICER)).status_code == 404
            for month, entry in (("2020-13", "1"), ("2020-01", "x"), ("2020-01", "1" * 16)):
                fields = {"month": month, "entry": entry, "outcome": "in-order", "words": "x"}
                answer = await post(console, "/en/sample/review", fields, Role.PRIVACY_OFFICER)
                assert answer.status_code == 404

    asyncio.run(run())


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_figures_are_taken_out_without_small_numbers(house: House, lang: str) -> None:
    async def run() -> None:
        async with house.console() as console:
            few = {"en": "fewer than 5", "fr": "moins de 5"}[lang]
            page = await get(console, f"/{lang}/reports", Role.PRIVACY_OFFICER)
            assert page.status_code == 200
            assert few not in page.text.split("<main", 1)[1].split("<table", 1)[1]
            taken = await post(console, f"/{lang}/reports/export", {"form": "csv"}, Role.PRIVACY_OFFICER)
            rows = list(csv.reader(io.StringIO(taken.content.decode("utf-8-sig"))))
            assert taken.headers["content-disposition"].startswith('attachment; filename="figures-esdc-')
            cells = [row for row in rows[7:] if len(row) == 2]
            assert any(row[1] == few for row in cells)
            assert not any(row[1] in ("1", "2", "3", "4") for row in cells)
            made = await post(console, f"/{lang}/reports/export", {"form": "pdf"}, Role.AUDITOR)
            reader = PdfReader(io.BytesIO(made.content))
            root: Any = reader.trailer["/Root"]
            assert root["/Lang"].startswith(lang)
            assert root["/MarkInfo"]["/Marked"]
            text = "".join(one.extract_text() for one in reader.pages)
            assert few in text
            log = await get(console, f"/{lang}/log", Role.AUDITOR)
            assert {"en": "The annual figures", "fr": "Les statistiques annuelles"}[lang] in log.text
            for form in ("", "xls"):
                assert (await post(console, f"/{lang}/reports/export", {"form": form}, Role.AUDITOR)).status_code == 422
            wrong = await get(console, f"/{lang}/reports?year=2099", Role.PRIVACY_OFFICER)
            assert wrong.status_code == 422
            assert (await get(console, f"/{lang}/reports", Role.ADMINISTRATOR)).status_code == 404

    asyncio.run(run())
