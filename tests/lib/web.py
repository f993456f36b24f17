"""Reads an exported web mirror as a browser and a careful reader would."""

import html.parser
import pathlib
import urllib.parse

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link",
        "meta", "source", "track", "wbr"}
SAFE = {"", "http", "https", "gemini", "mailto", "gopher"}


class Page(html.parser.HTMLParser):
    """One page: its links, headings, metadata, and whether tags match."""

    def __init__(self, text):
        super().__init__()
        self.open = []
        self.faults = []
        self.links = []      # of a and link elements: (tag, attributes)
        self.images = []
        self.headings = []   # (level, text)
        self.metas = {}
        self.tags = set()
        self.language = None
        self.title = ""
        self.text = ""
        self.feed(text)
        self.close()
        if self.open:
            self.faults.append(f"never closed: {self.open}")

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if len(attributes) != len(attrs):
            self.faults.append(f"an attribute twice in {tag}")
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        if tag in ("a", "link"):
            self.links.append((tag, attributes))
        if tag == "img":
            self.images.append(attributes)
        if tag == "meta":
            key = attributes.get("name") or attributes.get("property")
            self.metas[key or attributes.get("http-equiv")] = \
                attributes.get("content")
        if tag == "html":
            self.language = attributes.get("lang")
        if _level(tag):
            self.headings.append((_level(tag), ""))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data):
        self.text += data
        if "title" in self.open:
            self.title += data
        if self.open and _level(self.open[-1]):
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)

    def targets(self, tag=None, **wanted):
        """The href of each link with these attributes."""
        return [attributes.get("href") for name, attributes in self.links
                if tag in (None, name) and all(
                    attributes.get(k) == v for k, v in wanted.items())]


def _level(tag):
    return int(tag[1]) if len(tag) == 2 and tag[0] == "h" and \
        tag[1].isdigit() else 0


def read_tree(root):
    """{relative name: bytes} of all files beneath a folder."""
    root = pathlib.Path(root)
    return {str(p.relative_to(root)): p.read_bytes()
            for p in sorted(root.rglob("*")) if p.is_file()}


def read_pages(root):
    """{relative name: Page} of a mirror."""
    return {name: Page(data.decode("utf-8"))
            for name, data in read_tree(root).items()
            if name.endswith(".html")}


def find_faults(pages, names):
    """What is wrong with the pages of a mirror that has files of these
    names: a line each."""
    return [f"{name}: {fault}" for name, page in pages.items()
            for fault in (*page.faults, *_structure(page),
                          *_dead(name, page, names))]


def _structure(page):
    levels = [level for level, _ in page.headings]
    if page.language is None or page.title.strip() == "":
        yield "no language, or no title"
    if levels[:1] != [1] or levels.count(1) != 1:
        yield f"not one h1 before all other headings: {levels}"
    for above, level in zip(levels, levels[1:]):
        if level > above + 1:
            yield f"a level is left out: {levels}"
    if page.tags & {"script", "iframe", "object", "embed", "form"}:
        yield f"active content: {page.tags}"
    if not {"header", "main", "footer"} <= page.tags:
        yield "a landmark is missing"


def _dead(name, page, names):
    base = "http://mirror.invalid/prefix/"
    here = base + urllib.parse.quote(name)
    addresses = [a.get("href") for _, a in page.links]
    addresses += [a.get("src") for a in page.images]
    for address in addresses:
        parts = urllib.parse.urlsplit(address)
        if parts.scheme not in SAFE:
            yield f"the scheme of {address}"
        if parts.scheme or parts.netloc:
            continue
        if address.startswith("/"):
            yield f"not relative: {address}"
        whole = urllib.parse.urljoin(here, address)
        target = urllib.parse.unquote(whole.removeprefix(base))
        if target not in names:
            yield f"dead: {address}"
