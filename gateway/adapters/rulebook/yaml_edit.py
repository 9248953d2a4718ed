"""Edits the text of a YAML document of the rulebook in place: what an edit does not name stays byte for byte.

Comments, order, quotes and line ends outside the edit are kept, because the text itself is spliced at the marks of the
parser and nothing is written anew. Invariant: the edited text says exactly what the document said, with the edit; one
that would not is refused. Does not: judge the content.
"""

from collections.abc import Sequence
from typing import Any

import yaml

from gateway.adapters.rulebook.folder import KeptFolder
from gateway.adapters.rulebook.located import read
from gateway.adapters.rulebook.yaml_written import block, flow
from gateway.service.rulebook.edit import Edit, EditError, EditKind, Place, applied

_NAME = "parties.yaml"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def edited(body: bytes, edits: Sequence[Edit]) -> bytes:
    """The document with the edits, one after the other. Raises EditError."""
    for edit in edits:
        wanted = applied(_value(body), [edit])
        body = _Text(body.decode("utf-8")).with_edit(edit).encode("utf-8")
        if _value(body) != wanted:
            raise EditError("this place of the document is written in a way that only its text can change")
    return body


def _value(body: bytes) -> Any:
    located, findings = read(KeptFolder({_NAME: body}), _NAME)
    if located is None or findings:
        raise EditError("the document cannot be read; correct its text first")
    return located.value


class _Text:
    """A document's text and its nodes."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._root = yaml.compose(text, Loader=_Loader)

    def with_edit(self, edit: Edit) -> str:
        parent, found = self._find(edit.at)
        match edit.kind:
            case EditKind.REMOVE:
                return self._without(parent, edit.at[-1])
            case EditKind.ADD:
                return self._added(edit.at, found, edit.value)
            case EditKind.SET if found is None:
                return self._with_member(parent, str(edit.at[-1]), edit.value)
            case EditKind.SET:
                return self._replaced(edit.at, found, edit.value)

    def _find(self, at: Place) -> tuple[Any, Any]:
        """The node around the place and the one at it, which may be missing."""
        parent, node = None, self._root
        for part in at:
            parent, node = node, self._child(node, part)
        return parent, node

    @staticmethod
    def _child(node: Any, part: str | int) -> Any:
        if isinstance(node, yaml.MappingNode):
            return next((value for key, value in node.value if key.value == part), None)
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            return node.value[part]
        return None

    def _spliced(self, start: int, end: int, written: str) -> str:
        return self._text[:start] + written + self._text[end:]

    def _replaced(self, at: Place, node: Any, value: Any) -> str:
        if isinstance(node, yaml.CollectionNode) and not node.flow_style:
            return self._spliced(self._behind_key(at), self._end(node), " " + flow(value))
        if isinstance(node, yaml.ScalarNode):
            written = flow(value, quoted=node.style in ('"', "'"))
            start = node.start_mark.index
            before = "" if start and self._text[start - 1] in " [{" else " "
            return self._spliced(start, self._end(node), before + written)
        return self._spliced(node.start_mark.index, node.end_mark.index, flow(value))

    def _behind_key(self, at: Place) -> int:
        """Where the value of the member at the place may begin: behind its colon."""
        parent, _node = self._find(at)
        if not isinstance(parent, yaml.MappingNode):
            raise EditError("an item in a block of its own is changed member by member")
        key = next(key for key, _value in parent.value if key.value == at[-1])
        return self._text.index(":", key.end_mark.index) + 1

    def _with_member(self, mapping: Any, name: str, value: Any) -> str:
        if mapping.flow_style or not mapping.value:
            end = mapping.end_mark.index - 1
            return self._spliced(end, end, f"{', ' if mapping.value else ''}{flow(name)}: {flow(value)}")
        column = mapping.value[0][0].start_mark.column
        end = self._line_end(self._end(mapping))
        return self._spliced(end, end, f"\n{' ' * column}{flow(name)}: {flow(value)}")

    def _added(self, at: Place, sequence: Any, value: Any) -> str:
        if not isinstance(sequence, yaml.SequenceNode):
            raise EditError("only a list gets an item")
        if sequence.flow_style:
            end = sequence.end_mark.index - 1
            while self._text[end - 1].isspace():
                end -= 1
            return self._spliced(end, end, f"{', ' if sequence.value else ''}{flow(value)}")
        column = sequence.start_mark.column
        end = self._line_end(self._end(sequence))
        return self._spliced(end, end, f"\n{' ' * column}- {block(value, column + 2)}")

    def _without(self, parent: Any, part: str | int) -> str:
        mapping = isinstance(parent, yaml.MappingNode)
        rows = [(key, value) for key, value in parent.value] if mapping else [(one, one) for one in parent.value]
        index = next(place for place, (key, _) in enumerate(rows) if key.value == part) if mapping else int(part)
        first, last = rows[index]
        if parent.flow_style:
            if index + 1 < len(rows):
                return self._spliced(first.start_mark.index, rows[index + 1][0].start_mark.index, "")
            start = self._end(rows[index - 1][1]) if index else first.start_mark.index
            return self._spliced(start, self._end(last), "")
        if len(rows) == 1:
            raise EditError("the last item of a list in a block is taken away in the text")
        start = self._text.rfind("\n", 0, first.start_mark.index) + 1
        if self._text[start : first.start_mark.index].strip() not in ("", "-"):
            raise EditError("this place of the document is written in a way that only its text can change")
        if mapping and index == 0 and self._text[start : first.start_mark.index].strip() == "-":
            return self._spliced(first.start_mark.index, rows[1][0].start_mark.index, "")
        return self._spliced(start, self._line_end(self._end(last)) + 1, "")

    def _end(self, node: Any) -> int:
        """Where the node's own text ends: a block's mark is only where the next thing begins."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        end: int = node.end_mark.index
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            end = node.start_mark.index + len(self._text[node.start_mark.index : end].rstrip())
        return end

    def _line_end(self, index: int) -> int:
        """The end of the line, so that a comment behind the value stays with it."""
        found = self._text.find("\n", index)
        return len(self._text) if found < 0 else found
