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

    def __init__(self, home, command):
        """home: a folder, the HOME of command."""
        need("tmux", command[0])
        self.socket = os.path.join(home, "tmux")
        line = " ".join(["env", f"HOME={home}", f"XDG_CONFIG_HOME={home}",
                         "TERM=screen-256color",
                         "LANG=C.UTF-8", *map(shlex.quote, command)])
        environment = {k: v for k, v in os.environ.items()
                       if not k.startswith(("TMUX", "XDG_"))}
        environment.update(LANG="C.UTF-8", LC_ALL="C.UTF-8", SHELL="/bin/sh")
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

    def wait_text(self, *texts, seconds=SHOW_SECONDS):
        """Wait until all texts are on the screen; returns the screen."""
        def shown():
            screen = self.screen()
            return screen if all(t in screen for t in texts) else None
        try:
            return wait_until(shown, seconds, f"{texts} on the screen")
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.screen()}") from None

    def keys(self, *keys):
        """Press keys by their tmux names."""
        self._tmux("send-keys", *keys)

    def press_until(self, key, *texts):
        """Press a key that does no harm twice until all texts are shown.

        A client that still draws a page drops keys.
        """
        for left in reversed(range(SHOW_SECONDS)):
            self.keys(key)
            try:
                return self.wait_text(*texts, seconds=1)
            except AssertionError:
                if not left:
                    raise

    def type(self, text):
        """Type text as it is."""
        self._tmux("send-keys", "-l", text)
