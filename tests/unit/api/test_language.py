"""The language of an answer, as a caller weighs it."""

import pytest

from gateway.api.language import prefers_french


@pytest.mark.parametrize(
    ("said", "french"),
    [
        ([], False),
        ([b"fr"], True),
        ([b"FR-ca"], True),
        ([b"en"], False),
        ([b"en, fr"], False),
        ([b"fr, en"], True),
        ([b"en;q=0.8, fr;q=0.9"], True),
        ([b"en;q=0.8,fr-CA;q=0.9,*;q=0.1"], True),
        ([b"fr;q=0.5, en"], False),
        ([b"fr;q=0"], False),
        ([b"de, fr;q=0.3"], True),
        ([b"*"], False),
        ([b"de;q=1, *;q=0.5"], False),
        ([b"en;q=0, *"], True),
        ([b"en;q=0.2", b"fr;q=0.4"], True),
        ([b"french"], False),
        ([b"frx"], False),
        ([b"fr;q=2"], False),
        ([b"fr;q=nan, en"], False),
        ([b""], False),
        ([b",,,"], False),
        ([b"\xff\xfe"], False),
        ([b"en," * 5_000 + b"fr"], False),
    ],
)
def test_french_where_it_is_liked_better(said: list[bytes], french: bool) -> None:
    assert prefers_french([(b"accept-language", line) for line in said]) is french
