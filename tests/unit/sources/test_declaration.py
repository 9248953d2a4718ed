"""sources.yaml: every mistake is named with file and line before the gateway serves."""

from pathlib import Path

import pytest

from gateway.adapters.sources.errors import SourceDeclarationError
from tests.unit.sources import permits


def complaint(folder: Path, declaration: str) -> str:
    with pytest.raises(SourceDeclarationError) as refused:
        permits.open_docks(folder, declaration).close()
    return str(refused.value)


def edit(old: str, new: str) -> str:
    assert old in permits.DECLARATION
    return permits.DECLARATION.replace(old, new)


def test_what_is_not_declared_comes_from_the_catalogue_and_what_is_must_equal_it(tmp_path: Path) -> None:
    permits.open_docks(tmp_path, permits.DECLARATION + "    custodian: esdc-pob\n    regime: desda\n").close()
    for name in ("custodian", "system", "program", "regime", "information_bank"):
        said = complaint(tmp_path, permits.DECLARATION + f"    {name}: somewhere-else\n")
        assert said.startswith("sources.yaml:10: source of dock-permit: ")
        assert f"{name} is 'somewhere-else', but the catalogue says" in said
    said = complaint(tmp_path, permits.DECLARATION + "    identifiers: {permit-id: holder}\n")
    assert said == "sources.yaml:10: source of dock-permit: identifiers differ from the catalogue's"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("dock-permit", "unknown-type", "sources.yaml:3: record type 'unknown-type' is not in the catalogue"),
        ("table: permits", "table: nothing", "sources.yaml:3: source of dock-permit: there is no table 'nothing'"),
        ("key: permit_id", "key: holder", "column 'holder' of table 'permits' is not unique by itself"),
        ("key: permit_id", "key: nothing", "column 'nothing' of table 'permits' is not unique"),
        ("{open: is_open}", "{open: nothing}", "element open: table 'permits' has no column 'nothing'"),
        ("{open: is_open}", "{other: is_open}", "sources.yaml:8: source of dock-permit: columns: not elements of the"),
        ("[company_key]", "[nothing]", "identifier employer-name: table 'permits' has no column 'nothing'"),
        ("employer-name:", "sin:", "sources.yaml:9: source of dock-permit: look_ups: not identifier schemes"),
        ("docks.db", "other.db", "the SQLite file does not exist: other.db"),
        ("sqlite:///docks.db", "nonsense", "database is not a SQLAlchemy URL"),
        ("sqlite:///docks.db", "sqlite://", "database needs a file"),
        ("kind: sql", "kind: ftp", 'sources.yaml:4: kind: must have enum ["sql", "rest", "file"]'),
        ("table: permits", "table: 'permits; DROP TABLE permits'", "sources.yaml:6: table: must have pattern"),
        ("    table: permits\n", "", "'table' is a required property"),
        ("    key: permit_id\n", "    key: permit_id\n    colour: red\n", "'colour' was unexpected"),
        ("    key: permit_id\n", "    key: permit_id\n    key: holder\n", "sources.yaml:8: 'key' comes twice"),
        ("    key: permit_id\n", "    key: permit_id\n    timeout_ms: 0\n", "timeout_ms: must have minimum 10"),
        ("version: 1", "version: [", "sources.yaml:3: is not YAML"),
    ],
)
def test_a_mistake_names_file_line_and_reason(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert said in complaint(tmp_path, edit(old, new))


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    declaration = edit("kind: sql", "kind: ftp").replace("version: 1", "version: 7")
    assert [line.split(" ")[0] for line in complaint(tmp_path, declaration).splitlines()] == [
        "sources.yaml:1:",
        "sources.yaml:4:",
    ]


def test_a_password_in_a_url_is_not_repeated(tmp_path: Path) -> None:
    url = "postgresql+psycopg://reader:hunter2@127.0.0.1:1/x"
    said = complaint(tmp_path, edit("sqlite:///docks.db", url))
    assert "hunter2" not in said
    assert said.startswith("sources.yaml:3: source of dock-permit: the database cannot be read (OperationalError)")
    assert "hunter2" not in complaint(tmp_path, edit("    table: permits\n", "    database_file: x\n"))


def test_two_sources_for_one_record_type_are_refused(tmp_path: Path) -> None:
    second = permits.DECLARATION + permits.DECLARATION.split("sources:\n")[1]
    assert "sources.yaml:10: record type 'dock-permit' has two sources" in complaint(tmp_path, second)


def test_a_missing_file_and_a_file_that_is_no_yaml(tmp_path: Path) -> None:
    assert complaint(tmp_path, "").startswith("sources.yaml:1: ")
    assert complaint(tmp_path, "- 1\n").startswith("sources.yaml:1: ")


def test_the_url_may_be_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("sqlite:///docks.db\n")
    permits.open_docks(tmp_path, edit("database: sqlite:///docks.db", "database_file: url")).close()
    assert "database_file cannot be read" in complaint(
        tmp_path, edit("database: sqlite:///docks.db", "database_file: nothing")
    )
