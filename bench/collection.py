"""A made-up collection of articles, the same for the same count and seed.

What it holds follows what real collections hold: see bench/README.md.
"""

import bisect
import datetime
import itertools
import random

SEED = 1965
START = datetime.datetime(2011, 1, 1, tzinfo=datetime.timezone.utc)
YEARS = 15
VOCABULARY = 20_000
SENTENCES = 20_000
WORDS_MEDIAN = 700
WORDS_SIGMA = 0.7
WORDS_MAX = 12_000
TAGS_LEAST, TAGS_MOST = 40, 2_000
ARTICLES_A_TAG = 20
LANGUAGES = (("", 86), ("de", 5), ("fr", 4), ("es", 3), ("ja", 2))
CATEGORIES = ("Engineering", "Design", "Travel", "Reading", "Cooking",
              "Networks", "Databases", "Security", "Music", "Gardens")
FIRST_NAMES = ("Ada", "Bruno", "Chiyo", "Dora", "Emil", "Fatima", "Goran")
LAST_NAMES = ("Almeida", "Berg", "Castro", "Dietrich", "Endo")
SYLLABLES = ("ka", "lo", "mi", "ren", "ta", "su", "vel", "dor", "in", "es",
             "tra", "po", "nu", "gal", "he", "chi", "bor", "as", "une", "fi")


class Zipf:
    """Draws items so that the n-th is drawn 1/n times as often."""

    def __init__(self, items):
        self.items = items
        self.sums = list(itertools.accumulate(
            1 / rank for rank in range(1, len(items) + 1)))

    def draw(self, rng):
        at = bisect.bisect(self.sums, rng.random() * self.sums[-1])
        return self.items[min(at, len(self.items) - 1)]


class Article:
    """What is known of an article before its text is made."""

    def __init__(self, number, title, date, is_markdown):
        self.number = number
        self.title = title
        self.date = date
        ending = "md" if is_markdown else "gmi"
        slug = title.lower().replace(" ", "-")
        self.path = f"posts/{date:%Y/%m}/{slug}-{number}.{ending}"
        self.is_markdown = is_markdown

    @property
    def url(self):
        return "/" + self.path.rpartition(".")[0] + ".gmi"


class Collection:
    """All articles, newest last; text(i) makes one of them."""

    def __init__(self, count, seed=SEED):
        self.seed = seed
        self.rng = random.Random(seed)
        words = ["".join(self.rng.choices(SYLLABLES,
                                          k=self.rng.choice((1, 2, 2, 3))))
                 for _ in range(VOCABULARY)]
        self.words = Zipf(words)
        self.sentences = [self.sentence() for _ in range(SENTENCES)]
        tags = min(max(count // ARTICLES_A_TAG, TAGS_LEAST), TAGS_MOST)
        self.tags = Zipf([f"{words[i]} {words[-i - 1]}" if i % 4 == 0
                          else f"{words[i]}{i}" for i in range(tags)])
        self.authors = Zipf([f"{first} {last}" for first in FIRST_NAMES
                             for last in LAST_NAMES])
        step = datetime.timedelta(days=365.25 * YEARS) / count
        self.articles = [
            Article(i, self.title(), START + i * step, self.rng.random() < 0.7)
            for i in range(count)]

    def sentence(self):
        words = [self.words.draw(self.rng)
                 for _ in range(self.rng.randint(5, 20))]
        return " ".join(words).capitalize() + "."

    def title(self):
        return " ".join(self.words.draw(self.rng)
                        for _ in range(self.rng.randint(2, 7))).capitalize()

    def header(self, article, rng):
        """The front matter as lines."""
        lines = ["---", f"title: \"{article.title}\"",
                 f"date: {article.date:%Y-%m-%dT%H:%M:%SZ}"]
        tags = {self.tags.draw(rng): None for _ in range(rng.randint(0, 6))}
        if tags:
            lines.append("tags: [" + ", ".join(tags) + "]")
        if rng.random() < 0.9:
            chosen = rng.sample(CATEGORIES, rng.choice((1, 1, 2)))
            lines.append("categories: [" + ", ".join(chosen) + "]")
        lines.append(f"author: {self.authors.draw(rng)}")
        if rng.random() < 0.1:
            lines.append(f"series: Part of {article.number // 60}")
        if rng.random() < 0.4:
            lines.append(f"description: {rng.choice(self.sentences)}")
        if rng.random() < 0.05:
            lines.append(f"aliases: [/old/{article.number}.html]")
        language = rng.choices([tag for tag, _ in LANGUAGES],
                               [share for _, share in LANGUAGES])[0]
        if language:
            lines.append(f"lang: {language}")
        return lines + ["---", ""]

    def link(self, article, rng):
        """A link to another article, as an author of this one writes it."""
        other = rng.choice(self.articles)
        if not article.is_markdown:
            return f"=> {other.url} {other.title}"
        return (f"See [{other.title}](../../../{other.path}) on this, "
                f"and <https://example.org/{other.number}>.")

    def block(self, article, rng):
        """What is not a plain paragraph; empty for most."""
        kind = rng.random()
        sentence = rng.choice(self.sentences)
        if kind < 0.08:
            return "\n".join("* " + rng.choice(self.sentences)
                             for _ in range(rng.randint(2, 6)))
        if kind < 0.14:
            return "> " + sentence
        if kind < 0.20:
            return "```\n" + sentence.replace(" ", "\n") + "\n```"
        if kind < 0.30:
            return "## " + sentence.rstrip(".")
        if kind < 0.33 and article.is_markdown:
            cells = sentence.split()[:6]
            return ("| a | b |\n|---|---|\n"
                    + "\n".join(f"| {cell} | *{cell}* |" for cell in cells))
        if kind < 0.45:
            return self.link(article, rng)
        return ""

    def text(self, number):
        """The whole source of an article."""
        article = self.articles[number]
        rng = random.Random(self.seed * len(self.articles) + number)
        wanted = min(rng.lognormvariate(0, WORDS_SIGMA) * WORDS_MEDIAN,
                     WORDS_MAX)
        parts = self.header(article, rng)
        count = 0
        while count < wanted:
            block = self.block(article, rng)
            if not block:
                block = " ".join(rng.choices(self.sentences, k=4))
            parts += [block, ""]
            count += block.count(" ") + block.count("\n") + 1
        return "\n".join(parts)

    def write(self, root):
        """Write all files and the capsule's own metadata beneath root."""
        (root / "capsule.yaml").write_text(
            "title: A large capsule\nlanguage: en\ntimezone: UTC\n")
        folders = set()
        for number, article in enumerate(self.articles):
            path = root / article.path
            if path.parent not in folders:
                path.parent.mkdir(parents=True, exist_ok=True)
                folders.add(path.parent)
            path.write_text(self.text(number))
