"""Every kind in the spellings people use, and what has the same shape and must stay."""

import pytest

from gateway.adapters.scrub.banks import clabe_valid
from gateway.adapters.scrub.national import dpi_valid
from gateway.adapters.scrub.scrubber import PresidioScrubber

SCRUBBER = PresidioScrubber()


def scrub(text: str) -> str:
    return SCRUBBER.scrub(text, ()).text


@pytest.mark.parametrize(
    "spelled",
    [
        "2024-03", "2024/03", "03-2024", "94-03-12", "24-03-12", "12/03/'24", "Mar '24", "mars '24", "12MAR24",
        "3-III-24",
        "15/ago/1996", "12-ago-95", "3-avr-24", "12 mars 24", "3 de marzo", "1º de junio", "3 de marzo del 2024",
        "junio del 2023",
        "ene. 2024", "dos de febrero", "Marso 3", "ika-3 ng Marso", "Pebrero 3, 1990", "5 Disyembre 2023",
        "March the 3rd",
        "3rd day of March", "3 et 7 juin", "1 y 2 de abril",
    ],
)  # fmt: skip
def test_dates(spelled: str) -> None:
    assert scrub(f"seen {spelled}, then nothing") == "seen [DATE], then nothing"


@pytest.mark.parametrize(
    ("text", "scrubbed"),
    [
        ("permit expires 05/26", "permit expires [DATE]"),
        ("desde 2023.11 sin pago", "desde [DATE] sin pago"),
        ("DOB 900305, née le 05 03 90", "DOB [DATE], née le [DATE]"),
        ("el 20/06 vino", "el [DATE] vino"),
        ("gross 2023.11 and 05/26 of them, 24/7, 3/4, 120/80", None),
        ("le 24/7, del 3/4 del campo, au 2/3 des champs", None),
        ("en mars 12 personnes, en abril 12 trabajadores, 2019-2023, 2023-24", None),
        ("row 5 - 10 - 15, then 20-20-20", None),
    ],
)
def test_dates_that_need_a_word_and_fractions_that_stay(text: str, scrubbed: str | None) -> None:
    assert scrub(text) == (text if scrubbed is None else scrubbed)


@pytest.mark.parametrize(
    "spelled",
    [
        "613 - 555 - 0147", "(613) 555 - 0147", "613-555-O147", "613 555-01-47", "1-800-555-HELP", "1 800 555-AIDE",
        "(519) 555-FARM", "0063 917 555 0100", "011-52-55-5555-0100", "(502) 5555 0137", "504-9955-0181",
        "0917 555 0138",
        "+52 1 55 5555 0100",
    ],
)  # fmt: skip
def test_telephones(spelled: str) -> None:
    assert scrub(f"reach her: {spelled}, late") == "reach her: [PHONE], late"


@pytest.mark.parametrize("app", ["WhatsApp", "Signal", "Viber", "Telegram", "whats", "GCash"])
def test_numbers_of_messaging_apps(app: str) -> None:
    assert scrub(f"{app} 52 55 5555 0100 only") == f"{app} [PHONE] only"


@pytest.mark.parametrize(
    "spelled",
    [
        "maria arobas exemple point ca", "maria arroba ejemplo punto com punto mx", "maria (arroba) ejemplo.com",
        "maria [arobas] exemple [point] com", "maria at example dot com", "maria at example.com", "maria @example.com",
        "maria@ example.com", "ana dot cruz at example dot org", "maria_at_example_dot_com", "maria@mail",
    ],
)  # fmt: skip
def test_mail(spelled: str) -> None:
    assert scrub(f"write {spelled} today") == "write [EMAIL] today"


def test_what_is_no_mail() -> None:
    text = "12 boxes @ 4.50 each; look at the list; see page 4.2 dot"
    assert scrub(text) == text


