"""Names of people, employers and places of the invented world.

People's names are common given and family names put together at random. Employers' names are made of invented words,
enumerated so that none repeats; a test holds them against the real lists. Cities and the first half of postal codes
are real, streets are not.
"""

import random
import unicodedata
from dataclasses import dataclass

# Country (ISO 3166-1 alpha-3), native language, given names (women, men), family names.
ORIGINS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "MEX",
        "es",
        "Guadalupe Ximena Leticia Araceli Yolanda Rosario Maricela",
        "Efrain Ramiro Octavio Gilberto Rogelio Isidro Fermin",
        "Delgado Zamora Villegas Orozco Montoya Cisneros Barrera Ibarra Quiroz Salgado",
    ),
    (
        "GTM",
        "es",
        "Irma Floridalma Odilia Marleny Blanca Elvira",
        "Selvin Byron Wilmer Edgar Abner Osbin",
        "Choc Tzul Xicay Ajanel Coyoy Batz Chiroy Sacalxot",
    ),
    (
        "JAM",
        "en",
        "Shanique Tamara Keisha Nadine Claudette Sonia",
        "Devon Errol Winston Trevor Courtney Leroy",
        "Bramwell Gayle Whyte Lindo Pinnock Dunkley Ashmeade Tulloch",
    ),
    (
        "PHL",
        "tl",
        "Maricel Rowena Jocelyn Analyn Lourdes Cherry",
        "Rommel Jerwin Arnel Dindo Reynaldo Jomar",
        "Magbanua Dimaculangan Sumulong Batungbakal Macaraeg Pangilinan Abrenica",
    ),
    (
        "IND",
        "pa",
        "Harpreet Manjit Simran Navdeep Amrita Kavita",
        "Gurdeep Balwinder Rajesh Sukhdev Arvind Tejinder",
        "Bhandal Chahal Randhawa Mahajan Deshpande Kulkarni Sekhon Purewal",
    ),
    (
        "MAR",
        "ar",
        "Zineb Hanane Samira Loubna Ghizlane Naima",
        "Abdelhak Driss Youssef Hicham Noureddine Rachid",
        "Benchekroun Lahlou Tazi Berrada Ouazzani Bouzidi Sebti",
    ),
    (
        "TUN",
        "fr",
        "Olfa Rim Imen Sonia Wafa Henda",
        "Skander Anis Moez Nizar Hatem Ridha",
        "Chebbi Trabelsi Gharbi Mejri Jaziri Bouazizi Zouari",
    ),
    (
        "NGA",
        "en",
        "Ngozi Funmilayo Amara Ifeoma Chiamaka Bisi",
        "Emeka Tunde Obinna Segun Chukwudi Femi",
        "Okafor Adeyemi Balogun Nwosu Eze Olatunji Ogunleye Uzoma",
    ),
    (
        "UKR",
        "uk",
        "Oksana Halyna Iryna Svitlana Nadiya Lesia",
        "Bohdan Taras Mykola Ostap Vasyl Andriy",
        "Kovalchuk Shevchuk Bondarenko Lysenko Moroz Tkachuk Savchenko",
    ),
    (
        "VNM",
        "vi",
        "Thuy Linh Huong Ngoc Trang Mai",
        "Minh Tuan Quang Hung Dung Khanh",
        "Truong Dinh Huynh Doan Luong Vuong",
    ),
    (
        "HND",
        "es",
        "Wendy Suyapa Nohemi Dunia Karla Reina",
        "Melvin Elmer Nahun Franklin Marvin Olvin",
        "Banegas Zelaya Funes Amador Maradiaga Rapalo Cerrato",
    ),
)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CANADIANS_GIVEN = _words(
    "Heather Colleen Nathalie Josée Monique Brenda Shauna Geneviève Maureen Tanya Lorraine Isabelle Grant Darryl "
    "Stéphane Normand Craig Wayne Luc Bernard Keith Alain Duncan Yvon"
)
CANADIANS_FAMILY = _words(
    "Pelletier Lachance MacIsaac Thibodeau Fairweather Gagnon Sutherland Arsenault Wickham Laframboise "
    "Hollingsworth Desrosiers McAllister Vaillancourt Prud'homme Kettleworth Boisvert Ransome"
)

