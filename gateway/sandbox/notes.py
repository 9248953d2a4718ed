"""Interview notes as an officer would type them, in English and French.

The notes contain what real ones do and what must not leave with them: the worker under several spellings, who called
in, other workers, SIN, UCI, BN, LMIA and permit numbers, health card, telephone, postal code and dates, with the
separators people use. Everything is invented.
"""

import random
from dataclasses import dataclass
from datetime import date

_MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTHS_FR = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """What the record says, for the notes to repeat. Numbers are canonical; `health_card` has ten digits."""

    given: str
    family: str
    sex: str
    reporter: str
    colleagues: tuple[str, str]
    support: str
    employer: str
    city: str
    sin: str
    uci: str
    bn9: str
    lmia: str
    permit: str
    health_card: str
    postal_code: str
    phone: str
    born: date
    interviewed: date
    left: date
    canary: str


def _spaced(digits: str, *groups: int, by: str = " ") -> str:
    parts, start = [], 0
    for size in groups:
        parts.append(digits[start : start + size])
        start += size
    return by.join(parts)


def _sin(rng: random.Random, sin: str) -> str:
    return rng.choice((sin, _spaced(sin, 3, 3, 3), _spaced(sin, 3, 3, 3, by="-"), _spaced(sin, 3, 3, 3, by=".")))


def _uci(rng: random.Random, uci: str) -> str:
    return rng.choice((uci, uci.replace("-", ""), uci.replace("-", " ")))


def _phone(rng: random.Random, phone: str) -> str:
    area, middle, last = phone.split("-")
    return rng.choice((phone, f"({area}) {middle}-{last}", f"{area} {middle} {last}", f"+1 {area}.{middle}.{last}"))


def _card(rng: random.Random, card: str) -> str:
    return rng.choice((card, _spaced(card, 4, 3, 3, by="-"), _spaced(card, 4, 3, 3)))


def _date_en(rng: random.Random, day: date) -> str:
    month = _MONTHS_EN[day.month - 1]
    return rng.choice((day.isoformat(), f"{month} {day.day}, {day.year}", f"{day.day} {month} {day.year}"))


def _date_fr(rng: random.Random, day: date) -> str:
    first = "1er" if day.day == 1 else str(day.day)
    return rng.choice((day.isoformat(), f"le {first} {_MONTHS_FR[day.month - 1]} {day.year}"))


def english(rng: random.Random, facts: NoteFacts) -> str:
    """Three to five paragraphs."""
    f, she = facts, ("She" if facts.sex == "F" else "He")
    title = "Ms." if f.sex == "F" else "Mr."
    first, second = f.colleagues
    paragraphs = [
        f"Interview held {_date_en(rng, f.interviewed)} by telephone with {f.given} {f.family} (UCI "
        f"{_uci(rng, f.uci)}, born {_date_en(rng, f.born)}). {title} {f.family} asked that {f.support} be present for "
        f"support. Identity confirmed with work permit {f.permit} and SIN {_sin(rng, f.sin)}. Reached at "
        f"{_phone(rng, f.phone)}; {she.lower()} asks not to be called while at work.",
        f"{title} {f.family} came to Canada to work for {f.employer} under LMIA {f.lmia} (BN {f.bn9}). {she} states "
        f"that the contract promised 40 hours a week, but that since {_date_en(rng, f.left)} the supervisor has "
        f"assigned {rng.randrange(55, 75)} hours and paid {rng.randrange(28, 40)} of them. Passport was taken on "
        f'arrival "for safekeeping" and returned only when {first} insisted.',
        f"{she} lives with {rng.randrange(5, 12)} others in a house owned by the employer near {f.city}, "
        f"{f.postal_code}. There is one bathroom and no lock on the door of the room {she.lower()} shares with "
        f'{second}. The supervisor has entered at night. {f.given} was told that anyone who complains "goes home on '
        f'the next flight". {first} and {second} saw this and are willing to speak.',
        f"The matter was first reported by {f.reporter}, who does not want the employer to learn of the call. "
        f"{f.reporter.split()[0]} said that two workers had left the month before without being paid.",
        f"{title} {f.family} went to a walk-in clinic after a fall in the packing area (health card "
        f"{_card(rng, f.health_card)}). No report was made to the compensation board. {she} fears losing status and "
        f"was told about the open work permit for vulnerable workers.",
    ]
    rng.shuffle(middle := paragraphs[1:])
    chosen = [paragraphs[0], *middle[: rng.randrange(2, 5)]]
    return "\n\n".join([*chosen, f"Facts accepted on a balance of probabilities. File note {f.canary}."])


def french(rng: random.Random, facts: NoteFacts) -> str:
    """De trois à cinq paragraphes."""
    f, she = facts, ("Elle" if facts.sex == "F" else "Il")
    title = "Mme" if f.sex == "F" else "M."
    first, second = f.colleagues
    born = "née" if f.sex == "F" else "né"
    paragraphs = [
        f"Entrevue tenue par téléphone, {_date_fr(rng, f.interviewed)}, avec {f.given} {f.family} (IUC "
        f"{_uci(rng, f.uci)}, {born} {_date_fr(rng, f.born)}). {title} {f.family} a demandé que {f.support} soit "
        f"à ses côtés. Identité confirmée : permis de travail {f.permit}, NAS {_sin(rng, f.sin)}. Numéro où "
        f"{she.lower()} peut être joint sans risque : {_phone(rng, f.phone)}.",
        f"{title} {f.family} est au Canada pour travailler chez {f.employer}, EIMT {f.lmia} (NE {f.bn9}). {she} "
        f"affirme que le contrat prévoyait 40 heures par semaine, mais que depuis {_date_fr(rng, f.left)} on lui en "
        f"impose {rng.randrange(55, 75)} et on lui en paie {rng.randrange(28, 40)}. Le passeport a été gardé par le "
        f"contremaître jusqu'à l'intervention de {first}.",
        f"{she} habite avec {rng.randrange(5, 12)} autres personnes un logement de l'employeur près de {f.city} "
        f"({f.postal_code}), où {she.lower()} partage une chambre sans serrure avec {second}. Le contremaître y est "
        f"entré la nuit. On a dit à {f.given} que « ceux qui se plaignent prennent le prochain avion ». {first} et "
        f"{second} en ont été témoins et acceptent d'en parler.",
        f"Le signalement vient de {f.reporter}, qui ne veut pas que l'employeur l'apprenne. "
        f"{f.reporter.split()[0]} ajoute que deux travailleurs sont partis le mois dernier sans avoir été payés.",
        f"{title} {f.family} a consulté une clinique après une chute à l'emballage (carte santé "
        f"{_card(rng, f.health_card)}). Aucune déclaration n'a été faite à la commission. {she} craint de perdre son "
        f"statut; le permis de travail ouvert pour travailleurs vulnérables lui a été expliqué.",
    ]
    rng.shuffle(middle := paragraphs[1:])
    chosen = [paragraphs[0], *middle[: rng.randrange(2, 5)]]
    return "\n\n".join([*chosen, f"Faits retenus selon la prépondérance des probabilités. Note au dossier {f.canary}."])
