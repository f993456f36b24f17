"""Honest clients that read all the time, and keep account of failures."""

import ssl
import threading

from gemini import check_status, get

FAILURES_KEPT = 20


class Readers:
    """Threads that ask for paths in turn until stopped.

    check(reply, path) may raise AssertionError. A reply must be 20, whole
    and properly ended; whatever else happens is a failure.
    """

    def __init__(self, port, paths, count=4, check=None):
        self.port = port
        self.paths = paths
        self.check = check
        self.served = 0
        self.failures = []
        self.over = threading.Event()
        self.lock = threading.Lock()
        self.threads = [
            threading.Thread(target=self._read, args=(n,), daemon=True)
            for n in range(count)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def _read(self, number):
        while not self.over.is_set():
            path = self.paths[number % len(self.paths)]
            number += 1
            self._account(path)

    def _account(self, path):
        try:
            reply = check_status(get(self.port, path), 20)
            if self.check:
                self.check(reply, path)
            failure = None
        except (AssertionError, ssl.SSLError, OSError) as error:
            failure = error
        with self.lock:
            self.served += failure is None
            if failure is not None:
                self.failures.append(f"{path}: {failure!r}"[:400])

    def progress(self, more):
        """A condition for wait_until: so many more requests were served."""
        goal = self.served + more
        return lambda: self.served >= goal

    def check_none(self):
        """Not one failure, and a real number of requests."""
        assert not self.failures, (
            f"{len(self.failures)} of {self.served} failed:\n"
            + "\n".join(self.failures[:FAILURES_KEPT]))
        assert self.served > 20, f"only {self.served} requests"
