"""All that an integration test imports, in one place."""

import os
import sys
import traceback

from certificates import describe, make_identity
from gemini import (ALERT_CLOSE_NOTIFY, CLOSE_NOTIFY, CONTENT_HANDSHAKE, EOF,
                    MESSAGE_CERTIFICATE_REQUEST, MESSAGE_NEW_TICKET, RESET,
                    TIMEOUT, Connection, Reply, check_end, check_grammar,
                    check_mute, check_status, exchange, get, make_context)
from server import (Server, Workspace, program, replace_file, write_files)
from tap import Skip, Suite
from waiting import Stopwatch, wait_readable, wait_until

__all__ = [
    "ALERT_CLOSE_NOTIFY", "CLOSE_NOTIFY", "CONTENT_HANDSHAKE", "Connection",
    "EOF", "MESSAGE_CERTIFICATE_REQUEST", "MESSAGE_NEW_TICKET", "RESET",
    "Reply", "Server", "Skip", "Stopwatch", "Suite", "TIMEOUT", "Workspace",
    "article", "check_end", "check_grammar", "check_mute", "check_status",
    "describe", "exchange", "get", "link_targets", "main", "make_context",
    "make_identity", "program", "replace_file", "source_root",
    "wait_readable", "wait_until", "write_files",
]


def source_root():
    """The root of the sources, wherever the build is."""
    here = os.path.dirname(os.path.abspath(__file__))
    return os.environ.get("TOP_SRCDIR") or os.path.dirname(
        os.path.dirname(here))


def article(title, date, body="Some words.", **fields):
    """A gemtext article with front matter; list values become YAML lists."""
    lines = ["---", f"title: {title}", f"date: {date}"]
    for key, value in fields.items():
        if isinstance(value, (list, tuple)):
            value = "[" + ", ".join(value) + "]"
        lines.append(f"{key}: {value}")
    return "\n".join([*lines, "---", "", body, ""])


def link_targets(text):
    """The (target, label) of each link line of a gemtext."""
    links = []
    for line in text.splitlines():
        if line.startswith("=>"):
            target, _, label = line[2:].strip().partition(" ")
            links.append((target, label.strip()))
    return links


def main(test, seconds=120):
    """Run test(suite, workspace) as a TAP file and exit."""
    suite = Suite(seconds)
    workspace = Workspace()
    suite.on_exit(workspace.close)
    try:
        test(suite, workspace)
    except Exception:
        text = traceback.format_exc().strip().replace("\n", "\n# ")
        print(f"Bail out! the file cannot go on\n# {text}", flush=True)
        suite.failed += 1
    sys.exit(suite.finish())