@pytest.mark.parametrize(
    "spelled",
    [
        "example.com/maria",
        "facebook.com/maria.p",
        "t.me/ana_c",
        "wa.me/15195550100",
        "linktr.ee/ana",
        "ejemplo.com.gt/v",
    ],
)
def test_links_without_scheme(spelled: str) -> None:
    assert scrub(f"see {spelled} soon") == "see [URL] soon"


@pytest.mark.parametrize(
    ("text", "scrubbed"),
    [
        ("@maria_p, insta: maria.p", "[HANDLE], insta: [HANDLE]"),
        ("her Snapchat is mari_p", "her Snapchat is [HANDLE]"),
        ("WeChat ID: lakhi, WeChat wxid_abc123", "WeChat ID: [HANDLE], WeChat [HANDLE]"),
        ("goes by big.mike.farm on TikTok", "goes by [HANDLE] on TikTok"),
        ("discord ana#4821", "discord [HANDLE]"),
        ("facebook posts; instagram: yes; a telegram chat; production line A12", None),
        ("goes by big.mike.farm here", None),
    ],
)
def test_handles(text: str, scrubbed: str | None) -> None:
    assert scrub(text) == (text if scrubbed is None else scrubbed)


@pytest.mark.parametrize(
    "spelled",
    [
        "Lot 12 Concession 4", "Lot 12, Conc. IV", "Lots 12 and 13, Con 9", "lot 18, 3e concession",
        "Lote 9, Concesión 3",
        "Range Road 142", "NW 22-14-9 W3", "SE-14-33-12-W4M", "RR 4, Site 12, Box 8", "B.P. 218", "BP 77", "Casier 12",
        "General Delivery", "poste restante", "812, 2e Rang", "1247, 4e Rang Ouest", "chemin du 5e-Rang, n° 482",
        "Calle Hidalgo #45 int. 3", "Calle 5 de Mayo 123", "Av. Reforma No. 1204", "Av Hidalgo s/n", "Apdo. Postal 218",
        "Carretera federal 45 km 12", "Colonia Las Brisas, bloque 4, casa 12", "Purok 3", "Brgy. Malinis",
        "Blk 8 Lot 14",
        "3a calle 4-12 zona 1",
    ],
)  # fmt: skip
def test_addresses(spelled: str) -> None:
    assert scrub(f"mail for {spelled}; soon") == "mail for [ADDRESS]; soon"


def test_what_is_no_address() -> None:
    text = "lot 45 of apples, calle sin luz, Highway 401, room 204, bunkhouse 4, pressure BP 120/80, T4 box 22, ruta 5"
    assert scrub(text) == text


@pytest.mark.parametrize(
    "spelled", ["K1A/0B1", "K1A_0B1", "K1A.0B1", "K1A, 0B1", "K1A•0B1", "K 1 A - 0 B 1", "KIA 0B1"]
)
def test_postal_codes(spelled: str) -> None:
    assert scrub(f"code {spelled} here") == "code [POSTAL] here"


def test_the_postal_code_of_mexico_is_no_box() -> None:
    assert scrub("Ticul, C.P. 97860; C.P. 45") == "Ticul, C.P. [POSTAL]; [ADDRESS]"


@pytest.mark.parametrize(
    ("text", "scrubbed"),
    [
        ("plate ABCD123, plaque: A12 BCD", "plate [PLATE], plaque: [PLATE]"),
        ("placas abc 1234 y plaka csdp 118", "placas [PLATE] y plaka [PLATE]"),
        ("placa P-123ABC, tag AB-12345", "placa [PLATE], tag [PLATE]"),
        ("a grey van AC 71042 followed", "a grey van [PLATE] followed"),
        ("followed by BNXT 221 and CGH-4471", "followed by [PLATE] and [PLATE]"),
        ("scooter PB10 AB 4821", "scooter [PLATE]"),
        ("NOC 851, CAD 500, 120 LBS, IMM 571, TEER 5, PPE 200, form TX400", None),
        ("PAID 300 MEN FOR 120 HRS AND ROW 123 ABC IN ALL", None),
        ("a plate of rice 200g, la placa solar, plaque chauffante, a ram 1500 truck", None),
    ],
)
def test_plates(text: str, scrubbed: str | None) -> None:
    assert scrub(text) == (text if scrubbed is None else scrubbed)


