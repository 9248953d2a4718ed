"""What is wrong and what to do, in English and in French: the four texts of one code of a finding.

Does not: hold any code (`finding_words`).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What is wrong and what to do; `{name}` and the like are facts of the finding."""

    en: str
    do_en: str
    fr: str
    do_fr: str
