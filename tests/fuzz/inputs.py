"""The inputs of the tree for each fuzz target: its own, and the samples of feeds where they are of its form."""
import glob
import os

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "seeds")
FEEDS = {
    "xml": "*.xml *.rdf",
    "json": "*.json",
    "html": "*.html",
    "csv": "*.csv",
    "iptc7901": "*.iptc",
    "warc": "*.warc",
    "archive": "*.gz *.zst",
}


def targets():
    return sorted(os.listdir(FOLDER))


def of(target):
    """Paths of files, always in the same order."""
    own = glob.glob(os.path.join(FOLDER, target, "*"))
    feeds = [path for pattern in FEEDS.get(target, "").split()
             for path in glob.glob(os.path.join(HERE, "..", "feeds", pattern))]
    return sorted(own) + sorted(feeds)