_BEGINNINGS = _words(
    "Brindle Lark Tansy Quill Ember Maple Sorrel Thistle Vesper Wren Alder Bracken Cinder Dapple Elder Fennel "
    "Garnet Hollow Juniper Kestrel Linden Marl Nettle Osprey Pebble Russet Saffron Tamar Umber Vetch Willow Yarrow "
    "Zephyr Aster Birch Clover Dover Fallow Gossamer Heron"
)
_ENDINGS = _words(
    "wick mere brook haven field ridge holt combe stead garth worth bourne croft dell fold gate hurst lea march "
    "moor ness point reach shaw thorpe vale ward water well yard"
)
_FRENCH = _words(
    "Valmorin Rivecourt Boisclairval Montferrin Clairefontenelle Hautemarche Beaucerval Lormezan Saint-Ormel "
    "Grandchamprel Fleurimel Côterive Orvalois Pontrevin Sablonnel Mirvalois"
)
_SECTORS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Primary Agriculture": (
        ("Farms", "Orchards", "Greenhouses", "Growers", "Berry Farms", "Vegetable Co."),
        ("Les Serres", "Les Vergers", "Les Fermes", "Les Productions maraîchères"),
    ),
    "Low Wage": (
        ("Foods", "Seafoods", "Kitchens", "Cleaning Services", "Packing", "Landscaping", "Care Homes"),
        ("Les Cuisines", "Les Aliments", "Poissonnerie", "Entretien"),
    ),
    "High Wage": (
        ("Transport", "Hauling", "Builders", "Welding", "Restaurants", "Mechanical", "Carpentry"),
        ("Transport", "Construction", "Soudure", "Groupe"),
    ),
    "Global Talent Stream": (("Software", "Systems", "Data Labs"), ("Logiciels", "Technologies")),
    "Permanent Resident Only": (("Hospitality", "Accounting"), ("Hôtellerie", "Comptabilité")),
}
_SUFFIXES = ("Ltd.", "Inc.", "Corp.", "Limited")

# Cities: name, first half of the postal code, area code.
CITIES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "QC": (
        ("Saint-Rémi", "J0L", "450"),
        ("Drummondville", "J2B", "819"),
        ("Rimouski", "G5L", "418"),
        ("Joliette", "J6E", "450"),
        ("Lévis", "G6V", "418"),
        ("Granby", "J2G", "450"),
    ),
    "ON": (
        ("Leamington", "N8H", "519"),
        ("London", "N6A", "519"),
        ("Simcoe", "N3Y", "519"),
        ("St. Catharines", "L2R", "905"),
        ("Brampton", "L6Y", "905"),
        ("Kingsville", "N9Y", "519"),
        ("Sudbury", "P3E", "705"),
    ),
    "BC": (
        ("Abbotsford", "V2T", "604"),
        ("Kelowna", "V1Y", "250"),
        ("Surrey", "V3W", "604"),
        ("Delta", "V4K", "604"),
        ("Oliver", "V0H", "250"),
    ),
    "AB": (("Brooks", "T1R", "403"), ("Red Deer", "T4N", "403"), ("Edmonton", "T5J", "780"), ("Banff", "T1L", "403")),
    "NS": (("Kentville", "B4N", "902"), ("Yarmouth", "B5A", "902")),
    "NB": (("Shediac", "E4P", "506"), ("Caraquet", "E1W", "506")),
    "MB": (("Brandon", "R7A", "204"), ("Steinbach", "R5G", "204")),
    "SK": (("Swift Current", "S9H", "306"), ("Regina", "S4P", "306")),
    "PE": (("Souris", "C0A", "902"), ("Summerside", "C1N", "902")),
    "NL": (("Gander", "A1V", "709"), ("Corner Brook", "A2H", "709")),
    "YT": (("Whitehorse", "Y1A", "867"),),
    "NT": (("Yellowknife", "X1A", "867"),),
    "NU": (("Iqaluit", "X0A", "867"),),
}
_STREETS = (
    "Tansy Lane",
    "Old Mill Concession",
    "Heronwood Drive",
    "Larkspur Road",
    "Quarry Line",
    "Foundry Crescent",
    "Sorrel Avenue",
    "Third Sideroad",
    "Ferry Landing Road",
    "Orchard Gate",
)
_LDU = "ABCEGHJKLMNPRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Person:
    given: str
    family: str
    sex: str
    country: str
    language: str

    @property
    def full(self) -> str:
        return f"{self.given} {self.family}"


