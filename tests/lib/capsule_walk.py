"""Walks a capsule as a reader or a crawler does: link by link."""

import re
import urllib.parse

from gemini import check_status, get

SUBSCRIPTION = re.compile(r"([0-9]{4}-[01][0-9]-[0-3][0-9]) (\S.*)")
REDIRECTS_MAX = 5
PAGES_MAX = 2000


def split_links(text):
    """The (target, label) of each link line outside preformatted text."""
    links, inside = [], False
    for line in text.splitlines():
        if line.startswith("```"):
            inside = not inside
        elif line.startswith("=>") and not inside:
            target, *label = line[2:].strip().split(None, 1)
            links.append((target, label[0] if label else ""))
    return links


def resolve(base, target, port, hosts=("localhost", "example.org")):
    """The path (and query) of target seen from base, None when foreign."""
    parts = urllib.parse.urlsplit(target)
    if parts.scheme or parts.netloc:
        ours = parts.scheme in ("gemini", "") and parts.hostname in hosts
        ours = ours and parts.port in (None, 1965, port)
        return (parts.path or "/") + _query(parts) if ours else None
    return urllib.parse.urljoin(base, target)


def _query(parts):
    return "?" + parts.query if parts.query else ""


class Page:
    """One gemtext page and what its lines say."""

    def __init__(self, path, text, port):
        self.path = path
        self.text = text
        self.lines = text.split("\n")
        self.port = port
        self.links = split_links(text)

    def paths(self):
        """The paths within the capsule that the page links to."""
        found = [resolve(self.path, target, self.port)
                 for target, _ in self.links]
        return [path for path in found if path]

    def label(self, path):
        """The label of the first link to path; "" when there is none."""
        for target, label in self.links:
            if resolve(self.path, target, self.port) == path:
                return label
        return ""

    def entries(self):
        """What a subscriber sees: [(path, date, title)], in page order."""
        found = []
        for target, label in self.links:
            match = SUBSCRIPTION.fullmatch(label)
            path = resolve(self.path, target, self.port)
            if match and path:
                found.append((path, match[1], match[2]))
        return found

    def heading(self):
        """The first heading of level one."""
        for line in self.lines:
            if re.match(r"#[^#]", line):
                return line[1:].strip()
        return None


def read_page(port, path, **options):
    """Get a page that must be there, as gemtext."""
    reply = check_status(get(port, path, **options), 20)
    assert reply.meta.startswith("text/gemini"), f"{path}: {reply.meta}"
    assert b"\r" not in reply.body, f"{path}: a carriage return"
    return Page(path, reply.text, port)


def follow(port, path):
    """(final path, Reply) after at most five redirects inside."""
    for _ in range(REDIRECTS_MAX):
        reply = get(port, path)
        if reply.status not in (30, 31):
            return path, reply
        target = resolve(path, reply.meta, port)
        if target is None:
            return None, reply
        path = target
    raise AssertionError(f"more than {REDIRECTS_MAX} redirects to {path}")


def crawl(port, start="/"):
    """({path: Reply}, [dead links]) of all that start leads to."""
    seen, dead, queue = {}, [], [(start, "the beginning")]
    known = {start}
    while queue:
        path, source = queue.pop()
        final, reply = follow(port, path)
        if final is None or reply.status == 10:
            continue
        if reply.status != 20:
            dead.append(f"{source} -> {path}: {reply.status} {reply.meta}")
            continue
        if final in seen:
            continue
        assert len(seen) < PAGES_MAX, "a capsule without end"
        seen[final] = reply
        if reply.meta.startswith("text/gemini"):
            for target in Page(final, reply.text, port).paths():
                if target not in known:
                    known.add(target)
                    queue.append((target, final))
    return seen, dead
