"""A log with everything beside it, and what a person with write access to its tables does to them.

`write_world` makes disclosures about people with one and with two identifiers, a page of several people, duties done
and open, an erasure, keys, consents, orders and referrals, kept documents. Every `Damage` is plain SQL that both
databases understand, and names the kinds of fault that `gateway log reconcile` must tell, and no others.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine, text

from audit import canonical
from audit.commitment import commit_private, fresh_salt
from audit.encoding import to_base64url
from audit.entry import AgreementRef, Obligation
from audit.vocabulary import digest_text
from gateway.adapters.db.documents import AGREEMENT, POLICY, KeptDocuments
from gateway.adapters.log.assembly import OpenLog
from gateway.adapters.log.group_commit import GroupCommit
from gateway.adapters.log.vault import Vault
from gateway.domain.actor import Actor
from gateway.domain.submission import ObligationDue, ObligationRef, PrivatePart, Receipt, Submission
from gateway.domain.target import SubjectIdentifier
from gateway.service.person.erasure import MINIMUM_FEDERAL, Erased, Erasure
from tests.unit.log import tampering
from tests.unit.log.samples import KEYS, TIME, subject, submission
from tests.unit.log.tampering import ACTIVE, FOREIGN, desk_on, inserted
from tests.unit.log.world import SetClock, WholeRows

ONE, TWO, FILE, GONE, STRANGER = (subject(number) for number in (1, 2, 3, 4, 77))
DUE = TIME + timedelta(days=30)
AGREEMENT_TEXT, POLICY_TEXT = canonical.encode({"id": "isa-esdc-ircc"}), canonical.encode({"data": {}})


def about(*subjects: SubjectIdentifier, parts: int = 1) -> Submission:
    """A disclosure with two duties, in as many private parts, which cites what is kept."""
    duties = (ObligationDue("retain", "use-ended", DUE), ObligationDue("tell-if-corrected", "correction", None))
    made = tuple(_part(subjects if parts == 1 else (subjects[at],), duties) for at in range(parts))
    plain = submission(*subjects, nonce=None, parts=made)
    entry = replace(
        plain.entry,
        agreement=AgreementRef("isa-esdc-ircc", "1.0", digest_text(sha256(AGREEMENT_TEXT).digest())),
        policy_revision=digest_text(sha256(POLICY_TEXT).digest()),
        obligations=(Obligation("retain", "2026-12-20"), Obligation("tell-if-corrected", None)),
    )
    return replace(plain, entry=entry, obligations=duties)


def _part(subjects: tuple[SubjectIdentifier, ...], duties: tuple[ObligationDue, ...]) -> PrivatePart:
    body = {"note": "canary", "duties_on": [duty.on for duty in duties]}
    salt = fresh_salt()
    plaintext = canonical.encode({"part": body, "salt": to_base64url(salt)})
    return PrivatePart(subjects, plaintext, commit_private(salt, body))


async def write_world(opened: OpenLog, log: GroupCommit) -> Mapping[str, Any]:
    """Everything, through the log: entries 0 to 3 are about people, 4 fulfils a duty of 0, 5 erases the person of 3;
    then come the rows of state. Gives the rows as they were before some were erased or ended."""
    documents = KeptDocuments(opened.engine)
    documents.keep(AGREEMENT, AGREEMENT_TEXT)
    documents.keep(POLICY, POLICY_TEXT)
    for made in (about(ONE), about(TWO, FILE), about(ONE, TWO, parts=2), about(GONE)):
        assert isinstance(await log.commit(made), Receipt)
    done = replace(submission(nonce=None, parts=(_part((), ()),)), obligations=(), done=(ObligationRef(0, 0),))
    kept = about(ONE).entry
    done = replace(done, entry=replace(done.entry, agreement=kept.agreement, policy_revision=kept.policy_revision))
    assert isinstance(await log.commit(done), Receipt)
    with opened.engine.connect() as connection:
        before = {
            table: [dict(row) for row in connection.execute(text(f"SELECT * FROM {table}")).mappings()]
            for table in ("private_part", "search_token", "subject_key")
        }
    erasure = Erasure(log, SetClock(TIME + timedelta(days=800)), WholeRows())
    gone = await erasure.erase(
        GONE, authority="PA-6-3", actor=Actor.stated("esdc-isb", "r.roy"), minimum=MINIMUM_FEDERAL
    )
    assert isinstance(gone, Erased)
    rows = await tampering.put_on_record(desk_on(opened.engine), _stated(log))
    opened.checkpoints.sign()
    return {**before, **rows}


def _stated(log: GroupCommit) -> Any:
    """The rows of state come with sample entries, which here have no duties and cite what is kept."""

    class Stated:
        async def commit(self, made: Submission) -> Any:
            if made.entry.kind != "disclosure":
                return await log.commit(made)
            kept = about(ONE).entry
            entry = replace(made.entry, agreement=kept.agreement, policy_revision=kept.policy_revision)
            return await log.commit(replace(made, entry=entry, obligations=()))

    return Stated()


Do = Callable[[Engine, Mapping[str, Any]], None]


@dataclass(frozen=True)
class Damage:
    name: str
    kinds: frozenset[str]
    do: Do


def _sql(name: str, kinds: str, *statements: str, **values: Any) -> Damage:
    def do(engine: Engine, _before: Mapping[str, Any]) -> None:
        for statement in statements:
            with engine.begin() as connection:
                needed = {key: value for key, value in values.items() if f":{key}" in statement}
                assert connection.execute(text(statement), needed).rowcount >= 1, statement

    return Damage(name, frozenset(kinds.split()), do)


def _token(who: SubjectIdentifier) -> bytes:
    return Vault(KEYS).token(who)


def _again(engine: Engine, table: str, row: Mapping[str, Any]) -> None:
    columns = ", ".join(row)
    with engine.begin() as connection:
        values = ", ".join(f":{column}" for column in row)
        connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"), dict(row))


def _put_back(engine: Engine, before: Mapping[str, Any]) -> None:
    for table in ("private_part", "search_token"):
        for row in before[table]:
            if row["entry_index"] == 3:
                _again(engine, table, row)
    for row in before["subject_key"]:
        if row["token"] == _token(GONE):
            _again(engine, "subject_key", row)


def _swap_parts(engine: Engine, _before: Mapping[str, Any]) -> None:
    with engine.begin() as connection:
        texts: dict[int, Any] = dict(
            connection.execute(
                text("SELECT entry_index, ciphertext FROM private_part WHERE part = 0 AND entry_index IN (0, 2)")
            ).all()
        )
        for index, other in ((0, 2), (2, 0)):
            values = {"body": texts[other], "at": index}
            connection.execute(
                text("UPDATE private_part SET ciphertext = :body WHERE entry_index = :at AND part = 0"), values
            )


def _other_key(engine: Engine, before: Mapping[str, Any]) -> None:
    other = next(row for row in before["subject_key"] if row["token"] == _token(TWO))
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE subject_key SET wrapped = :w WHERE token = :t"), {"w": other["wrapped"], "t": _token(ONE)}
        )


def _insert_key(engine: Engine, before: Mapping[str, Any]) -> None:
    put = inserted("partner_key", "keyid", FOREIGN.keyid, ACTIVE.keyid)
    put(tampering.writer(engine), before)


def _insert_case(engine: Engine, before: Mapping[str, Any]) -> None:
    inserted("case_record", "id", "c-9", "c-1")(tampering.writer(engine), before)


_AT = " WHERE entry_index = 1 AND position = {}"
_ADD_DUTY = "INSERT INTO obligation (entry_index, position, code, on_event, due) VALUES "
DAMAGES = (
    _sql("all search tokens are deleted", "token-missing", "DELETE FROM search_token"),
    _sql(
        "one search token is deleted",
        "token-missing",
        "DELETE FROM search_token WHERE token = :t AND entry_index = 1",
        t=_token(FILE),
    ),
    _sql(
        "a search token leads to another entry",
        "token-missing token-surplus",
        "UPDATE search_token SET entry_index = 2 WHERE token = :t AND entry_index = 1",
        t=_token(FILE),
    ),
    _sql(
        "a search token of a stranger is inserted",
        "token-surplus",
        "INSERT INTO search_token (token, entry_index, part) VALUES (:t, 0, 0)",
        t=_token(STRANGER),
    ),
    _sql(
        "a part is filed under another person, tokens and all",
        "part-unreadable",
        "UPDATE private_part SET tokens = :tokens WHERE entry_index = 1",
        "UPDATE search_token SET token = :stranger WHERE token = :file AND entry_index = 1",
        tokens=_token(TWO) + _token(STRANGER),
        stranger=_token(STRANGER),
        file=_token(FILE),
    ),
    _sql(
        "a second identifier vanishes, tokens and all",
        "part-unreadable",
        "UPDATE private_part SET tokens = :tokens WHERE entry_index = 1",
        "DELETE FROM search_token WHERE token = :file AND entry_index = 1",
        tokens=_token(TWO),
        file=_token(FILE),
    ),
    _sql(
        "all private parts and tokens are deleted",
        "part-missing",
        "DELETE FROM private_part",
        "DELETE FROM search_token",
    ),
    _sql(
        "one private part is deleted with its token",
        "part-missing",
        "DELETE FROM private_part WHERE entry_index = 0",
        "DELETE FROM search_token WHERE entry_index = 0",
    ),
    _sql(
        "one part of a page is deleted with its token",
        "part-missing",
        "DELETE FROM private_part WHERE entry_index = 2 AND part = 1",
        "DELETE FROM search_token WHERE entry_index = 2 AND part = 1",
    ),
    _sql(
        "the part of an erasure is deleted, which said what went",
        "part-missing",
        "DELETE FROM private_part WHERE entry_index = 5",
    ),
    _sql(
        "a private part is altered",
        "part-unreadable",
        "UPDATE private_part SET ciphertext = :c WHERE entry_index = 0",
        c=b"\x00" * 64,
    ),
    _sql(
        "a part is added to an entry",
        "part-surplus",
        "INSERT INTO private_part (entry_index, part, key_token, tokens, ciphertext) "
        "SELECT entry_index, 1, key_token, tokens, ciphertext FROM private_part WHERE entry_index = 0",
    ),
    _sql(
        "a part is added beyond the end",
        "part-surplus",
        "INSERT INTO private_part (entry_index, part, key_token, tokens, ciphertext) "
        "SELECT 4, 1, key_token, tokens, ciphertext FROM private_part WHERE entry_index = 0",
    ),
    Damage("two parts are exchanged", frozenset({"part-unreadable"}), _swap_parts),
    _sql(
        "a part names another key",
        "part-unreadable",
        "UPDATE private_part SET key_token = :t WHERE entry_index = 1",
        t=_token(ONE),
    ),
    _sql("all subject keys are deleted", "key-missing part-missing", "DELETE FROM subject_key"),
    _sql("one subject key is deleted", "key-missing", "DELETE FROM subject_key WHERE token = :t", t=_token(ONE)),
    Damage("a subject key is another person's", frozenset({"key-unreadable"}), _other_key),
    Damage("an erased person is put back", frozenset({"part-put-back"}), _put_back),
    _sql("all duties are deleted", "duties-differ state-missing", "DELETE FROM obligation"),
    _sql(
        "the last duty of an entry is deleted",
        "duties-differ",
        "DELETE FROM obligation" + _AT.format(1),
    ),
    _sql(
        "the first duty of an entry is deleted",
        "duties-differ",
        "DELETE FROM obligation" + _AT.format(0),
    ),
    _sql(
        "a duty is added",
        "duties-differ",
        _ADD_DUTY + "(1, 2, 'retain', 'correction', NULL)",
    ),
    _sql(
        "a duty is added to an entry without any",
        "duties-differ",
        _ADD_DUTY + "(4, 0, 'retain', 'correction', NULL)",
    ),
    _sql(
        "a duty is due later",
        "duties-differ",
        "UPDATE obligation SET due = due + 864000 WHERE entry_index = 1 AND due IS NOT NULL",
    ),
    _sql(
        "a duty is never due",
        "duties-differ",
        "UPDATE obligation SET due = NULL WHERE entry_index = 1 AND due IS NOT NULL",
    ),
    _sql(
        "a duty is another one",
        "duties-differ",
        "UPDATE obligation SET code = 'keep' WHERE entry_index = 1 AND position = 0",
    ),
    _sql(
        "a duty waits for something else",
        "duties-differ",
        "UPDATE obligation SET on_event = 'never' WHERE entry_index = 1 AND position = 1",
    ),
    _sql("every duty is marked done", "duty-done-unproven", "UPDATE obligation SET done_at = 1 WHERE done_at IS NULL"),
    _sql(
        "a fulfilled duty is open again",
        "duty-reopened",
        "UPDATE obligation SET done_at = NULL WHERE done_at IS NOT NULL",
    ),
    _sql("all cases are deleted", "state-missing", "DELETE FROM case_record"),
    _sql("one consent is deleted", "state-missing", "DELETE FROM case_record WHERE id = 'c-1'"),
    _sql(
        "a withdrawn consent is on file", "state-unproven", "UPDATE case_record SET state = 'on-file' WHERE id = 'c-3'"
    ),
    _sql(
        "a case is of another person",
        "state-unproven",
        "UPDATE case_record SET token = :t WHERE id = 'c-1'",
        t=_token(STRANGER),
    ),
    _sql(
        "a case is of another kind",
        "state-unproven state-missing",
        "UPDATE case_record SET kind = 'order' WHERE id = 'c-1'",
    ),
    Damage("a case is inserted", frozenset({"state-unproven"}), _insert_case),
    Damage("a key is inserted", frozenset({"state-unproven"}), _insert_key),
    _sql("all keys are deleted", "state-missing", "DELETE FROM partner_key"),
    _sql(
        "a key becomes unreadable",
        "state-unproven",
        "UPDATE partner_key SET jwk = '{' WHERE keyid = :k",
        k=ACTIVE.keyid,
    ),
    _sql(
        "a revoked key is active", "state-unproven", "UPDATE partner_key SET status = 'active' WHERE status = 'revoked'"
    ),
    _sql("an agreement is not kept", "agreement-not-kept", "DELETE FROM kept_document WHERE kind = 'agreement'"),
    _sql("a policy is not kept", "policy-not-kept", "DELETE FROM kept_document WHERE kind = 'policy'"),
    _sql(
        "an agreement is altered",
        "document-altered agreement-not-kept",
        "UPDATE kept_document SET body = :b WHERE kind = 'agreement'",
        b=b"{}",
    ),
    _sql(
        "the leaf hash of an entry is altered",
        "entry-altered",
        "UPDATE entry SET leaf_hash = :h WHERE entry_index = 1",
        h=b"\x01" * 32,
    ),
    _sql(
        "the last checkpoint is altered",
        "checkpoint-differs",
        "UPDATE checkpoint SET note = replace(note, 'log', 'lag')",
    ),
    _sql("all checkpoints are deleted", "checkpoint-missing", "DELETE FROM checkpoint"),
)
