"""A PostgreSQL server with PostGIS for tests: the one that RALLYBOOK_TEST_POSTGRES names, or one that they start.

The server that is started has a folder of its own, listens at a socket in it only, and ends with the tests.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

with contextlib.suppress(ImportError):  # without it the fixture leaves out what needs a server
    import psycopg

NAMED = "RALLYBOOK_TEST_POSTGRES"
MISSING = (
    "no PostgreSQL server with PostGIS: apt-get install postgresql-15-postgis-3, or name one, whose user may make "
    f"databases and extensions, in {NAMED}"
)
# who logs in by a password only
LOCKED, PASSWORD = "locked", "open sesame"
_START_S = 60
_POSTGRES = {"user": "postgres", "group": "postgres", "extra_groups": []}


def binaries():
    """Give the folder of the newest server that is installed with PostGIS, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    for initdb in reversed(found):
        if Path(f"/usr/share/postgresql/{initdb.parts[-3]}/extension/postgis.control").exists():
            return initdb.parent
    return None


class DatabaseServer:
    """Makes databases; `close` takes them away again, and ends the server if it was started here."""

    def __init__(self):
        self._made = 0
        self._process = None
        self._folder = None
        self.address = os.environ.get(NAMED) or self._start()
        self._names = []
        self._template = urlsplit(self.database("template0")).path[1:]
        self._run("CREATE EXTENSION postgis", self._template)

    def database(self, template="", encoding="UTF8"):
        """Make a database, in which PostGIS is, unless `template` says otherwise; give its address."""
        self._made += 1
        name = f"rallybook_{os.getpid()}_{self._made}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template or self._template} ENCODING '{encoding}'")
        self._names.append(name)
        return self.at(name)

    def at(self, database, **options):
        """Give the address of a database."""
        parts = urlsplit(self.address)
        query = "&".join(
            [*filter(None, [parts.query]), *(f"{key}={quote(value)}" for key, value in options.items())]
        )
        return urlunsplit(parts._replace(path=f"/{database}", query=query))

    def clear(self, address):
        """Take all out of a book but its tables, and its accounts."""
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("DROP SCHEMA IF EXISTS rallybook_accounts CASCADE")
            tables = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'rallybook' AND tablename <> 'alembic_version'"
            ).fetchall()
            connection.execute("; ".join(f"DELETE FROM rallybook.{table}" for (table,) in tables))

    def close(self):
        if self._process is None:
            for name in reversed(self._names):
                self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            return
        # at once: what is in it is of no worth
        self._process.send_signal(signal.SIGQUIT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        self._process.kill()
        self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def kill(self):
        """Kill a server that was started here, and give the way to start it again."""
        self._process.kill()
        self._process.wait()
        return self._serve

    def _run(self, statement, database=None):
        address = self.at(database) if database else self.address
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement)

    def _start(self):
        folder = self._folder = Path(tempfile.mkdtemp(prefix="rallybook-pg-"))
        # the server does not run as root
        self._user = user = _POSTGRES if os.getuid() == 0 else {}
        if user:
            os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
        data, bin_ = folder / "data", binaries()
        made = [bin_ / "initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "--locale=C", "-A", "trust"]
        subprocess.run(made, check=True, capture_output=True, cwd="/", **user)
        rules = f"local all {LOCKED} scram-sha-256\nlocal all all trust\n"
        (data / "pg_hba.conf").write_text(rules)
        self._serve()
        return f"postgresql://postgres@/postgres?host={folder}"

    def _serve(self):
        folder = self._folder
        options = {
            "unix_socket_directories": folder,
            "listen_addresses": "",
            # what is in it is of no worth
            "fsync": "off",
            "full_page_writes": "off",
            "max_connections": "100",
        }
        command = [binaries() / "postgres", "-D", folder / "data"]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        with (folder / "log").open("w") as log:
            ends = time.monotonic() + _START_S
            while True:
                if self._process is None or self._process.poll() is not None:
                    # one that was killed may have left a process that has not ended yet
                    self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **self._user)
                try:
                    psycopg.connect(f"postgresql://postgres@/postgres?host={folder}").close()
                except psycopg.OperationalError:
                    if time.monotonic() > ends:
                        raise RuntimeError((folder / "log").read_text()) from None
                    time.sleep(0.1)
                else:
                    return
