"""How the invented world is distributed: shares of provinces, streams, occupations and sizes of employers.

Aggregates only, rounded from published statistics of the Temporary Foreign Worker Program; no row of a published list.
Positions per employer: half have one, one in ten more than six, one in a hundred more than 48, and the largest
hundredth hold about 27% of all positions, so that a few keys are hot.
"""

import itertools
import math
import random
from dataclasses import dataclass

FEWEST_WORKERS = 50
"""Of a world in which every situation has its record."""
PROVINCES = (
    ("QC", 30),
    ("ON", 29),
    ("BC", 20),
    ("AB", 11),
    ("NS", 2.2),
    ("NB", 2.1),
    ("MB", 1.8),
    ("SK", 1.5),
    ("PE", 0.9),
    ("NL", 0.8),
    ("YT", 0.3),
    ("NT", 0.2),
    ("NU", 0.2),
)
STREAMS = (
    ("Primary Agriculture", 41),
    ("Low Wage", 34),
    ("High Wage", 23),
    ("Global Talent Stream", 1.5),
    ("Permanent Resident Only", 0.5),
)
STATUSES = (
    ("Corporation", 84),
    ("Sole Proprietorship", 9),
    ("Partnership", 5),
    ("Co-operative", 1),
    ("Non-Profit Organization", 1),
)


@dataclass(frozen=True, slots=True)
class Occupation:
    """A NOC 2021 unit group with its share in a stream and a usual hourly wage in dollars."""

    noc: str
    title: str
    title_fr: str
    share: float
    wage: float


OCCUPATIONS: dict[str, tuple[Occupation, ...]] = {
    "Primary Agriculture": (
        Occupation("85101", "Harvesting labourers", "récolte", 70, 17.2),
        Occupation("85103", "Nursery and greenhouse labourers", "serre", 15, 17.4),
        Occupation("85100", "Livestock labourers", "élevage", 8, 18.1),
        Occupation("84120", "Specialized livestock workers and farm machinery operators", "ferme laitière", 4, 20.5),
        Occupation("82030", "Agricultural service contractors and farm supervisors", "supervision", 3, 23.0),
    ),
    "Low Wage": (
        Occupation("63200", "Cooks", "cuisine", 17, 17.5),
        Occupation("94142", "Fish and seafood plant workers", "transformation du poisson", 14, 16.4),
        Occupation(
            "65201",
            "Food counter attendants, kitchen helpers and related support occupations",
            "aide de cuisine",
            14,
            16.2,
        ),
        Occupation("75110", "Construction trades helpers and labourers", "construction", 10, 20.0),
        Occupation("95106", "Labourers in food and beverage processing", "transformation alimentaire", 10, 17.9),
        Occupation("33102", "Nurse aides, orderlies and patient service associates", "préposé aux soins", 9, 20.3),
        Occupation("65310", "Light duty cleaners", "entretien ménager", 9, 16.9),
        Occupation("85121", "Landscaping and grounds maintenance labourers", "aménagement paysager", 9, 18.0),
        Occupation("75101", "Material handlers", "manutention", 8, 18.4),
    ),
    "High Wage": (
        Occupation("73300", "Transport truck drivers", "conduite de camion", 22, 27.5),
        Occupation("62020", "Food service supervisors", "supervision en restauration", 20, 28.9),
        Occupation("72310", "Carpenters", "charpenterie", 10, 31.0),
        Occupation("72106", "Welders and related machine operators", "soudage", 10, 30.0),
        Occupation("13110", "Administrative assistants", "administration", 10, 29.0),
        Occupation(
            "72410",
            "Automotive service technicians, truck and bus mechanics and mechanical repairers",
            "mécanique",
            9,
            32.0,
        ),
        Occupation("60030", "Restaurant and food service managers", "gestion de restaurant", 8, 33.0),
        Occupation("62010", "Retail sales supervisors", "supervision de commerce", 6, 28.5),
        Occupation("42202", "Early childhood educators and assistants", "garderie", 5, 28.6),
    ),
    "Global Talent Stream": (
        Occupation("21231", "Software engineers and designers", "génie logiciel", 60, 55.0),
        Occupation("21234", "Web developers and programmers", "développement Web", 40, 48.0),
    ),
    "Permanent Resident Only": (
        Occupation("62020", "Food service supervisors", "supervision en restauration", 60, 29.5),
        Occupation("12200", "Accounting technicians and bookkeepers", "comptabilité", 40, 31.0),
    ),
}

# Positions of an employer by its rank from below: linear in the logarithm between these points.
_SIZES = ((0.0, 1), (0.55, 1), (0.551, 2), (0.72, 2), (0.721, 3), (0.82, 4), (0.90, 6), (0.99, 48), (1.0, 270))


def positions_of_employer(rng: random.Random) -> int:
    """How many positions an employer has; at least 1."""
    rank = rng.random()
    for (low, small), (high, large) in itertools.pairwise(_SIZES):
        if rank <= high:
            part = (rank - low) / (high - low)
            return max(1, round(math.exp(math.log(small) + part * (math.log(large) - math.log(small)))))
    return 270


class Choice:
    """A weighted draw that costs one random number."""

    __slots__ = ("_values", "_weights")

    def __init__(self, pairs: tuple[tuple[str, float], ...]) -> None:
        self._values = [value for value, _ in pairs]
        total = 0.0
        self._weights = [total := total + weight for _, weight in pairs]

    def draw(self, rng: random.Random) -> str:
        return rng.choices(self._values, cum_weights=self._weights)[0]
