"""Runs test cases and prints them as TAP, for automake's driver.

A case is a function that returns when all is well, raises AssertionError
with a diagnostic when not, or raises Skip. Cases run in threads, because
nearly all of their time is spent waiting for the server.
"""

import concurrent.futures
import faulthandler
import os
import signal
import sys
import traceback


class Skip(Exception):
    """Raised by a case that cannot run here; its text says why."""


class Suite:
    """The cases of one file, in the order in which they are reported."""

    def __init__(self, seconds=60):
        """Stop the whole file, failing, when it takes longer than seconds."""
        self.queued = []
        self.count = 0
        self.failed = 0
        self.cleanups = []
        signal.signal(signal.SIGALRM, self._on_alarm)
        signal.alarm(seconds)

    def add(self, name, function, *args, **keywords):
        """Queue one case; run() runs it."""
        self.queued.append((name, lambda: function(*args, **keywords)))

    def case(self, name):
        """Queue the decorated function, which takes no arguments."""
        def decorate(function):
            self.add(name, function)
            return function
        return decorate

    def on_exit(self, function):
        """Call function at the end, also when the time is up."""
        self.cleanups.append(function)

    def run(self, threads=1):
        """Run what is queued and print it in the order of queueing."""
        cases, self.queued = self.queued, []
        with concurrent.futures.ThreadPoolExecutor(threads) as pool:
            futures = [pool.submit(_outcome, test) for _, test in cases]
            for (name, _), future in zip(cases, futures):
                self._report(name, *future.result())

    def finish(self):
        """Print the plan; the result is the exit status of the file."""
        self.run()
        self._clean()
        signal.alarm(0)
        print(f"1..{self.count}", flush=True)
        return 1 if self.failed else 0

    def _report(self, name, word, text):
        self.count += 1
        name = name.replace("#", "\\#")
        if word == "skip":
            print(f"ok {self.count} - {name} # SKIP {text}", flush=True)
            return
        self.failed += word == "not ok"
        print(f"{word} {self.count} - {name}")
        for line in text.splitlines():
            print(f"#   {line}")
        sys.stdout.flush()

    def _clean(self):
        while self.cleanups:
            self.cleanups.pop()()

    def _on_alarm(self, _signal, _frame):
        print("Bail out! the time for this file is up", flush=True)
        faulthandler.dump_traceback(file=sys.stderr, all_threads=True)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(20)
        try:
            self._clean()
        finally:
            os._exit(1)


def _outcome(test):
    try:
        test()
        return "ok", ""
    except Skip as skip:
        return "skip", str(skip)
    except AssertionError as error:
        return "not ok", f"{error}\n{_place(error)}"
    except Exception:
        return "not ok", traceback.format_exc()


def _place(error):
    frames = traceback.extract_tb(error.__traceback__)
    return "at " + " < ".join(
        f"{os.path.basename(f.filename)}:{f.lineno}" for f in reversed(frames)
        if os.path.basename(f.filename) != "tap.py")
