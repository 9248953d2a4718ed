"""Free cells of the published compliance list: what can be read is read, what cannot is told."""

import pytest

from gateway.adapters.sources.load.address import Place, place_of
from gateway.adapters.sources.load.dates import date_of
from gateway.adapters.sources.load.penalty import Penalty, penalty_of
from gateway.adapters.sources.load.places import NAMES, province_code
from gateway.adapters.sources.load.reasons import reasons_of


@pytest.mark.parametrize(
    ("cell", "amount", "ban"),
    [
        ("$129,000 and a 1-year ban", "129000", "1-year ban"),
        ("$20,000 and one-year ban", "20000", "one-year ban"),
        ("$23,000 and a one year ban", "23000", "one year ban"),
        ("$198,750 and a permanent ban", "198750", "permanent ban"),
        ("Two-year ban", None, "Two-year ban"),
        ("2 year ban", None, "2 year ban"),
        ("2‑year ban and $1,000", "1000", "2‑year ban"),
        ("$1000", "1000", None),
        ("$3,000.00", "3000.00", None),
        ("CAD 750.50", None, None),
        ("$1,250 *", "1250", None),
        ("$1,250 Footnote 2", "1250", None),
        ("3000", "3000", None),
        ("129 000 $ et une interdiction de 1 an", "129000", "1-year ban"),
        ("1 250,50 $", "1250.50", None),
        ("5 000 $ et une interdiction de deux ans", "5000", "2-year ban"),
        ("interdiction d’une durée de 5 ans", None, "5-year ban"),
        ("Interdiction permanente", None, "permanent ban"),
        ("", None, None),
        ("None", None, None),
        ("Aucune", None, None),
    ],
)
def test_amount_and_ban_are_read_from_one_cell(cell: str, amount: str | None, ban: str | None) -> None:
    assert penalty_of(cell) == Penalty(amount, ban, cell != "CAD 750.50")


@pytest.mark.parametrize(
    "cell",
    ["a lot", "-5", "- $5", "($5)", "$-5", "$12,34", "$1,000 and $2,000", "up to $500", "$5 million", "1e400", "$١٢",
     "0x10", "1_000", "$1.234,56", "5%", "jusqu’à 500 $", "per worker $500"],
)  # fmt: skip
def test_an_amount_that_could_be_another_is_not_one(cell: str) -> None:
    penalty = penalty_of(cell)
    assert (penalty.amount, penalty.ban, penalty.understood) == (None, None, False)


def test_a_ban_beside_what_is_not_understood_is_kept() -> None:
    assert penalty_of("$12,34 and a 5-year ban") == Penalty(None, "5-year ban", False)
    assert penalty_of("$5,000, a 5-year ban and a warning") == Penalty("5000", "5-year ban", False)


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("6", "6"),
        ("5, 6, 9, 20", "5 6 9 20"),
        ("6 and 15", "6 15"),
        ("5, 6 and 7", "5 6 7"),
        ("2, 9 15", "2 9 15"),
        ("11,6", "11 6"),
        ("6 et 9", "6 9"),
        ("6 & 9; 4", "6 9 4"),
        ("6*", "6"),
        ("6 Footnote 1", "6"),
        ("6¹", "6"),
        ("6, 6", "6"),
        ("2 to 4", "2 3 4"),
        ("2 à 4, 9", "2 3 4 9"),
        ("2–4", "2 3 4"),
        ("Footnote *", ""),
        ("Note de bas de page 2", ""),
        ("", ""),
    ],
)
def test_reason_codes_as_they_are_written(cell: str, codes: str) -> None:
    reasons = reasons_of(cell)
    assert (" ".join(reasons.codes), reasons.understood) == (codes, True)


@pytest.mark.parametrize(
    ("cell", "codes"), [("six", ""), ("9-6", ""), ("6, x", "6"), ("100", ""), ("0", ""), ("٦", "")]
)
def test_what_is_no_code_is_told_and_those_beside_it_kept(cell: str, codes: str) -> None:
    reasons = reasons_of(cell)
    assert (" ".join(reasons.codes), reasons.understood) == (codes, False)


