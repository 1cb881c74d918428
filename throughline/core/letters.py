"""Letters as names are compared and searched by: of the English alphabet wherever another can be written so."""

import unicodedata

# Small letters from which no accent can be taken, as whoever has no such key types them; and signs that count as letters.
_OWN = str.maketrans({
    "ł": "l", "đ": "d", "ð": "d", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n", "ə": "e",
    "ɛ": "e", "ɔ": "o", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ʼ": "", "ʻ": "",
})


def plain_letters(words: str) -> str:
    """Words in small letters, each accent apart from its letter, for whoever compares them to leave out with all other signs."""
    return unicodedata.normalize("NFKD", words.casefold()).translate(_OWN)
