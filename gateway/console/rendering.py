"""Makes pages: Jinja templates beside their views, everything escaped, a name that is not there an error.

Does not: know a topic, or fetch anything.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE: Final = Path(__file__).resolve().parent


class Rendering:
    """Templates by their place in `gateway/console/`."""

    def __init__(self) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(HERE),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._templates.filters["label_of"] = _label_of

    def page(self, template: str, **values: Any) -> str:
        return self._templates.get_template(template).render(**values)


def _label_of(code: str, titles: Mapping[str, Mapping[str, str]], lang: str) -> str:
    """What a code is called; by itself where nothing calls it."""
    return titles[code][lang] if code in titles else code
