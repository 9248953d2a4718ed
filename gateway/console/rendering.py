"""Makes pages: Jinja templates beside their views, everything escaped, a name that is not there an error.

Does not: know a topic, or fetch anything.
"""

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

    def page(self, template: str, **values: Any) -> str:
        return self._templates.get_template(template).render(**values)
