"""The templates, and from marked lines (`gateway.adapters.letters.marked`) to an accessible HTML page.

Invariant: what a person or a document said is escaped in HTML, so that it can be no markup and no second page. HTML and
PDF have the language, a title and headings in order (EN 301 549 10, PDF/UA). Does not: word anything.
The library is imported with the first page or letter: most commands of the staff make none.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from gateway.adapters.letters.marked import PROTECTED, blocks, spaced
from gateway.service.words.sentences import Lang

if TYPE_CHECKING:
    from jinja2 import Environment


@lru_cache(maxsize=1)
def environment() -> "Environment":
    """The templates. Autoescape is on for HTML; a name that is not given is an error, never a hole."""
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    return Environment(
        loader=PackageLoader("gateway.adapters.letters"),
        autoescape=select_autoescape(enabled_extensions=("html.jinja",), default_for_string=True, default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )


def page(marked: str, lang: Lang, *, protected: bool = False) -> str:
    """One HTML page that needs nothing from elsewhere; `protected` puts the handling mark on every page."""
    found = tuple(blocks(spaced(marked, lang)))
    title = next((block.lines[0] for block in found if block.kind == "h1"), "")
    return (
        environment()
        .get_template("page.html.jinja")
        .render(lang=lang, title=title, blocks=found, mark=PROTECTED if protected else "")
    )
