"""The signature base: the bytes that are signed (RFC 9421 section 2.5).

    "@method": POST
    "@target-uri": https://gateway.example/v1/disclosures
    "@signature-params": ("@method" "@target-uri");created=...;tag="isa-gateway-v1"

One line for each covered component in the signer's order, then the parameters; LF between the lines.
Invariant: a value with a line break or other control character cannot enter, so no value can pose as a
line of its own. Which components must be covered is not decided here.
"""

from collections.abc import Iterable, Mapping

from gateway.httpsig.errors import Reason, SignatureError


def component_identifier(name: str, *, req: bool = False, key: str | None = None) -> str:
    """A serialized component identifier: `"name"`, `"name";req`, `"name";req;key="label"`.

    `req` takes the component from the request that a response answers (section 2.4), `key` one member of a
    dictionary field (section 2.1.2).
    """
    identifier = f'"{name}"'
    if req:
        identifier += ";req"
    return f'{identifier};key="{key}"' if key is not None else identifier


def covered_list(identifiers: Iterable[str]) -> str:
    """The inner list of serialized identifiers that begins the signature parameters."""
    return f"({' '.join(identifiers)})"


def signature_base(identifiers: Iterable[str], values: Mapping[str, str], parameters: str) -> bytes:
    """The bytes to sign.

    `identifiers` are serialized component identifiers, `values` their values, `parameters` the whole
    serialized `@signature-params` value, covered list included.

    Raises:
        SignatureError: missing-component when a covered component has no value in this message,
            bad-header when a value is not printable ASCII.
    """
    try:
        lines = [f"{identifier}: {values[identifier]}" for identifier in identifiers]
    except KeyError as absent:
        raise SignatureError(Reason.MISSING_COMPONENT, str(absent.args[0]).strip('"')) from absent
    lines.append(f'"@signature-params": {parameters}')
    together = "".join(lines)
    if not together.isprintable() or not together.isascii():
        raise SignatureError(Reason.BAD_HEADER)
    return "\n".join(lines).encode("ascii")
