"""A real PostgreSQL of the tests' own: a fresh cluster in a temporary folder, on a free loopback port."""

import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid

import psycopg


def find_postgres() -> pathlib.Path | None:
    """The folder with initdb and postgres, or None."""
    versions = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in versions:
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return folder
    found = shutil.which("initdb")
    return pathlib.Path(found).resolve().parent if found else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class PostgresServer:
    """Starts, kills and stops one cluster. As root it runs as the user `postgres`, because the server refuses root."""

    def __init__(self, binaries: pathlib.Path) -> None:
        self._binaries = binaries
        self._user = "postgres" if os.getuid() == 0 else None
        self._folder = pathlib.Path(tempfile.mkdtemp(prefix="isa-postgres-"))
        self._data = self._folder / "data"
        if self._user:
            entry = pwd.getpwnam(self._user)
            os.chown(self._folder, entry.pw_uid, entry.pw_gid)
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        subprocess.run(
            [str(binaries / "initdb"), "-D", str(self._data), "-U", "gateway", "--auth=trust", "-E", "UTF8"],
            check=True,
            capture_output=True,
            user=self._user,
            cwd=self._folder,
        )

    def start(self) -> None:
        self._process = subprocess.Popen(
            [
                str(self._binaries / "postgres"),
                "-D",
                str(self._data),
                "-h",
                "127.0.0.1",
                "-p",
                str(self.port),
                "-k",
                str(self._folder),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=self._user,
            cwd=self._folder,
        )
        deadline = time.monotonic() + 120  # recovery after a crash, on a busy machine
        while True:
            try:
                psycopg.connect(self._dsn("postgres")).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def stop(self, sig: signal.Signals = signal.SIGINT) -> None:
        """SIGINT is a fast shutdown; SIGQUIT an immediate one, as after a crash."""
        if self._process is not None:
            self._process.send_signal(sig)
            self._process.wait(timeout=60)
            self._process = None

    def remove(self) -> None:
        """Nothing of it is kept, so that nothing needs to be written out first."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self._folder, ignore_errors=True)

    def create_database(self) -> str:
        name = f"t{uuid.uuid4().hex}"
        with psycopg.connect(self._dsn("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return f"postgresql+psycopg://gateway@127.0.0.1:{self.port}/{name}"

    def _dsn(self, database: str) -> str:
        return f"host=127.0.0.1 port={self.port} user=gateway dbname={database}"
