"""The words by which lists of young people are known, with the lists of traits, and whether a trait could be said by them."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from throughline.analytics.learnerlists.vocabulary import TRAIT_LISTS, Vocabulary, labels_of, load_vocabulary, plain_heading
from throughline.analytics.participation.codesets import CodeSet
from throughline.core.problems import Problem, RefusedFileError


def vocabulary_with(lists: Mapping[str, CodeSet], restricted: Collection[str]) -> Vocabulary:
    """The words, with the lists of traits, and of what cells say, as they hold; restricted are the codes of which no list may say
    anything.
    """
    path = Path(settings.DEFINITIONS) / "mappings" / "learner_lists.toml"
    traits = tuple((code, lines[-1].label) for name in TRAIT_LISTS for code, lines in lists[name].by_code.items())
    return _loaded(settings.DEFINITIONS, path.stat().st_mtime_ns, traits, frozenset(restricted),
                   tuple(labels_of(lists).items()))


def refuse_unsayable(name: str, code: str, label: str, lists: Mapping[str, CodeSet]) -> None:
    """Refuse a code or a label of a trait by which no list of young people could say it, since it means something else there.

    Raises RefusedFileError that names the column which is at fault.
    """
    words = vocabulary_with(lists, ())
    if code in words.fields and not any(code in each.by_code for each in lists.values()):
        title = words.fields[code].title
        why = f"Lists of young people have “{title}” under this code, so none could say it. Choose another code"
        raise RefusedFileError([Problem(name, None, "code", code, "a code that lists can say", why)])
    headed = words.by_heading.get(plain_heading(label), code)
    if headed != code or plain_heading(label) in words.ignored:
        means = f"holds “{words.fields[headed].title}”" if headed != code else "is not used"
        why = f"In a list of young people a column with this heading {means}, so none could say it. Choose other words"
        raise RefusedFileError([Problem(name, None, "label", label, "a label that lists can say", why)])


@lru_cache(maxsize=4)
def _loaded(
    definitions: Path, stamp: int, traits: tuple[tuple[str, str], ...], restricted: frozenset[str],
    labels: tuple[tuple[str, tuple[tuple[str, str], ...]], ...],
) -> Vocabulary:
    return load_vocabulary(definitions, dict(traits), restricted, dict(labels))
