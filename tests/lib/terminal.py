"""A terminal of its own for programs that want one, by tmux."""

import os
import shlex
import shutil
import subprocess

from tap import Skip
from waiting import wait_until

COLUMNS = 100
ROWS = 45
SHOW_SECONDS = 12


def need(*names):
    """Skip the case where a program is not installed."""
    for name in names:
        if not shutil.which(name):
            raise Skip(f"{name} is not installed")


class Terminal:
    """One tmux server with one window, in which command runs."""

    def __init__(self, home, command, name):
        """home: the HOME of command, made when missing."""
        need("tmux", command[0])
        home.mkdir(parents=True, exist_ok=True)
        self.socket = str(home / f"tmux-{name}")
        line = " ".join(["env", f"HOME={home}", "TERM=screen-256color",
                         "LANG=C.UTF-8", *map(shlex.quote, command)])
        environment = {k: v for k, v in os.environ.items()
                       if not k.startswith(("TMUX", "XDG_"))}
        environment.update(LANG="C.UTF-8", LC_ALL="C.UTF-8")
        subprocess.run(
            ["tmux", "-S", self.socket, "-f", "/dev/null", "new-session",
             "-d", "-x", str(COLUMNS), "-y", str(ROWS), line],
            check=True, env=environment, capture_output=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._tmux("kill-server")

    def _tmux(self, *args):
        return subprocess.run(
            ["tmux", "-S", self.socket, *args], check=False,
            capture_output=True).stdout.decode("utf-8", "replace")

    def screen(self):
        """What the terminal shows now."""
        return self._tmux("capture-pane", "-p")

    def wait_text(self, *texts):
        """Wait until all texts are on the screen; returns the screen."""
        def shown():
            screen = self.screen()
            return screen if all(t in screen for t in texts) else None
        try:
            return wait_until(shown, SHOW_SECONDS, f"{texts} on the screen")
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.screen()}") from None

    def keys(self, *keys):
        """Press keys by their tmux names."""
        self._tmux("send-keys", *keys)

    def type(self, text):
        """Type text as it is."""
        self._tmux("send-keys", "-l", text)
