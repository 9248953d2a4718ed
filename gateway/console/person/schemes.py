"""The numbers by which a person is named in forms, and what each is called.

Does not: know how one is spelled (`gateway.domain.identifiers`).
"""

from typing import Final

from gateway.console.person.words import WORDS
from gateway.console.visit import Visit
from gateway.console.wording import Words
from gateway.service.words.sentences import BOTH

SCHEMES: Final = ("uci", "sin", "case-id", "permit-number", "application-number", "lmia-system-file-number",
                  "cams-person-reference", "sams-member-id", "client-reference", "inspection-id")  # fmt: skip
SCHEME_WORDS: Final[Words] = {
    lang: {
        key: words for key, words in WORDS[lang].items() if key.startswith("scheme") or key in ("value", "value-hint")
    }
    for lang in BOTH
}
"""For topics whose forms name a person."""


def scheme_options(visit: Visit) -> list[tuple[str, str]]:
    return [(code, str(visit.words(f"scheme-{code}"))) for code in SCHEMES]
