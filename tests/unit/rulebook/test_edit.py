"""A guided change of a document: what it does not name stays byte for byte, and the text says what was meant."""

import random
from typing import Any, Final

import pytest

from gateway.adapters.rulebook.document_texts import YamlTexts
from gateway.adapters.rulebook.yaml_written import block
from gateway.console.drafts.forms import FormGapError, agreement_of, clause_of, code_of, schedule_of
from gateway.console.typed import Typed
from gateway.service.review.workshop import next_version
from gateway.service.rulebook.edit import Edit, EditError, EditKind, applied, difference
from tests.unit.rulebook.office import TFW, shipped

TEXTS: Final = YamlTexts()
AGREEMENTS: Final = sorted(path for path in shipped() if path.startswith("isa/"))
HOSTILE: Final = '"}]: # <script>alert(1)</script> \u202e \\ &anchor *alias é'


def document() -> dict[str, Any]:
    content = TEXTS.content(shipped()[TFW])
    assert isinstance(content, dict)
    return content


def places(value: Any, at: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Any]]:
    found = [(at, value)]
    if isinstance(value, dict):
        for name, one in value.items():
            found += places(one, (*at, name))
    if isinstance(value, list):
        for index, one in enumerate(value):
            found += places(one, (*at, index))
    return found


def lines_that_differ(before: bytes, after: bytes) -> tuple[int, int]:
    """How many lines went and came."""
    old, new = before.decode().split("\n"), after.decode().split("\n")
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return len(old), len(new)


@pytest.mark.parametrize("path", AGREEMENTS)
def test_a_changed_text_differs_in_its_own_line_alone(path: str) -> None:
    body = shipped()[path]
    texts = [(at, one) for at, one in places(TEXTS.content(body)) if isinstance(one, str)]
    for at, _old in random.Random(path).sample(texts, 12):
        after = TEXTS.edited(body, [Edit(EditKind.SET, at, HOSTILE)])
        assert lines_that_differ(body, after) == (1, 1)
        assert TEXTS.content(after) == applied(TEXTS.content(body), [Edit(EditKind.SET, at, HOSTILE)])


@pytest.mark.parametrize("path", AGREEMENTS)
def test_an_edit_and_its_way_back_give_the_same_bytes(path: str) -> None:
    body = shipped()[path]
    texts = [(at, one) for at, one in places(TEXTS.content(body)) if isinstance(one, str) and at[-1] in ("en", "fr")]
    for at, old in random.Random(path).sample(texts, 12):
        there = TEXTS.edited(body, [Edit(EditKind.SET, at, "something else")])
        assert TEXTS.edited(there, [Edit(EditKind.SET, at, old)]) == body


@pytest.mark.parametrize("path", AGREEMENTS)
def test_items_come_and_go_without_touching_others(path: str) -> None:
    body = shipped()[path]
    lists = [(at, one) for at, one in places(TEXTS.content(body)) if isinstance(one, list) and len(one) > 1]
    for at, items in random.Random(path).sample(lists, min(8, len(lists))):
        added = TEXTS.edited(body, [Edit(EditKind.ADD, at, items[0])])
        assert TEXTS.content(added) == applied(TEXTS.content(body), [Edit(EditKind.ADD, at, items[0])])
        back = TEXTS.edited(added, [Edit(EditKind.REMOVE, (*at, len(items)))])
        assert back == body


def test_comments_survive() -> None:
    body = b"# first\nid: x  # beside\nlist:\n  # above\n  - {a: 1}  # one\n  - {a: 2}\nend: y # last\n"
    after = TEXTS.edited(
        body,
        [
            Edit(EditKind.SET, ("id",), "z"),
            Edit(EditKind.ADD, ("list",), {"a": 3}),
            Edit(EditKind.REMOVE, ("list", 1)),
        ],
    )
    assert after == b"# first\nid: z  # beside\nlist:\n  # above\n  - {a: 1}  # one\n  - {a: 3}\nend: y # last\n"


def test_a_place_that_is_none_is_refused() -> None:
    with pytest.raises(EditError):
        TEXTS.edited(shipped()[TFW], [Edit(EditKind.SET, ("schedules", 99, "title"), "x")])
    with pytest.raises(EditError):
        TEXTS.edited(b"a: [", [Edit(EditKind.SET, ("a",), "x")])
    with pytest.raises(EditError):
        Edit.from_json({"kind": "burn", "at": ["a"]})