@dataclass(frozen=True, slots=True)
class Place:
    street: str
    city: str
    province: str
    postal_code: str
    area_code: str

    @property
    def line(self) -> str:
        return f"{self.street}, {self.city}, {self.province} {self.postal_code}"


_ORIGINS_SPLIT = tuple((c, lang, w.split(), m.split(), f.split()) for c, lang, w, m, f in ORIGINS)


def worker_name(rng: random.Random) -> Person:
    country, language, women, men, families = rng.choice(_ORIGINS_SPLIT)
    sex = "F" if rng.random() < 0.38 else "M"
    return Person(rng.choice(women if sex == "F" else men), rng.choice(families), sex, country, language)


def canadian_name(rng: random.Random) -> Person:
    sex = rng.choice("FM")
    return Person(rng.choice(CANADIANS_GIVEN), rng.choice(CANADIANS_FAMILY), sex, "CAN", "en")


def place(rng: random.Random, province: str, city: str | None = None) -> Place:
    options = [entry for entry in CITIES[province] if city is None or entry[0] == city]
    name, fsa, area = rng.choice(options)
    code = f"{fsa} {rng.randrange(10)}{rng.choice(_LDU)}{rng.randrange(10)}"
    return Place(f"{rng.randrange(1, 9800)} {rng.choice(_STREETS)}", name, province, code, area)


def mailbox(person: Person) -> str:
    """The part of an e-mail address before the @: ASCII letters, `given.family`."""
    decomposed = unicodedata.normalize("NFD", f"{person.given}.{person.family}".lower())
    return "".join(character for character in decomposed if character.isascii() and character not in "' ")


def phone(rng: random.Random, area_code: str) -> str:
    """In the range 555-0100 to 555-0199, which is kept for fiction."""
    return f"{area_code}-555-01{rng.randrange(100):02d}"


def employer_name(number: int, stream: str, province: str) -> str:
    """The n-th employer's name; different for every `number` below a million in one stream and language."""
    english, french = _SECTORS[stream]
    if province == "QC":
        where, rest = number % len(_FRENCH), number // len(_FRENCH)
        kind, rest = french[rest % len(french)], rest // len(french)
        again, family = divmod(rest - 1, len(CANADIANS_FAMILY))
        tail = f" {CANADIANS_FAMILY[family]}" + (f" {again + 1}" if again else "") if rest else ""
        return f"{kind} {_FRENCH[where]}{tail} inc."
    mixed = (number * 7919) % (len(_BEGINNINGS) * len(_ENDINGS))
    word = _BEGINNINGS[mixed % len(_BEGINNINGS)] + _ENDINGS[mixed // len(_BEGINNINGS)]
    rest = number // (len(_BEGINNINGS) * len(_ENDINGS))
    kind, rest = english[rest % len(english)], rest // len(english)
    suffix, again = _SUFFIXES[rest % len(_SUFFIXES)], rest // len(_SUFFIXES)
    return f"{word} {kind}{f' {again + 1}' if again else ''} {suffix}"
