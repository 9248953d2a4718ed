"""The examples of docs/sources.md are what the gateway reads."""

import json
import re
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator

from gateway.adapters.sources import declaration
from gateway.adapters.sources.load.csv_list import CsvList
from gateway.adapters.sources.load.report_words import CAUTIONS, REASONS, REASONS_FR


def blocks(repository: Path) -> list[str]:
    text = (repository / "docs" / "sources.md").read_text(encoding="utf-8")
    return re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)


def test_the_declaration_of_the_documentation_is_valid(repository: Path) -> None:
    schema = json.loads(Path(declaration.__file__).with_name("sources.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    document = yaml.safe_load(blocks(repository)[0])
    assert [error.message for error in Draft202012Validator(schema).iter_errors(document)] == []
    assert {source["kind"] for source in document["sources"]} == {"sql", "rest", "file"}


def test_the_mapping_of_the_documentation_is_valid(repository: Path) -> None:
    mapping = yaml.safe_load(blocks(repository)[1])
    form = CsvList(
        mapping["table"], mapping["key"], mapping["columns"], types=mapping["types"], indexed=mapping["index"]
    )
    assert [column.name for column in form.table.columns] == ["permit_id", "seats", "open", "tags"]


def test_every_reason_has_words() -> None:
    assert all(re.fullmatch(r"[a-z-]+", code) and len(words) > 10 for code, words in REASONS.items())
    assert REASONS.keys() == REASONS_FR.keys()
    assert all(len(english) > 10 and len(french) > 10 for english, french in CAUTIONS.values())
