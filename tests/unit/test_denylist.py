"""What of a record goes on its deny-list."""

from gateway.domain.denylist import denied_names
from gateway.domain.element import Element, Sensitivity


def element(name: str, type_code: str, sensitivity: Sensitivity = Sensitivity.THIRD_PARTY) -> Element:
    return Element(name, type_code, sensitivity, "E", "E", "federal", ("WORKER",))


def test_identifiers_and_third_parties_once_and_in_order() -> None:
    elements = [
        element("worker", "person-name", Sensitivity.IDENTIFIER),
        element("uci", "uci", Sensitivity.IDENTIFIER),
        element("others", "string-list"),
        element("reporter", "person-name"),
        element("city", "string", Sensitivity.OPERATIONAL),
    ]
    values = {
        "worker": "Ana Exemplar",
        "uci": "0000-1234",
        "others": ["Li Wu", "Ana Exemplar"],
        "reporter": None,
        "city": "Leamington",
    }
    assert denied_names(elements, values) == ("Ana Exemplar", "0000-1234", "Li Wu")


def test_values_that_name_nobody_stay_off() -> None:
    elements = [element("role", "enum"), element("agrees", "boolean"), element("born", "date"), element("n", "integer")]
    assert denied_names(elements, {"role": "WORKER", "agrees": True, "born": "1990-01-01", "n": 3}) == ()


def test_third_parties_in_free_text_are_cut_into_entries() -> None:
    value = "Ana Exemplar; Li Wu\nthe supervisor, Carlos O'Test-Mendez, hit them near the barn twice"
    assert denied_names([element("persons", "text")], {"persons": value}) == (
        "Ana Exemplar",
        "Li Wu",
        "Carlos",
        "O'Test-Mendez",
    )
