"""A source that is a JSON service.

Look-ups are POST, so that no identifier is in a URL (and so in no access log on the way):

    POST <url>/lookup {"scheme", "value", "elements", "limit": 51}  → {"records": [{"reference", "values": {..}}]}
    POST <url>/page   {"filter", "elements", "limit", "cursor"}     → the same with "next_cursor"
    POST <url>/count  {"filter"}                                    → {"count"}

Paths and the places of records, reference, elements, cursor and count in the answer are declared (JSON pointers), so
that an existing service needs no change. The service is not trusted: size, time, media type, encoding, duplicate keys,
numbers that are not JSON, number of records and the type of every value are checked; anything else is a SourceError.
Redirects are not followed, proxies of the environment are not used, plain HTTP only to this machine.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import httpx

from audit.canonical import JsonValue
from gateway.adapters.sources.declaration import SourceDeclaration
from gateway.adapters.sources.sql import FETCH_LIMIT, PAGE_LIMIT, WAITING_PER_THREAD
from gateway.adapters.sources.values import converted, converter
from gateway.domain.element import RecordType
from gateway.domain.errors import SourceError, SourceQueryError
from gateway.domain.record import SourcePage, SourceRecord
from gateway.domain.target import ListQuery, SubjectIdentifier

DEFAULT_MAX_BYTES = 4 * 1024 * 1024
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
LONGEST_REFERENCE = 200
LONGEST_CURSOR = 512


class _RubbishError(Exception):
    """Internal: what is wrong with an answer, in words without a value."""


class RestSource:
    """`Source` over HTTP. `timeout` is in seconds for one whole call, waiting for a free slot included."""

    def __init__(
        self,
        record_type: RecordType,
        client: httpx.AsyncClient,
        options: Mapping[str, Any],
        *,
        timeout: float,
        concurrency: int,
    ) -> None:
        self._type = record_type
        self._client = client
        self._options = options
        self._timeout = timeout
        self._slots = asyncio.Semaphore(concurrency)
        self._closing: asyncio.Task[None] | None = None
        self._waiting = 0
        self._most_waiting = concurrency * (1 + WAITING_PER_THREAD)
        self._max_bytes = int(options.get("max_bytes", DEFAULT_MAX_BYTES))
        self._pointers: Mapping[str, str] = options.get("elements", {})
        self._held = frozenset(self._pointers or record_type.elements)
        self._converters = {
            name: converter(record_type.id, name, element.type) for name, element in record_type.elements.items()
        }

    async def fetch(self, subject: SubjectIdentifier, elements: Sequence[str]) -> tuple[SourceRecord, ...]:
        if subject.scheme not in self._type.identifiers:
            raise SourceQueryError("scheme")
        body = {
            "scheme": subject.scheme,
            "value": subject.value,
            "elements": self._asked((*elements, self._type.identifiers[subject.scheme])),
            "limit": FETCH_LIMIT,
        }
        answer = await self._post("fetch_path", "/lookup", body)
        return self._records(answer, elements, FETCH_LIMIT, subject.scheme)

    async def page(self, query: ListQuery, elements: Sequence[str]) -> SourcePage:
        if not 1 <= query.limit <= PAGE_LIMIT:
            raise SourceQueryError("limit")
        if query.cursor is not None and not (0 < len(query.cursor) <= LONGEST_CURSOR and query.cursor.isascii()):
            raise SourceQueryError("cursor")
        self._check_filter(query.filter)
        body = {
            "filter": dict(query.filter),
            "elements": self._asked(elements),
            "limit": query.limit,
            "cursor": query.cursor,
        }
        answer = await self._post("page_path", "/page", body)
        following = _at(answer, self._options.get("next_cursor", "/next_cursor"))
        if following is not None and not (isinstance(following, str) and 0 < len(following) <= LONGEST_CURSOR):
            raise self._failed("the next cursor is not a short text")
        return SourcePage(self._records(answer, elements, query.limit), following)

    async def count(self, filters: Mapping[str, str]) -> int:
        self._check_filter(filters)
        answer = await self._post("count_path", "/count", {"filter": dict(filters)})
        number = _at(answer, self._options.get("count", "/count"))
        if type(number) is not int or number < 0:
            raise self._failed("the count is not a number")
        return number

    def close(self) -> None:
        """Lets go of the connections; those of a running event loop are closed by `aclose`."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            asyncio.run(self._client.aclose())
        else:
            self._closing = loop.create_task(self._client.aclose())

    async def aclose(self) -> None:
        await self._client.aclose()

    def _asked(self, elements: Sequence[str]) -> list[str]:
        return [name for name in dict.fromkeys(elements) if name in self._held]

    def _check_filter(self, filters: Mapping[str, str]) -> None:
        for name in filters:
            if name not in self._type.filters:
                raise SourceQueryError(f"filter.{name}" if name in self._type.elements else "filter")

    def _failed(self, reason: str) -> SourceError:
        return SourceError(f"source of {self._type.id}: {reason}")

    async def _post(self, path_option: str, default: str, body: Mapping[str, Any]) -> Any:
        if self._waiting >= self._most_waiting:
            raise self._failed("too many requests are waiting for it")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._timeout), self._slots:
                raw = await self._receive(self._options.get(path_option, default), body)
            return _parse(raw)
        except TimeoutError:
            raise self._failed("too slow") from None
        except httpx.HTTPError as error:
            raise self._failed(f"cannot be reached ({type(error).__name__})") from None
        except _RubbishError as error:
            raise self._failed(str(error)) from None
        finally:
            self._waiting -= 1

    async def _receive(self, path: str, body: Mapping[str, Any]) -> bytes:
        url = str(self._options["url"]).rstrip("/") + path
        async with self._client.stream("POST", url, json=body) as response:
            if response.status_code != 200:
                raise _RubbishError(f"answered status {response.status_code}")
            if response.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
                raise _RubbishError("the answer is not application/json")
            if response.headers.get("content-encoding", "identity").lower() != "identity":
                raise _RubbishError("the answer is compressed")
            received = bytearray()
            async for chunk in response.aiter_raw():
                received += chunk
                if len(received) > self._max_bytes:
                    raise _RubbishError("the answer is too large")
            return bytes(received)

    def _records(
        self, answer: Any, elements: Sequence[str], most: int, look_up: str | None = None
    ) -> tuple[SourceRecord, ...]:
        found = _at(answer, self._options.get("records", "/records"))
        if not isinstance(found, list):
            raise self._failed("the answer has no list of records")
        if len(found) > most:
            raise self._failed("the answer has more records than were asked for")
        return tuple(self._record(item, elements, look_up) for item in found)

    def _record(self, item: Any, elements: Sequence[str], look_up: str | None) -> SourceRecord:
        reference = _at(item, self._options.get("reference", "/reference"))
        if type(reference) is int:
            reference = str(reference)
        if not isinstance(reference, str) or not 0 < len(reference) <= LONGEST_REFERENCE:
            raise self._failed("a record has no reference")
        asked = self._asked(elements)
        converters = [(name, self._converters[name]) for name in asked]
        values, unfit = converted(converters, [self._value(item, name) for name in asked])
        found_by = () if look_up is None else tuple(_at(item, pointer) for pointer in self._found_by(look_up))
        provenance = {name: _at(item, pointer) for name, pointer in self._options.get("provenance", {}).items()}
        return SourceRecord(reference, values, unfit, tuple(map(_scalar, found_by)), provenance)

    def _value(self, item: Any, element: str) -> Any:
        return _at(item, self._pointers.get(element, f"/values/{element}"))

    def _found_by(self, scheme: str) -> Sequence[str]:
        """Where a record says by what it was looked up: the declared places, or the element of the scheme."""
        element = self._type.identifiers[scheme]
        declared: Mapping[str, Sequence[str]] = self._options.get("found_by", {})
        return declared.get(scheme, (self._pointers.get(element, f"/values/{element}"),))


