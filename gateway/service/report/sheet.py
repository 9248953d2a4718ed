"""A report as a sheet in one language: titles and tables of words and numbers, from which page, PDF and CSV are made.

Invariant: the three show the same cells; a published sheet has no small number about people (`small_numbers`), and says
the rule. Does not: know HTML, PDF or CSV.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from babel.dates import format_date
from babel.numbers import format_decimal

from gateway.domain.due import legal_day
from gateway.service.report.figures import Table
from gateway.service.report.reporting import Report
from gateway.service.report.small_numbers import LEAST_SHOWN, Shown, count_shown, published
from gateway.service.report.words import REPORT
from gateway.service.words.sentences import Lang

Names = Mapping[str, Mapping[str, Mapping[str, str]]]
"""By kind of code (organization, purpose, ground) and code, the words in both languages."""
_LOCALES: Final[Mapping[Lang, str]] = {"en": "en_CA", "fr": "fr_CA"}
_PREFIXES: Final = {"outcome": "kind-", "action": "act-", "sensitivity": "class-"}


def sheet_of(report: Report, names: Names, lang: Lang, *, public: bool) -> dict[str, Any]:
    """`title`, `lines` of the head, and `tables`: each with `key`, `title`, `note`, `columns` and `rows` of cells, text
    first."""
    words = REPORT[lang]
    year = report.year
    law = words[f"law-{year.law or 'none'}"]
    lines = [words["year"].format(year.name, _day(year.first, lang), _day(year.last, lang)), law]
    if not report.over:
        lines.append(words["so-far"].format(_day(report.until, lang)))
    lines.append(words["source"].format(_number(max(0, report.up_to - 1), lang), _day(legal_day(report.made), lang)))
    lines.append(words["rule" if public else "internal"])
    tables = [_table(table, names, lang, public=public) for table in report.tables]
    tables.insert(7, _decide(report, lang, public=public))
    tables.append(_collection(report, lang))
    institution = names["organization"].get(report.institution, {}).get(lang, report.institution)
    return {
        "title": words["title"].format(institution),
        "lines": lines,
        "tables": tables,
        "nothing": words["nothing"],
        "lang": lang,
    }


def csv_rows(sheet: Mapping[str, Any]) -> list[list[str]]:
    """One line for each cell row, behind the title of its table; the head before them."""
    rows = [[sheet["title"]], *([line] for line in sheet["lines"])]
    for table in sheet["tables"]:
        rows += [[], [table["title"]], table["columns"], *table["rows"]]
    return rows


def _table(table: Table, names: Names, lang: Lang, *, public: bool) -> dict[str, Any]:
    words = REPORT[lang]
    exactly = tuple(sum(counts[at] for _code, counts in table.rows) for at in range(len(table.columns)))
    shown, totals = published(table) if public else (table.rows, exactly)
    rows = [
        [_called(table.kind, code, names, lang), *_cells(counts, exact, lang)]
        for (code, counts), (_code, exact) in zip(shown, table.rows, strict=True)
    ]
    if table.adds_up and table.rows:
        rows.append([words["total"], *_cells(totals, exactly, lang)])
    return {
        "key": table.key,
        "title": words[table.key],
        "note": words.get(f"{table.key}-note", ""),
        "columns": [words["column-name"], *(words[f"column-{name}"] for name in table.columns)],
        "rows": rows,
        "total": table.adds_up and bool(table.rows),
    }


def _decide(report: Report, lang: Lang, *, public: bool) -> dict[str, Any]:
    words, found = REPORT[lang], report.decide
    count = count_shown(found.decided) if public else found.decided
    told = [None if count is None else one for one in (found.median_hours, found.ninetieth_hours)]
    rows = [[words["decide-count"], *_cells([count], [found.decided], lang)]]
    for key, value in zip(("decide-median", "decide-ninetieth"), told, strict=True):
        shown = "–" if not found.decided else words["hidden"] if value is None else _number(round(value, 1), lang)
        rows.append([words[key], shown])
    columns = [words["column-name"], words["column-count"]]
    return {
        "key": "decide", "title": words["decide"], "note": "", "columns": columns, "rows": rows, "total": False
    }  # fmt: skip


def _collection(report: Report, lang: Lang) -> dict[str, Any]:
    """Counts of elements, which are about nobody."""
    words = REPORT[lang]
    rows = [
        [
            one.title.get(lang, one.agreement),
            *(_number(count, lang) for count in (one.permitted, one.asked, one.used, one.outside)),
        ]
        for one in report.collection
    ]
    columns = [words[f"column-{name}"] for name in ("agreement", "permitted", "asked", "used", "outside")]
    return {
        "key": "collection",
        "title": words["collection"],
        "note": words["collection-note"],
        "columns": columns,
        "rows": rows,
        "total": False,
    }


def _called(kind: str, code: str, names: Names, lang: Lang) -> str:
    if kind in _PREFIXES:
        return REPORT[lang].get(f"{_PREFIXES[kind]}{code}", code)
    named = names.get(kind, {}).get(code, {}).get(lang, code)
    return named[:1].upper() + named[1:]


def _cells(shown: Sequence[Shown], exact: Sequence[int], lang: Lang) -> list[str]:
    words = REPORT[lang]
    return [
        _number(count, lang) if count is not None else words["few" if real < LEAST_SHOWN else "hidden"]
        for count, real in zip(shown, exact, strict=True)
    ]


def _number(value: float, lang: Lang) -> str:
    return str(format_decimal(value, locale=_LOCALES[lang]))


def _day(day: Any, lang: Lang) -> str:
    told = str(format_date(day, "long", locale=_LOCALES[lang]))
    return f"1er {told[2:]}" if lang == "fr" and told.startswith("1 ") else told
