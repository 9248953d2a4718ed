"""The partner API of a running gateway. It refuses to start, in plain words, where something does not fit."""

import time
from dataclasses import replace

from gateway.adapters.db.partner_keys import PartnerKeyTable
from gateway.adapters.db.state_records import StateTable
from gateway.adapters.keyring import Keyring
from gateway.adapters.log.watch import check_sample, tell
from gateway.adapters.rulebook.load import Rulebook
from gateway.api.app import partner_app
from gateway.api.exchange import SignedExchange
from gateway.api.log_tiles import LogApi
from gateway.api.pace import Pace
from gateway.api.partner import PartnerApi
from gateway.api.public import PublicApi
from gateway.api.rate_limit import RateLimit
from gateway.api.routed import App
from gateway.api.rules import TRIES
from gateway.bootstrap.following import FollowedRulebook, OnRecord
from gateway.bootstrap.jobs import jobs_of
from gateway.bootstrap.log import SystemClock, append_log, read_log
from gateway.bootstrap.making import Making
from gateway.bootstrap.officers import staff_door
from gateway.bootstrap.projection import open_projection
from gateway.bootstrap.reconciling import reconcile
from gateway.bootstrap.rulebook import open_rulebook
from gateway.bootstrap.running import Beside, lifespan, log_answers, policy_answers
from gateway.bootstrap.version import product_version
from gateway.deployment.folder import read_log_key, read_signing_key
from gateway.deployment.settings import FROM_DATABASE, Settings
from gateway.domain.errors import ConfigurationError
from gateway.httpsig.message import normal_origin
from gateway.observability.metrics import Telemetry
from gateway.service.log.receipts import Receipts
from gateway.service.ports import Clock
from gateway.service.rulebook.in_force import RulebookInForce

AUDITOR = "auditor"


def application(settings: Settings, clock: Clock | None = None, beside: Beside | None = None) -> App:
    """The partner API, ready to be served by one worker. `clock` is the system's unless told; `beside` is what else
    lives with it, over the staff's desk.

    Raises ConfigurationError (with file and line where a file is at fault) or LogUnavailableError.
    """
    clock = clock or SystemClock()
    origin = _origin(settings)
    log = read_log(settings)
    telemetry = Telemetry()
    tell(log.proven, telemetry.unproven)
    log.proven.catch_up()
    log.proven.keep()
    rulebook, state = open_rulebook(settings, log)
    commit = append_log(settings, log)
    records = StateTable(log.engine, log.vault, log.proven)
    in_force = RulebookInForce(records, commit, clock)
    keyring = Keyring(PartnerKeyTable(log.engine, log.proven))
    keyring.refresh()
    projection = open_projection(settings, log, lambda: followed.desk().organizations, following=True)
    jobs = jobs_of(settings, commit, clock)
    making = Making(settings, log, commit, keyring, clock=clock, telemetry=telemetry, projection=projection, jobs=jobs)
    if state is None:
        state = making.state_of_files(rulebook)
    else:
        making.warn_of_files(state)
    followed = FollowedRulebook(OnRecord(records, in_force), making.first(rulebook, state), making.next)
    signer = read_signing_key(settings.response_key)
    pace = Pace(settings.refusal_step_ms / 1000)
    partner = PartnerApi(
        rules=followed,
        receipts=Receipts(log.archive, log.proofs),
        nonces=commit,
        now=clock.now,
        telemetry=telemetry,
        pace=pace,
    )
    public = PublicApi(
        origin=origin,
        jwks={"keys": [signer.public.to_jwk()]},
        log_vkey=str(read_log_key(settings.log_key).verifier),
        checks={"log": log_answers(log), "checkpoints": log.checkpoints.signs, "policy": policy_answers(followed)},
        telemetry=telemetry,
    )
    log_api = LogApi(log.latest_checkpoint, log.tile, lambda unit: _is_auditor(followed.taken.rulebook, unit), commit)

    app = partner_app(
        partner,
        public,
        log_api,
        product_version(),
        lifespan(
            *(log, commit, keyring, followed, projection, pace, staff_door(settings, rulebook.parties)),
            begin=lambda: _begin(followed, in_force, living=settings.rulebook == FROM_DATABASE),
            jobs=jobs,
            check=lambda: check_sample(reconcile(log, settings), telemetry.not_whole),
            beside=beside,
        ),
    )
    return SignedExchange(
        app,
        origin=origin,
        keys=keyring,
        signer=signer,
        clock=lambda: clock.now().timestamp(),
        rate_limit=RateLimit(settings.requests_per_minute, time.monotonic),
        telemetry=telemetry,
    )


async def _begin(followed: FollowedRulebook, in_force: RulebookInForce, *, living: bool) -> None:
    """Put the rulebook that decides first on record, or take the one that somebody published meanwhile."""
    for _ in range(TRIES):
        first = followed.taken
        said = replace(first.state, policy_revision=first.engine.revision)
        on_record = await in_force.put_on_record(said, living=living)
        await followed.take(on_record)
        if dict(on_record.files) == dict(said.files):
            return


def _is_auditor(rulebook: Rulebook, unit: str) -> bool:
    found = rulebook.parties.find(unit)
    return found is not None and AUDITOR in found.roles


def _origin(settings: Settings) -> str:
    """As clients sign for it: a slash at the end or a default port would make every signature wrong."""
    try:
        return normal_origin(settings.origin)
    except ValueError:
        raise ConfigurationError("the setting ORIGIN is not of the form https://host[:port]") from None
