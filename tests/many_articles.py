"""As many articles as are wanted: paragraphs of the corpus, each time with other numbers and another order."""
import json
import os
import random
import re

HERE = os.path.dirname(os.path.abspath(__file__))
CORPUS = os.path.join(HERE, "..", "corpus", "gold.jsonl")
MOST = 4  # paragraphs of an article


def paragraphs():
    with open(CORPUS, encoding="utf-8") as stream:
        texts = [json.loads(line)["text"] for line in stream]
    return [p.strip() for text in texts for p in text.split("\n\n") if p.strip()]


def article(number, known):
    """Always the same for the same number."""
    rng = random.Random(number)
    text = "\n\n".join(rng.choice(known) for _ in range(rng.randint(1, MOST)))
    text = re.sub(r"\d", lambda digit: str((int(digit[0]) + number) % 10), text)
    return {"id": f"many-{number}", "date": f"2025-{1 + number % 12:02}-{1 + number % 28:02}", "title": f"Numéro {number}",
            "text": text, "rubrique": number % 7}


def write(path, numbers):
    known = paragraphs()
    with open(path, "w", encoding="utf-8") as stream:
        for number in numbers:
            stream.write(json.dumps(article(number, known), ensure_ascii=False) + "\n")
    return path