@pytest.mark.parametrize(
    ("cell", "day", "trouble"),
    [
        ("2023-09-26", "2023-09-26", None),
        ("2022-12-6", "2022-12-06", None),
        ("2023/09/26", "2023-09-26", None),
        ("2023-09-26*", "2023-09-26", None),
        ("2023-09-26 Footnote 1", "2023-09-26", None),
        ("September 26, 2023", "2023-09-26", None),
        ("Sept. 6, 2023", "2023-09-06", None),
        ("26 septembre 2023", "2023-09-26", None),
        ("1er mars 2020", "2020-03-01", None),
        ("4 août 2021", "2021-08-04", None),
        ("2023-09-26 00:00:00", "2023-09-26", None),
        ("2019-02-29", None, "impossible"),
        ("2023-13-01", None, "impossible"),
        ("", None, "missing"),
        ("*", None, "missing"),
        ("03/04/2020", None, "unreadable"),
        ("soon", None, "unreadable"),
        ("٢٠٢٣-٠٩-٢٦", None, "unreadable"),
    ],
)
def test_dates_that_read_in_one_way_only(cell: str, day: str | None, trouble: str | None) -> None:
    assert date_of(cell) == (day, trouble)


@pytest.mark.parametrize(
    ("lines", "city", "province"),
    [
        (["1 Invented Road", "Surrey, British Columbia"], "Surrey", "BC"),
        (["1 Invented Road", "Unit 3", "Surrey, BC V3T 1A1"], "Surrey", "BC"),
        (["1 Invented Road, Surrey, B.C., Canada"], "Surrey", "BC"),
        (["1, chemin Inventé", "Québec (Québec) G1R 2B5"], "Québec", "QC"),
        (["1, chemin Inventé", "Moncton (N.-B.)"], "Moncton", "NB"),
        (["1 Invented Road", "St. John's, Newfoundland and Labrador", "A1B 2C3"], "St. John's", "NL"),
        (["1 Invented Road", "Charlottetown Î.-P.-É."], "Charlottetown", "PE"),
        (["1 Invented Road", "100 Mile House, British Columbia"], "100 Mile House", "BC"),
        (["1 Invented Road", "Surrey, British Columbia *"], "Surrey", "BC"),
        (["1 Invented Road", "Toronto", "Ontario"], "Toronto", "ON"),
        (["1 Invented Road", "1 Invented Road", "Ontario"], None, "ON"),
        (["1 Invented Road"], None, None),
        (["Oslo, Norway"], None, None),
        ([], None, None),
    ],
)
def test_city_and_province_of_an_address(lines: list[str], city: str | None, province: str | None) -> None:
    assert place_of(lines) == Place(city, province)


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("AB", "Alberta|ALBERTA|Alta.|ab"),
        ("BC", "British Columbia|B.C.|BC|Colombie-Britannique|C.-B.|colombie britannique"),
        ("MB", "Manitoba|Man."),
        ("NB", "New Brunswick|Nouveau-Brunswick|N.-B.|N.B."),
        ("NL", "Newfoundland and Labrador|Newfoundland & Labrador|Terre-Neuve-et-Labrador|T.-N.-L.|Nfld."),
        ("NS", "Nova Scotia|Nouvelle-Écosse|Nouvelle-Ecosse|N.-É.|N.S."),
        ("NT", "Northwest Territories|Territoires du Nord-Ouest|Territoires-du-Nord-Ouest|T.N.-O.|N.W.T."),
        ("NU", "Nunavut"),
        ("ON", "Ontario|Ont.| Ontario * "),
        ("PE", "Prince Edward Island|Île-du-Prince-Édouard|P.E.I.|Î.-P.-É."),
        ("QC", "Quebec|Québec|QUÉBEC|Qué.|Qc|P.Q."),
        ("SK", "Saskatchewan|Sask."),
        ("YT", "Yukon|Yukon Territory"),
        (
            "OUTSIDE",
            "Employers carrying on business in Canada with Head Office outside of Canada|Les employeurs exerçant leurs"
            " activités au Canada avec un siège social à l'extérieur du Canada",
        ),
    ],
)
def test_provinces_in_both_languages(code: str, names: str) -> None:
    assert {province_code(name) for name in names.split("|")} == {code}
    assert code in NAMES
    assert province_code("Atlantis") is province_code("") is None
