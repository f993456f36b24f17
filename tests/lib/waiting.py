"""Waiting for a condition with a deadline, never for a length of time."""

import select
import threading
import time

POLL_SECONDS = 0.01


def wait_until(predicate, seconds=10, what="the condition"):
    """Ask predicate until its answer is true, and return that answer.

    Raises AssertionError naming what was awaited, and the last answer, when
    it does not come within seconds.
    """
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while True:
        answer = predicate()
        if answer:
            return answer
        if time.monotonic() >= deadline:
            raise AssertionError(
                f"{what}: not within {seconds} s; last answer {answer!r}")
        pause.wait(POLL_SECONDS)


def wait_readable(descriptor, seconds):
    """True when descriptor has bytes or an end within seconds."""
    return bool(select.select([descriptor], [], [], max(0, seconds))[0])


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self):
        self.begin = time.monotonic()

    def seconds(self):
        return time.monotonic() - self.begin
