"""Files made to cost: bounded memory and linear time, whatever they hold; each ends in a report or in a LoadError."""

import contextlib
import os
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from gateway.adapters.sources.errors import LoadError
from gateway.adapters.sources.load.compliance_list import ComplianceList
from gateway.adapters.sources.load.csv_list import CsvList
from gateway.adapters.sources.load.formats import ListFormat
from gateway.adapters.sources.load.lmia_list import LmiaList
from gateway.adapters.sources.load.loader import read_list
from gateway.adapters.sources.load.text import LARGEST_FILE, MOST_LINES, read_file
from tests.growth import LINEAR, growth
from tests.unit.sources.test_lmia_list import HEADER, ROW

FINDINGS = "Business operating name,Business legal name,Address,Reason(s),Date of final decision,Penalty,Status\n"
FORMS: dict[str, tuple[ListFormat, str]] = {
    "lmia": (LmiaList(), HEADER),
    "compliance": (ComplianceList(), FINDINGS),
    "csv": (CsvList("docks", "a", {"a": "A", "n": "N"}, types={"n": "decimal"}), "A,N\n"),
}


def work(form: ListFormat, folder: Path) -> Callable[[str], None]:
    path = folder / "list_2024q3_2024-03.csv"

    def load(text: str) -> None:
        path.write_text(text, encoding="utf-8", newline="")
        edition = "2024-03" if isinstance(form, ComplianceList) else "2024Q3"
        with contextlib.suppress(LoadError):
            read_list(form, read_file(path), edition)

    return load


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "piece",
    ['"', '",', ',"', '"\n', '"a\n', ',"a\n', "\n", "\r", "\r\r\n", ",", "a,", "é", "\x00", "'", "$1,", "1 year ban ",
     "6 and ", "6-", "Footnote ", "(", " *", "Ontario, ", "1 an d'interdiction ", "-", "\u00a0", "a,b,c,d,e,f,1,1\n",
     'a,b,"c\nd",6,2020-01-01,$1,e\n'],
)  # fmt: skip
def test_loading_is_linear_in_the_file(tmp_path: Path, form: str, piece: str) -> None:
    made, header = FORMS[form]
    load = work(made, tmp_path)

    def text(size: int) -> str:
        return header + piece * (size // len(piece))

    # On one line of 160,000 characters quadratic work takes seconds, and milliseconds are too short for a ratio.
    size = 48_000 if "\n" in piece or "\r" in piece else 160_000
    started = time.perf_counter()
    load(text(size))
    assert time.perf_counter() - started < 0.1 or growth(load, text, size, rounds=3) < LINEAR


@pytest.mark.parametrize(
    ("place", "cell"),
    [
        (2, "Surrey, " * 490),
        (2, "British Columbia " * 230),
        (2, "(" * 3900),
        (2, "," * 3900 + "x"),
        (2, "*" * 3900 + "x"),
        (4, "*" * 3900 + "x"),
        (5, "111 " * 970),
        (2, " " * 3900 + "x"),
        (3, "1-2 " * 900),
        (3, "Footnote " * 400),
        (4, "january " * 480),
        (5, "1 year ban and " * 260),
        (5, "$1,1" * 900),
        (5, "1 " * 1900),
        (5, "un an d'" * 480),
    ],
)
def test_a_free_cell_of_the_longest_length_is_read_in_no_time(tmp_path: Path, place: int, cell: str) -> None:
    made, header = FORMS["compliance"]

    def text(size: int) -> str:
        cells = ["a", "b", "c", "6", "2020-01-01", "$1", "e"]
        cells[place] = f'"{cell[:size]}"'
        return header + (",".join(cells) + "\n") * 20

    assert growth(work(made, tmp_path), text, 3900, rounds=3) < LINEAR


def test_a_header_line_of_many_unknown_columns_is_told_in_short(tmp_path: Path) -> None:
    path = tmp_path / "list_2024q3.csv"
    path.write_text(HEADER.strip() + "," + ",".join(f"occupatio {n}" for n in range(900)) + "\n" + ROW)
    with pytest.raises(LoadError) as failed:
        read_list(LmiaList(), read_file(path), "2024Q3")
    assert len(str(failed.value)) < 4000
    assert "and 880 more" in str(failed.value)


def test_a_file_past_the_bounds_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list_2024q3.csv"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE * 16)
    tracemalloc.start()
    with pytest.raises(LoadError, match="larger than 64 MiB"):
        read_file(path)
    assert tracemalloc.get_traced_memory()[1] < LARGEST_FILE * 2
    tracemalloc.stop()
    path.write_bytes(b"\n" * (MOST_LINES + 1))
    with pytest.raises(LoadError, match="more than 1,000,000 lines"):
        read_file(path)


def test_what_is_not_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "list_2024q3.csv")
    for path in (tmp_path / "list_2024q3.csv", tmp_path, Path("/dev/zero"), tmp_path / "gone.csv"):
        with pytest.raises(LoadError, match="cannot be read"):
            read_file(path)


def test_one_long_line_costs_a_few_times_its_size(tmp_path: Path) -> None:
    path = tmp_path / "list_2024q3.csv"
    for piece in ("x", ",", '"', '",', "é"):
        text = HEADER + piece * (8_000_000 // len(piece)) + "\n" + ROW
        path.write_text(text, encoding="utf-8")
        size = path.stat().st_size
        del text
        tracemalloc.start()
        report, rows = read_list(LmiaList(), read_file(path), "2024Q3")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert [(entry.line, entry.reason) for entry in report.named] == [(2, "line-too-long")]
        assert len(rows) == 1
        assert peak < size * 8
