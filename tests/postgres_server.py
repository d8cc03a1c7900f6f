"""A PostgreSQL of our own for tests and benches: on loopback, in a temporary folder, gone at the end."""
import glob
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time

PROGRAMS = sorted(glob.glob("/usr/lib/postgresql/*/bin"))


def is_installed():
    return bool(PROGRAMS) and shutil.which("psql") is not None


def unprivileged():
    """Whom the server runs as: it refuses to be root."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("no user for PostgreSQL to run as")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="glane-postgres-")
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        user = unprivileged()
        options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "cwd": "/"}
        if user:
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            options |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        data = os.path.join(self.folder, "data")
        subprocess.run([os.path.join(PROGRAMS[-1], "initdb"), "-D", data, "-U", "glane", "--auth=trust",
                        "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"], check=True, timeout=300, **options)
        self.port = free_port()
        self.log = open(os.path.join(self.folder, "log"), "wb")
        options["stderr"] = self.log
        self.process = subprocess.Popen(
            [os.path.join(PROGRAMS[-1], "postgres"), "-D", data, "-p", str(self.port), "-c", "listen_addresses=127.0.0.1",
             "-c", "unix_socket_directories=", "-c", "max_wal_size=4GB"], start_new_session=True, **options)
        self.wait_until_it_answers()

    def wait_until_it_answers(self):
        for _ in range(600):
            if self.process.poll() is not None:
                break
            if subprocess.run(["psql", self.connection("postgres"), "-c", "SELECT 1"], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL).returncode == 0:
                return
            time.sleep(0.1)
        with open(self.log.name, encoding="utf-8", errors="replace") as log:
            raise RuntimeError("PostgreSQL does not start: " + log.read()[-2000:])

    def stop(self):
        process = getattr(self, "process", None)
        if process and process.poll() is None:
            self.signal(signal.SIGCONT)
            process.send_signal(signal.SIGINT)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGQUIT)
                process.wait()
        if hasattr(self, "log"):
            self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def signal(self, number):
        """To the server and each of its processes."""
        for pid in [self.process.pid] + self.children():
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass

    def children(self):
        found = []
        for path in glob.glob("/proc/[0-9]*/stat"):
            try:
                with open(path, encoding="utf-8", errors="replace") as stream:
                    fields = stream.read().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(fields[1]) == self.process.pid:
                found.append(int(path.split("/")[2]))
        return found

    def connection(self, database):
        return f"host=127.0.0.1 port={self.port} user=glane dbname={database}"

    def query(self, database, sql):
        """The rows, each a tuple of texts; NULL is None."""
        done = subprocess.run(["psql", self.connection(database), "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-F", "\x1f",
                               "-R", "\x1e", "-P", "null=\x1d", "-c", sql], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=600)
        if done.returncode:
            raise RuntimeError(done.stderr.decode())
        text = done.stdout.decode().rstrip("\n")
        rows = [row.split("\x1f") for row in text.split("\x1e")] if text else []
        return [tuple(None if cell == "\x1d" else cell for cell in row) for row in rows]

    def create(self, database, options=""):
        self.query("postgres", f"CREATE DATABASE {database} {options}")
