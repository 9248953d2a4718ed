"""What a deployment calls things, for whoever explains, drafts or lists. Does not: word sentences."""

from typing import Final

from gateway.adapters.rulebook.load import Rulebook
from gateway.api.problems import PROBLEMS
from gateway.service.rulebook.in_force import GATEWAY
from gateway.service.words.explain import Vocabulary

_ITSELF: Final = {"en": "The gateway itself", "fr": "La passerelle elle-même"}


def vocabulary(rulebook: Rulebook) -> Vocabulary:
    """What the deployment's files call things; refusals before a decision are called as the partner API calls them."""
    problems = {code: {"en": kind.title_en, "fr": kind.title_fr} for code, kind in PROBLEMS.items()}
    remedies = {code: {"en": kind.remedy_en, "fr": kind.remedy_fr} for code, kind in PROBLEMS.items()}
    units = rulebook.parties.units
    return Vocabulary(
        catalogue=rulebook.catalogue,
        units={GATEWAY: _ITSELF}
        | {str(name): {"en": unit.name_en, "fr": unit.name_fr} for name, unit in units.items()},
        institutions={
            str(name): {"en": unit.institution_en, "fr": unit.institution_fr} for name, unit in units.items()
        },
        purposes={name: purpose["name"] for name, purpose in rulebook.purposes.items()},
        reasons=problems | {code: wording.title for code, wording in rulebook.reasons.items()},
        remedies=remedies | {code: wording.what_to_do for code, wording in rulebook.reasons.items()},
        provisions={name: provision["title"] for name, provision in rulebook.authorities.items()},
        instruments={name: provision["instrument"] for name, provision in rulebook.authorities.items()},
        sections={name: provision["section"] for name, provision in rulebook.authorities.items()},
        obligations={name: duty["title"] for name, duty in rulebook.obligations.items()},
        bound={name: duty["on"] for name, duty in rulebook.obligations.items()},
    )