@pytest.mark.parametrize("seed", range(20))
def test_the_difference_of_two_parts_makes_one_of_the_other(seed: int) -> None:
    """Whatever changes in a clause: the document with the smallest edits says the same, but for the order of lists."""
    body, pick = shipped()[TFW], random.Random(seed)
    content = document()
    clause = content["schedules"][0]["clauses"][0]
    new = {**clause, "elements": [dict(one) for one in clause["elements"]]}
    for one in pick.sample(new["elements"], 4):
        one["necessity"] = {"en": f"Because {seed}", "fr": HOSTILE}
    del new["elements"][pick.randrange(len(new["elements"]))]
    new["elements"].append({**new["elements"][0], "name": "something_new"})
    new["retention"] = {"min_days": 731, "max_days": 800 + seed}
    new["conditions"] = [{"attribute": "case_open", "in": [True]}] if seed % 2 else []
    edits = difference(clause, new, ("schedules", 0, "clauses", 0))
    after = TEXTS.content(TEXTS.edited(body, edits))
    made = after["schedules"][0]["clauses"][0]
    assert sorted(made["elements"], key=str) == sorted(new["elements"], key=str)
    assert {**made, "elements": 0} == {**new, "elements": 0}
    assert {**after, "schedules": after["schedules"][1:]} == {**content, "schedules": content["schedules"][1:]}


def test_what_is_the_same_needs_no_edit() -> None:
    assert difference(document(), document()) == []


def test_long_things_are_written_in_blocks_and_read_back() -> None:
    value = document()["schedules"][0]
    written = block(value, 4)
    assert TEXTS.content(b"x:\n    " + written.encode()) == {"x": value}
    assert max(map(len, written.split("\n"))) < 400


def sent(**fields: str | list[str]) -> Typed:
    return Typed({name: [one] if isinstance(one, str) else one for name, one in fields.items()}, sent=True)


def as_typed(clause: dict[str, Any], **changed: str | list[str]) -> Typed:
    """The clause's form as it is sent when nothing was touched but `changed`."""
    fields: dict[str, str | list[str]] = {
        "gives": clause["discloser"]["unit"],
        "recipients": clause["recipient"]["units"],
        "auth_gives": clause["discloser"]["authorities"],
        "auth_receives": clause["recipient"]["authorities"],
        "cardinality": clause["cardinality"],
        "case_reference": clause["case_reference"],
        "elements": [one["name"] for one in clause["elements"]],
        "min_days": str(clause["retention"]["min_days"]),
        "max_days": str(clause["retention"]["max_days"]),
        "duties": clause["obligations"],
        "max_page": str(clause.get("max_page", "")),
    }
    for one in clause["elements"]:
        fields[f"form-{one['name']}"] = code_of(one["form"])
        for lang in ("en", "fr"):
            fields[f"why-{one['name']}-{lang}"] = one["necessity"][lang]
    for lang in ("en", "fr"):
        fields[f"withheld-{lang}"] = clause.get("withheld_by_design", {}).get(lang, "")
    for one in clause["conditions"]:
        fields[f"only-{one['attribute']}"] = [str(value).lower() if isinstance(value, bool) else value
                                              for value in one["in"]]  # fmt: skip
    return sent(**{**fields, **changed})


@pytest.mark.parametrize("path", AGREEMENTS)
def test_a_form_that_nobody_touched_changes_nothing(path: str) -> None:
    for schedule in TEXTS.content(shipped()[path])["schedules"]:
        for clause in schedule["clauses"]:
            attributes = {one["attribute"]: one["in"] for one in clause["conditions"]}
            assert clause_of(clause, as_typed(clause), attributes) == clause


def test_a_form_leaves_out_an_element_and_nothing_else() -> None:
    body, content = shipped()[TFW], document()
    clause = content["schedules"][0]["clauses"][0]
    names = [one["name"] for one in clause["elements"]][1:]
    new = clause_of(clause, as_typed(clause, elements=names), {})
    after = TEXTS.edited(body, difference(clause, new, ("schedules", 0, "clauses", 0)))
    assert lines_that_differ(body, after) == (1, 0)


def test_fields_that_lack_something_are_named() -> None:
    content = document()
    clause = content["schedules"][0]["clauses"][0]
    name = clause["elements"][0]["name"]
    with pytest.raises(FormGapError) as told:
        clause_of(clause, as_typed(clause, max_days="soon", **{f"why-{name}-fr": " "}), {})
    assert dict(told.value.fields) == {"max_days": "missing-number", f"why-{name}-fr": "missing-fr"}
    with pytest.raises(FormGapError):
        schedule_of(content["schedules"][0], sent())
    with pytest.raises(FormGapError):
        agreement_of(content, sent())


def test_the_next_version_counts_the_last_part() -> None:
    assert [next_version(one) for one in ("1", "9", "2.9")] == ["2", "10", "2.10"]
