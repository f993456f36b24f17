"""Feeds as other programs read them: the rules of their formats, and what
xmllint and feedparser say."""

import json
import os
import re
import subprocess

from capsuled_test import Skip, check_status, get, source_root

RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
FEED_MEMBERS = {
    "version", "title", "home_page_url", "feed_url", "description",
    "language", "authors", "items"}
ITEM_MEMBERS = {
    "id", "url", "title", "summary", "content_text", "date_published",
    "date_modified", "language", "authors", "tags"}
TOOL_SECONDS = 20


def run_tool(command, data):
    """The finished command, which read data; Skip where it is not there."""
    try:
        return subprocess.run(command, input=data, capture_output=True,
                              timeout=TOOL_SECONDS, check=False)
    except FileNotFoundError as error:
        raise Skip(f"there is no {command[0]}") from error


def check_atom(port, path):
    """An Atom feed by the grammar of RFC 4287; returns its bytes."""
    reply = check_status(get(port, path), 20)
    assert reply.meta == "application/atom+xml", reply.meta
    grammar = os.path.join(source_root(), "tests/lib/atom.rng")
    done = run_tool(["xmllint", "--noout", "--nonet", "--relaxng", grammar,
                     "-"], reply.body)
    assert done.returncode == 0, f"{path}: {done.stderr.decode()}"
    return reply.body


def parse_feed(body):
    """What feedparser makes of a feed: {"title", "links", "entries"}."""
    code = (
        "import feedparser, json, sys\n"
        "f = feedparser.parse(sys.stdin.buffer.read())\n"
        "assert not f.bozo, f.bozo_exception\n"
        "json.dump({'title': f.feed.title, 'id': f.feed.id,\n"
        "  'version': f.version, 'author': f.feed.get('author', ''),\n"
        "  'language': f.feed.get('language', ''), 'entries': [{\n"
        "  'id': e.id, 'link': e.link, 'title': e.title,\n"
        "  'day': list(e.published_parsed)[:3],\n"
        "  'summary': e.get('summary', ''),\n"
        "  'content': e.content[0].value if 'content' in e else '',\n"
        "  'authors': [a.get('name') for a in e.get('authors', [])],\n"
        "  'tags': [t.term for t in e.get('tags', [])]}\n"
        "  for e in f.entries]}, sys.stdout)\n")
    for python in ("python3", "/usr/bin/python3"):
        probe = run_tool([python, "-c", "import feedparser"], b"")
        if probe.returncode == 0:
            done = run_tool([python, "-c", code], body)
            assert done.returncode == 0, done.stderr.decode()
            return json.loads(done.stdout)
    raise Skip("no python3 has feedparser")


def check_json(port, path):
    """A feed by the rules of JSON Feed 1.1; returns it."""
    reply = check_status(get(port, path), 20)
    assert reply.meta == "application/feed+json", reply.meta
    feed = json.loads(reply.body.decode("utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1", feed
    assert isinstance(feed["title"], str) and feed["title"], feed
    assert feed["feed_url"].endswith(path), feed["feed_url"]
    assert set(feed) <= FEED_MEMBERS, set(feed) - FEED_MEMBERS
    ids = [item["id"] for item in feed["items"]]
    assert all(isinstance(i, str) and i for i in ids), ids
    assert len(set(ids)) == len(ids), ids
    for item in feed["items"]:
        assert set(item) <= ITEM_MEMBERS, set(item) - ITEM_MEMBERS
        assert item["content_text"], item
        assert item["url"].startswith("gemini://"), item
        for key in ("date_published", "date_modified"):
            assert key not in item or RFC_3339.fullmatch(item[key]), item
        for author in item.get("authors", []):
            assert author.get("name") or author.get("url"), item
        assert all(isinstance(tag, str) for tag in item.get("tags", []))
    return feed
