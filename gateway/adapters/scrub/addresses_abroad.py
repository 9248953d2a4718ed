"""Rule for addresses as they are written in Mexico, Central America and the Philippines.

Written for folded text: a kind of street, its name, then the number; a kilometre of a road; a colonia, barrio, purok or
barangay. Towns and states stay. A kind of street without a number ("calle sin luz") is no address.
"""

from gateway.adapters.scrub.recognizer import Rule

_STREET = (
    r"(?:calle|avenida|av|ave|bulevar|boulevard|blvd|calzada|calz|callejon|camino|andador|prolongacion|prol|privada|priv|"
    r"circuito|cerrada|pasaje|diagonal|jiron)"
)
_ROAD = r"(?:carretera|carr|camino|autopista|ruta|libramiento|highway|hwy|national road)"
_NUMBER_SIGN = r"(?:#|no\.? ?|num\.? ?|numero |n\u00b0 ?|nro\.? ?)"
_NAMED = r"(?-i:[A-Z])[\w'.\-]{1,20}(?: (?:(?:de |del |la |los |las |el ){0,2}(?-i:[A-Z])[\w'.\-]{1,20})){0,3}"
_AREA = (
    r"(?:(?-i:Col\.)|colonia|barrio|fracc\.|fraccionamiento|aldea|caserio|residencial|urbanizacion|(?-i:Purok|Sitio)|"
    r"brgy\.?|barangay)"
)
_WITHIN = (
    r"(?:,? (?:int|interior|depto|casa|bloque|blk|block|manzana|mz|mza|lote|lot|zona|sector|pasaje|sm)\.? ?#?"
    r"[A-Z]?[0-9]{1,4}[A-Z]?)"
)
_CROSSING = r"(?: (?:x|por|entre) [0-9]{1,3}(?: y [0-9]{1,3})?)?"
_THEN_AREA = rf"(?:,? {_AREA} {_NAMED})?"

ADDRESS_ABROAD = Rule(
    "ADDRESS",
    (
        (
            rf"(?<![\w']){_STREET}\b\.? (?:[\w'.\-]{{1,20}} ){{1,4}}?{_NUMBER_SIGN}[0-9]{{1,5}}"
            rf"(?:-?[A-Z0-9]{{1,3}})?\b{_CROSSING}"
            rf"{_WITHIN}{{0,3}}{_THEN_AREA}",
            0.85,
        ),
        (
            rf"(?<![\w']){_STREET}\b\.? (?:[0-9]{{1,2}} de )?{_NAMED},? (?:[0-9]{{1,5}}[A-Z]?|s/n)\b(?! ?(?:\$|"
            rf"%|horas?|personas|dolares))"
            rf"{_CROSSING}{_WITHIN}{{0,3}}{_THEN_AREA}",
            0.8,
        ),
        (
            r"(?<![\w'])[0-9]{1,2}(?:ra|da|ta|va|na|ma|a|o|\u00b0)?\.? (?:avenida|av\.?|calle|"
            r"c\.) [0-9A-Z]{1,4}-[0-9]{1,4}\b"
            rf"{_WITHIN}{{0,3}}",
            0.85,
        ),
        (rf"(?<![\w']){_ROAD}\b\.? [\w.'\- ]{{0,40}}?\bkm\.? ?[0-9]{{1,3}}(?:[.,][0-9]{{1,2}})?\b", 0.85),
        (rf"(?<![\w']){_AREA} (?:(?-i:[0-9A-Z])[\w'.\-]{{0,20}})(?: "
        rf"(?-i:[A-Z])[\w'.\-]{{1,20}}){{0,3}}{_WITHIN}{{0,4}}", 0.7),
        (r"\b(?:lot|lote)\.? ?[0-9]{1,4},? ?(?:blk|block|manzana|mza?)\.? ?[0-9]{1,3}\b", 0.85),
        (r"\b(?:blk|block|manzana|mz)\.? ?[0-9]{1,3},? ?(?:lot|lote)\.? ?[0-9]{1,4}\b(?:, ?[\w'.\-]{2,20} (?:st|"
        r"street|ave)\b\.?)?", 0.85),
    ),
)  # fmt: skip
