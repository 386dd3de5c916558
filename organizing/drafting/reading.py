"""How hard a text is to read. The twin of js/core/reading.js, with the same formulas and the same words.

English: Automated Readability Index (Senter and Smith, 1967), 4.71 letters per word + 0.5 words per sentence - 21.43,
which is a year of school in the United States; five more are an age. Spanish, French, German and Polish: LIX
(Björnsson, 1968), words per sentence + percentage of words of more than six letters, which is a number and no age.
Arabic and Chinese: no formula that is honest about plain text, so only the length of sentences (in Chinese, in
characters).
"""

import re
from dataclasses import dataclass

LIX_LANGUAGES = ("es", "fr", "de", "pl")
_WORD = re.compile(r"[^\s.,;:!?…()\[\]{}\"“”«»„*_#>|/\\—–。！？，؟،؛]+")
_SENTENCE = re.compile(r"[.!?…:。！？؟]+(?=\s|$)|[。！？]|\n\s*\n|\n(?=\s*[-*0-9])")
_HAS_LETTER = re.compile(r"[^\W\d_]")
# LIX by Björnsson's own table: up to this number, the text is …
_LIX_BANDS = ((30, "very easy"), (40, "easy"), (50, "middling"), (60, "hard"))


@dataclass(frozen=True, slots=True)
class Reading:
    """`formula` is ARI, LIX or empty; `age` belongs to ARI, `band` to LIX."""

    words: int
    sentences: int
    formula: str
    age: int
    score: int
    band: str


def measure(text: str, language: str) -> Reading:
    """The meter's reading. A text without words reads 0 everywhere."""
    words = [word for word in _WORD.findall(text) if _HAS_LETTER.search(word)]
    sentences = len([part for part in _SENTENCE.split(text) if _HAS_LETTER.search(part)])
    count = len(words)
    if not count or not sentences:
        return Reading(0, 0, "", 0, 0, "")
    if language == "en":
        letters = sum(len(word) for word in words)
        grade = 4.71 * letters / count + 0.5 * count / sentences - 21.43
        return Reading(count, sentences, "ARI", max(5, round_half_up(grade) + 5), 0, "")
    if language in LIX_LANGUAGES:
        long = sum(len(word) > 6 for word in words)
        score = round_half_up(count / sentences + 100 * long / count)
        return Reading(count, sentences, "LIX", 0, score, _band(score))
    if language.startswith("zh"):
        count = sum(len(word) for word in words)
    return Reading(count, sentences, "", 0, 0, "")


def round_half_up(number: float) -> int:
    """As JavaScript rounds."""
    return int((number + 0.5) // 1)


def _band(score: int) -> str:
    return next((name for most, name in _LIX_BANDS if score <= most), "very hard")
