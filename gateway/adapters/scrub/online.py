"""Rules for where someone is found online: e-mail, web addresses, names on social networks and messaging apps.

Written for folded text. The e-mail rule is a plain pattern: it needs no list of public suffixes and fetches nothing. A
name on a network counts behind `@`, behind the network's name and a colon, or, where it has a digit, an underscore or
an inner dot, near the network's name.
"""

from gateway.adapters.scrub.recognizer import NEEDS_CONTEXT, Rule

_AT_WORD = r"(?:arobase|arobas|arroba|arrobas)"
_DOT_WORD = r"(?:dot|point|punto|tuldok)"
_AT = rf"(?:@ ?| ?[(\[{{<] ?(?:at|a|@|{_AT_WORD}) ?[)\]}}>] ?| {_AT_WORD} )"
_DOT = rf"(?:\.| ?[(\[{{] ?(?:{_DOT_WORD}|\.) ?[)\]}}] ?| {_DOT_WORD} )"
_SAFE_ENDING = r"(?:com|org|net|info|io|gov|edu|biz|app|dev|xyz|online|ca|quebec|mx|ph|gt|jm|hn|sv|uk|ua|vn|example|qc)"
_LOCAL = r"(?<![\w.+\-])[\w.+\-']{1,64}"
_NOT_WORDS = (
    r"(?!(?:look|looking|looked|posted|found|live|lives|lived|work|works|worked|see|seen|job|jobs|site|website|page|is|"
    r"was|are|were|up|him|her|me|us|them|meet|met|account|ad|photos?|pictures?|posts?) )"
)
EMAIL = Rule(
    "EMAIL",
    (
        (rf"{_LOCAL}{_AT}[\w\-]{{1,63}}(?:{_DOT}[\w\-]{{1,63}}){{0,4}}{_DOT}[A-Za-z][\w\-]{{1,62}}", 0.95),
        (rf"{_LOCAL} ?@ ?[\w\-]{{1,63}} ?\. ?{_SAFE_ENDING}\b", 0.8),
        (
            rf"{_LOCAL}(?: {_DOT_WORD} [\w\-]{{1,30}}){{0,3}} (?:at|{_AT_WORD}) [\w\-]{{1,63}}"
            rf"(?: {_DOT_WORD} [\w\-]{{2,63}}){{1,4}}\b",
            0.85,
        ),
        (
            rf"(?<![\w.+\-]){_NOT_WORDS}[\w.+\-']{{1,64}} (?:at|{_AT_WORD}) [\w\-]{{1,63}}(?:\.[\w\-]{{1,63}}){{0,3}}"
            rf"\.{_SAFE_ENDING}\b",
            0.8,
        ),
        (r"(?<![\w.+\-@/])[\w.+\-]{2,64}@[A-Za-z][\w\-]{2,30}(?![\w.@])", 0.7),
        (r"(?<![A-Za-z0-9])[A-Za-z0-9.\-]{1,40}_at_[A-Za-z0-9.\-]{1,40}(?:_dot_[A-Za-z0-9\-]{2,30}){1,3}\b", 0.85),
    ),
)

_ENDING = r"(?<![.,;:!?)\]'\"])"
_HOST = r"(?<![\w@.\-])[\w\-]{1,63}(?:\.[\w\-]{1,63}){0,3}"
_ONLY_WITH_PATH = (
    r"(?:me|ly|be|in|us|es|fr|de|co|it|is|to|gl|gg|ee|ai|id|cn|cl|pe|ht|ma|tn|do|tv|live|link|site|page|shop)"
)
URL = Rule(
    "URL",
    (
        (rf"\bhttps?://[^\s<>]{{1,2000}}{_ENDING}", 0.9),
        (rf"\bwww\.[^\s<>]{{1,2000}}{_ENDING}", 0.9),
        (rf"{_HOST}\.{_SAFE_ENDING}(?:/[^\s<>]{{0,2000}})?(?![\w@])" + _ENDING, 0.7),
        (rf"{_HOST}\.{_ONLY_WITH_PATH}/[^\s<>]{{1,2000}}" + _ENDING, 0.7),
        (r"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9.])", 0.6),
    ),
)

_NETWORKS = (
    "insta", "instagram", "ig", "face", "facebook", "fb", "tiktok", "snap", "snapchat", "telegram", "tg", "wechat",
    "weixin",
    "viber", "kakao", "kakaotalk", "discord", "skype", "twitter", "messenger", "linkedin", "zalo", "bluesky",
    "imo",
)  # fmt: skip
_NETWORK = rf"\b(?:{'|'.join(_NETWORKS)}|tik tok|we chat|line id)"
_CALLED = (
    r"(?:(?:'s)? ?(?:id|user ?name|user|handle|account|profile|name|compte|pseudo|pseudonyme|identifiant|perfil|"
    r"usuario|"
    r"cuenta|nom|nombre|page)){0,2}"
)
_NO_ANSWER = r"(?!(?:yes|no|none|nothing|not|oui|non|aucun|aucune|rien|si|nada|ninguno|wala|oo)\b)"
_ANY_HANDLE = r"@?(?=[\w.#\-]{0,30}[A-Za-z_])[\w][\w.#\-]{1,38}\w"
_SURE_HANDLE = r"@?(?=[\w.#\-]{0,30}[A-Za-z])(?=\w[\w\-]{0,30}(?:[0-9_#]|\.\w))\w[\w.#\-]{1,38}\w"
HANDLE = Rule(
    "HANDLE",
    (
        (r"(?<![\w@./])@(?=[\w.]{0,30}[A-Za-z])\w[\w.]{0,38}\w", 0.7),
        (rf"{_NETWORK}{_CALLED} ?[:=] ?{_NO_ANSWER}(?P<id>{_ANY_HANDLE})(?![\w@])", 0.72),
        (
            rf"{_NETWORK}{_CALLED}(?: (?:is|est|es|c'est|ay|ko|as|under|sous|como|"
            rf"at))? ?[(]?(?P<id>{_SURE_HANDLE})(?![\w@])",
            0.7,
        ),
        (
            r"(?<![\w@./\-])(?=(?-i:[a-z])[\w.]{2,38})(?:[A-Za-z]{2,30}(?:[_.][A-Za-z0-9]{2,30}){1,3}[0-9]{0,6}|"
            r"[A-Za-z]{2,20}_[A-Za-z0-9_]{1,20}|[A-Za-z]{3,30}[0-9]{1,6}|\w{2,20}#[0-9]{4})(?![\w@/])",
            NEEDS_CONTEXT,
        ),
    ),
    context=(*(each for each in _NETWORKS if each not in {"face", "snap"}), "tik", "chat"),
)

ONLINE_RULES = (EMAIL, URL, HANDLE)
