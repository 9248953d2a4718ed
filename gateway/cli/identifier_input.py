"""Reads identifiers of people from standard input, one line each: arguments are in the process list and the shell's
history. Asks for them where somebody types. Does not: check how a scheme is spelt (the staff's desk does).
"""

import sys
from collections.abc import Mapping, Sequence
from typing import Final

from gateway.cli.screen import wrapped
from gateway.service.words.sentences import Lang

_ASKED: Final[Mapping[Lang, str]] = {
    "en": "identifier of the scheme {0} (not shown in any list of processes), then Enter:",
    "fr": "identificateur de type {0} (ne figure dans aucune liste de processus), puis Entrée :",
}


def identifiers_read(schemes: Sequence[str], lang: Lang = "en") -> list[dict[str, str]]:
    """`scheme` and `value` for each scheme, in their order."""
    found = []
    for scheme in schemes:
        if sys.stdin.isatty():
            print(wrapped(_ASKED[lang].format(scheme), lang), file=sys.stderr)
        found.append({"scheme": scheme, "value": sys.stdin.readline().strip()})
    return found


def identifier_read(scheme: str, lang: Lang = "en") -> dict[str, str]:
    """The only one."""
    return identifiers_read([scheme], lang)[0]