@pytest.mark.parametrize(
    "spelled",
    [
        "PEXJ881205HVZRNN03", "pexj881205hvzrnn03", "PEXJ 881205 HVZRNN 03", "PEXJ881205AB1", "PEXJ-881205-AB1",
        "PRXJNN88120530H300", "5007 26426 0108", "0801-1994-12087", "34-8812047-5", "12-482107733-5", "5186 0320 4726",
        "BQWPS4821K", "219-48-2077",
    ],
)  # fmt: skip
def test_national_numbers_by_their_shape(spelled: str) -> None:
    assert scrub(f"gave {spelled} there") == "gave [NATIONAL] there"


@pytest.mark.parametrize(
    "labelled",
    [
        "NSS 4268 1284 560", "IMSS no. 42681284560", "DPI 1234 56789 0101", "CUI: 1234567890101", "NIT 4821077-K",
        "DUI 04821077-3", "DNI 0318 1991 00482", "RTN 08011994120871", "TRN 104-882-731", "NIS B482913",
        "PhilSys 4821 0937 5520 1184", "SSS no. 3488120475", "TIN 459-915-599-000", "UMID 0111-1234567-8",
        "Pag-IBIG MID 1211-0482-7730", "aadhaar 518603204726", "cédula 1.048.217.730",
    ],
)  # fmt: skip
def test_national_numbers_beside_their_label(labelled: str) -> None:
    assert scrub(f"{labelled}, she said").endswith(" [NATIONAL], she said")


@pytest.mark.parametrize(
    "spelled",
    [
        "002180000192715419", "0021 8000 0192 7154 19", "002-180-00019271541-9", "GT36TRAJ01020000590400297332",
        "GT36 TRAJ 0102 0000 5904 0029 7332", "FR76 3000 6000 0112 3456 7890 189", "04482-002", "003-12345",
        "ABCD0048217",
    ],
)  # fmt: skip
def test_bank_numbers_by_their_shape(spelled: str) -> None:
    assert scrub(f"gave {spelled} there") == "gave [BANK] there"


@pytest.mark.parametrize(
    "labelled",
    [
        "account 5019982", "acct# 123-456-7", "compte n° 12 345 67", "cuenta: 12345678", "transit 04412",
        "institution 003",
        "folio 048 2177", "routing no. 021000021", "SWIFT TESTUA2XXXX", "BIC: TESTGTGC", "MTCN 482-119-7730",
        "CLABE 00218000019",
    ],
)  # fmt: skip
def test_bank_numbers_beside_their_label(labelled: str) -> None:
    assert scrub(f"{labelled}, she said").endswith(" [BANK], she said")


def test_money_is_no_bank_number() -> None:
    text = "the account of 6 workers, bank 24 hours, transit 45 minutes, cheque 120, compte 3, SWIFT ACTION"
    assert scrub(text) == text


def test_check_digits() -> None:
    assert dpi_valid("5007 26426 0108")
    assert not dpi_valid("5007 26427 0108")
    assert not dpi_valid("0000 00000 0000")
    assert clabe_valid("002180000192715419")
    assert not clabe_valid("002180000192715418")
    assert not clabe_valid("000000000000000000")


@pytest.mark.parametrize("spelled", ["3714 496353 98431", "3714-496353-98431", "4000 617492 382711"])
def test_payment_cards_in_other_groups(spelled: str) -> None:
    assert scrub(f"card {spelled} kept") == "card [NUMBER] kept"


def test_shifts_on_the_clock_stay_and_a_uci_beside_its_label_goes() -> None:
    assert scrub("0530-1400 and 1400-2230") == "0530-1400 and 1400-2230"
    assert scrub("UCI 0530-1400") == "UCI [UCI]"
