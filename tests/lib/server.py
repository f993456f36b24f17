"""Starts and stops the real program, each time in a folder of its own."""

import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import threading

from waiting import Stopwatch, wait_readable, wait_until

READY = re.compile(r"ready gemini://([a-z0-9.-]+):([0-9]+)/")
READY_SECONDS = 20
STOP_SECONDS = 15
SANITIZER = re.compile(
    r"(Address|Leak|Thread|Memory|UndefinedBehavior)Sanitizer|runtime error:"
    r"|[Aa]ssertion .*failed|Segmentation fault")


def program():
    """The path of the program under test."""
    path = os.environ.get("CAPSULED", "./capsuled")
    return os.path.abspath(path)


def write_files(root, files):
    """Write {relative path: bytes or text} under root, with its folders."""
    for name, data in files.items():
        path = pathlib.Path(root, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return pathlib.Path(root)


def replace_file(path, data):
    """Save as careful editors do: a new file renamed over the old."""
    path = pathlib.Path(path)
    name = f".{path.name}.{threading.get_ident()}.tmp"
    draft = path.with_name(name)
    draft.write_bytes(data.encode() if isinstance(data, str) else data)
    os.replace(draft, path)


class Workspace:
    """A temporary folder, and the servers that run on it."""

    def __init__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="capsuled-test."))
        self.path.chmod(0o755)
        self.servers = []

    def folder(self, name, files):
        """Make a capsule folder with these files."""
        root = self.path / name
        root.mkdir(exist_ok=True)
        return write_files(root, files)

    def serve(self, root, *args, state="state", ready=1, **popen):
        """serve ROOT on a free port, as localhost unless args say other."""
        hosts = () if "--host" in args else ("--host", "localhost")
        command = [program(), "serve", str(root), *hosts,
                   "--listen", "127.0.0.1:0",
                   "--state", str(self.path / state), *args]
        return self.start(command, ready, **popen)

    def serve_config(self, text, ready=1, name="capsuled.yaml", **popen):
        """serve --config with this text; STATE and HERE are filled in."""
        path = self.path / name
        text = text.replace("HERE", str(self.path))
        path.write_text(text.replace("STATE", str(self.path / "state")))
        command = [program(), "serve", "--config", str(path)]
        return self.start(command, ready, **popen)

    def start(self, command, ready=1, **popen):
        """Start command and wait for its ready lines."""
        log = self.path / f"stderr.{len(self.servers)}"
        server = Server(command, log, self.environment(), **popen)
        self.servers.append(server)
        server.wait_ready(ready)
        return server

    def run(self, *args, seconds=20, **keywords):
        """Run the program to its end: a CompletedProcess with bytes."""
        keywords.setdefault("stdin", subprocess.DEVNULL)
        if "input" in keywords:
            del keywords["stdin"]
        keywords.setdefault("cwd", self.path)
        return subprocess.run(
            [program(), *map(str, args)], capture_output=True, check=False,
            timeout=seconds, env=self.environment(), **keywords)

    def environment(self):
        """The caller's environment without what would leak state in."""
        kept = {k: v for k, v in os.environ.items()
                if not k.startswith("XDG_") and k not in (
                    "STATE_DIRECTORY", "NOTIFY_SOCKET", "LISTEN_FDS", "TZ")}
        return {**kept, "HOME": str(self.path), "LC_ALL": "C.UTF-8"}

    def close(self):
        """Stop what runs, whatever its state, and remove the folder."""
        for server in self.servers:
            server.kill()
        shutil.rmtree(self.path, ignore_errors=True)


class Server:
    """One running program: its ports, its messages, its processes."""

    def __init__(self, command, log, environment, **popen):
        self.log = log
        self.stdout = b""
        self.ready = []
        with open(log, "wb") as stderr:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=stderr, env=environment, start_new_session=True,
                **popen)
        self.pid = self.process.pid

    @property
    def port(self):
        return self.ready[0][1]

    def stderr(self):
        """All diagnostics so far."""
        return self.log.read_text("utf-8", "replace")

    def wait_ready(self, count, seconds=READY_SECONDS):
        """Read stdout until count ready lines came."""
        watch = Stopwatch()
        while len(self.ready) < count:
            if not self._read_stdout(seconds - watch.seconds()):
                status = self.process.poll()
                self.kill()
                raise AssertionError(
                    f"not ready within {seconds} s (exit status {status}), "
                    f"stdout {self.stdout!r}, stderr:\n{self.stderr()}")
            self._parse_ready()

    def _read_stdout(self, seconds):
        descriptor = self.process.stdout.fileno()
        if not wait_readable(descriptor, seconds):
            return False
        part = os.read(descriptor, 4096)
        self.stdout += part
        return bool(part)

    def _parse_ready(self):
        lines = self.stdout.decode().split("\n")[:-1]
        matches = [READY.fullmatch(line) for line in lines]
        assert all(matches), f"not ready lines: {lines}"
        self.ready = [(m[1], int(m[2])) for m in matches]

    def children(self):
        """The pids whose parent is the server."""
        found = []
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == self.pid and fields[0] != "Z":
                found.append(int(stat.parent.name))
        return sorted(found)

    def send_signal(self, number):
        os.kill(self.pid, number)

    def terminate(self, number=signal.SIGTERM, seconds=STOP_SECONDS):
        """Ask it to stop; returns the exit status."""
        self.send_signal(number)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(
                f"still there {seconds} s after {number!r}; stderr:\n"
                f"{self.stderr()[-2000:]}") from None

    def check_stop(self):
        """A clean end: status 0, no process left, no sanitizer's report."""
        children = self.children()
        assert children, "the server has no child processes"
        status = self.terminate()
        assert status == 0, f"exit status {status} on SIGTERM"
        wait_until(lambda: not any(map(_alive, children)), 5,
                   f"the end of the processes {children}")
        self.check_reports()

    def check_reports(self):
        """No sanitizer or assertion has spoken."""
        found = [line for line in self.stderr().splitlines()
                 if SANITIZER.search(line)]
        assert not found, "\n".join(found[:20])

    def kill(self):
        """End its process group now, whatever its state."""
        if self.process.poll() is None:
            self._kill_group()
            self.process.wait()
        elif not self.process.stdout.closed:
            self._kill_group()
        self.process.stdout.close()

    def _kill_group(self):
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def _alive(pid):
    try:
        stat = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in ("Z", "X")
