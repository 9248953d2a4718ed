"""One document of the rulebook by itself: as data where it has the form of its kind, and its text with edits.

Does not: hold it against other documents (`gateway.adapters.rulebook.load`).
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from gateway.adapters.rulebook.files import Files, read_into
from gateway.adapters.rulebook.folder import KeptFolder
from gateway.adapters.rulebook.located import read
from gateway.adapters.rulebook.yaml_edit import edited
from gateway.service.rulebook.edit import Edit
from gateway.service.rulebook.finding import Finding

_ALONE: Final = "parties.yaml"
"""Any name of a living file: the document is read alone."""


class YamlTexts:
    """The `DocumentTexts` port."""

    def agreement(self, path: str, body: bytes) -> tuple[Mapping[str, Any] | None, Sequence[Finding]]:
        files = Files()
        findings = list(read_into(files, path, KeptFolder({path: body}), "agreement", None, "id"))
        return next((item.value for item in files.all("agreement").values()), None), findings

    def content(self, body: bytes) -> Any:
        located, _findings = read(KeptFolder({_ALONE: body}), _ALONE)
        return None if located is None else located.value

    def edited(self, body: bytes, edits: Sequence[Edit]) -> bytes:
        return edited(body, edits)
