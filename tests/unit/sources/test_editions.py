"""Editions are matched whole: one quarter, quarters in a row, or a question."""

import pytest

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load.compliance_list import ComplianceList
from gateway.adapters.sources.load.editions import quarter_edition, quarters_of, quarters_of_titles


@pytest.mark.parametrize(
    ("name", "edition"),
    [
        ("lmia_positive_2024q1.csv", "2024Q1"),
        ("lmia_positive_2019q4_fr.csv", "2019Q4"),
        ("tfwp_2017_Q3_employer_positive.csv", "2017Q3"),
        ("2024-Q1-positive.xlsx", "2024Q1"),
        ("tfwp_2023q1en.csv", "2023Q1"),
        ("positive_q4_2018.csv", "2018Q4"),
        ("eimt_favorables_2023t2.csv", "2023Q2"),
        ("T3 2022 favorables.csv", "2022Q3"),
        ("lmia_positive_2017q1q2.csv", "2017Q1-Q2"),
        ("lmia_positive_2017q1-q2.csv", "2017Q1-Q2"),
        ("lmia_2016_q1_to_q4.csv", "2016Q1-Q4"),
        ("lmia_positive_2017q4_cp850.csv", "2017Q4"),
    ],
)
def test_the_quarter_is_read_whole(name: str, edition: str) -> None:
    assert quarter_edition(name, None) == edition


@pytest.mark.parametrize(
    "name",
    [
        "list.csv", "2024.csv", "2024q5.csv", "2024q12.csv", "2024q1b.csv", "2024q1-2.csv", "2017q1q3.csv",
        "2016q4_2017q1.csv", "2017q1_and_2018q1.csv", "12024q1.csv", "2024q0.csv", "2024q2q1.csv",
    ],
)  # fmt: skip
def test_what_is_not_one_edition_is_asked_about(name: str) -> None:
    with pytest.raises(LoadError, match="quarter is not in the file's name"):
        quarter_edition(name, None)


@pytest.mark.parametrize("given", ["first quarter", "2024", "2024Q1 x", "2024Q1, 2023Q1", "2024Q5", ""])
def test_a_given_edition_is_whole_too(given: str) -> None:
    assert quarter_edition("list.csv", "2017Q1-Q2") == "2017Q1-Q2"
    with pytest.raises(LoadError):
        quarter_edition("list_2024q1.csv", given)


def test_the_quarters_of_an_edition() -> None:
    assert quarters_of("2017Q1-Q2") == {(2017, 1), (2017, 2)}
    assert quarters_of("2017Q2") == {(2017, 2)}
    assert quarters_of("all") == frozenset()


def test_a_title_tells_the_quarter_that_it_speaks_of() -> None:
    assert quarters_of_titles(["Positive LMIAs, April to June 2024"]) == "2024Q2"
    assert quarters_of_titles(["EIMT favorables, d’avril à juin 2024"]) == "2024Q2"
    assert quarters_of_titles(["January to June 2017"]) == "2017Q1-Q2"
    assert quarters_of_titles(["Positive LMIAs"]) is None


@pytest.mark.parametrize(
    ("name", "month"),
    [("list_2023-10.csv", "2023-10"), ("20231026_list.csv", "2023-10"), ("2023-10-26 list.xlsx", "2023-10")],
)
def test_a_month_is_read_whole(name: str, month: str) -> None:
    assert ComplianceList().edition(name, None) == month


@pytest.mark.parametrize("name", ["list.csv", "2023-13.csv", "2023-1012.csv", "2023-10_2023-11.csv", "120231.csv"])
def test_what_is_not_one_month_is_asked_about(name: str) -> None:
    with pytest.raises(LoadError, match="month is not in the file's name"):
        ComplianceList().edition(name, None)