def open_rest(declaration: SourceDeclaration, cursor_secret: bytes) -> RestSource:
    """Raises SourceDeclarationError. The cursor is the service's own, so `cursor_secret` is not used."""
    del cursor_secret
    options = declaration.options
    parts = urlsplit(options["url"])
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise declaration.refuse("url: plain HTTP is for this machine only")
    for scheme, element in declaration.record_type.identifiers.items():
        if "elements" in options and element not in options["elements"] and scheme not in options.get("found_by", {}):
            raise declaration.refuse(
                f"identifier {scheme}: a record has to say by what it was found; give {element} a place in elements, "
                "or the scheme one in found_by"
            )
    headers = {"accept": "application/json", "accept-encoding": "identity"}
    if "bearer_token_file" in options:
        try:
            token = (declaration.folder / options["bearer_token_file"]).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise declaration.refuse(f"bearer_token_file cannot be read ({type(error).__name__})") from None
        headers["authorization"] = f"Bearer {token}"
    client = httpx.AsyncClient(
        headers=headers,
        timeout=declaration.timeout,
        follow_redirects=False,
        trust_env=False,
        limits=httpx.Limits(max_connections=declaration.concurrency),
    )
    return RestSource(
        declaration.record_type, client, options, timeout=declaration.timeout, concurrency=declaration.concurrency
    )


def _parse(raw: bytes) -> Any:
    try:
        return json.loads(
            raw.decode("utf-8"), object_pairs_hook=_unique, parse_float=Decimal, parse_constant=_no_constant
        )
    except _RubbishError:
        raise
    except (ValueError, RecursionError, ArithmeticError):
        raise _RubbishError("the answer is not JSON") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise _RubbishError("the answer has a key twice")
    return result


def _no_constant(name: str) -> Any:
    raise _RubbishError("the answer is not JSON")


def _at(value: Any, pointer: str) -> Any:
    """What a JSON pointer (RFC 6901) leads to, through objects only; None where there is nothing."""
    for part in pointer.split("/")[1:]:
        if not isinstance(value, dict):
            return None
        value = value.get(part.replace("~1", "/").replace("~0", "~"))
    return value


def _scalar(value: Any) -> JsonValue:
    """What can be an identifier; anything else is none."""
    return str(value) if type(value) in (int, str) else None
