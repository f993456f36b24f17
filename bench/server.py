"""What the benchmarks share: a server, and what it costs."""

import os
import pathlib
import selectors
import signal
import ssl
import subprocess

READY_SECONDS = 10
STOP_SECONDS = 5


class Failure(Exception):
    """What ends the run, told to the operator without a traceback."""


class Server:
    """A server process and its children, pinned to one core."""

    def __init__(self, name, command, cpu, folder,
                 ready_seconds=READY_SECONDS):
        self.name = name
        self.ready_seconds = ready_seconds
        self.log = open(folder / f"{name}.stderr", "ab")
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=self.log,
            stdin=subprocess.DEVNULL, start_new_session=True,
            preexec_fn=lambda: os.sched_setaffinity(0, {cpu}))
        try:
            self.url = self.await_ready()
        except Failure:
            self.stop()
            raise

    def await_ready(self):
        """The URL of the ready line, the first line on stdout."""
        stream = self.process.stdout
        with selectors.DefaultSelector() as selector:
            selector.register(stream, selectors.EVENT_READ)
            came = selector.select(self.ready_seconds)
        line = stream.readline().decode() if came else ""
        if not line.startswith("ready gemini://"):
            said = pathlib.Path(self.log.name).read_text(errors="replace")
            raise Failure(f"{self.name}: not ready: {said.strip() or line!r}")
        return line.split()[1]

    def pids(self):
        """The process and all its descendants."""
        children = {}
        for entry in pathlib.Path("/proc").iterdir():
            if entry.name.isdigit():
                parent = stat_fields(int(entry.name))[1:2]
                for pid in parent:
                    children.setdefault(int(pid), []).append(int(entry.name))
        found = [self.process.pid]
        for pid in found:
            found.extend(children.get(pid, []))
        return found

    def cpu_ns(self):
        """User and system time of each process of the tree."""
        return {pid: process_cpu_ns(pid) for pid in self.pids()}

    def stop(self):
        """End the server; whoever outlives its grace is killed."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process.stdout.close()
        self.log.close()


def stat_fields(pid):
    """/proc/PID/stat from the state on; empty when the process is gone."""
    try:
        text = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return []
    return text[text.rindex(")") + 2:].split()


def process_cpu_ns(pid):
    """The scheduler's own count where there is one: ticks are 10 ms."""
    try:
        tasks = pathlib.Path(f"/proc/{pid}/task")
        return sum(int((task / "schedstat").read_text().split()[0])
                   for task in tasks.iterdir())
    except OSError:
        fields = stat_fields(pid)
        tick_ns = 10**9 // os.sysconf("SC_CLK_TCK")
        return sum(int(field) for field in fields[11:13]) * tick_ns


def cpu_spent(before, after):
    """Nanoseconds by process between two readings."""
    return {pid: ns - before.get(pid, 0) for pid, ns in after.items()}


def memory_kib(pid):
    """(RSS, PSS) of a process. RSS tells growth: PSS also moves when other
    programs share the same libraries."""
    sizes = {}
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").open():
        key, _, value = line.partition(":")
        if key in ("Rss", "Pss"):
            sizes[key] = int(value.split()[0])
    return sizes["Rss"], sizes["Pss"]


def tls_client():
    """A client that trusts any certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
