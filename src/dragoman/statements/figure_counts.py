"""Counts of people and things: what befell them decides the quantity."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.statements.figure_governors import VICTIM, governed, is_human
from dragoman.statements.figure_reading import Reading, is_single, lexicon, token_at

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan, Token

    from dragoman.numerals import Numeral

__all__ = ["count"]

LINKING = frozenset({"ADJ", "DET", "NUM", "PRON", "VBN", "VBG", "POS", "HYPH"})
NOMINAL = frozenset({"NOUN", "PROPN"})
COUNTED = ("killed", "injured", "displaced", "missing", "captives", "arrested", "protesters", "troops")
STATE_AFTER = re.compile(
    r"^(?P<gap>(?:[^.;:\d]|(?<=\w)\.(?=\w))*?)"
    r"(?P<be>\b(?:are|were|was|is|been|being|be|left|remain|still|also|feared|confirmed|\w+ly"
    r"|(?:\w+ed|known|thought|said) to have)\s+)*"
    r"\b(?P<w>killed|dead|died|deaths|fatalities|injured|wounded|hurt|injuries|missing"
    r"|arrested|arrests|detained|abducted|kidnapped|displaced|executed|hospitali[sz]ed"
    r"|treated (?:in|at|for)\b|taken to (?:a |the )?(?:\w+ )?hospitals?|taken"
    r" hostage|hostage)\b"
)
INCLUDING = re.compile(r", (?:including|among|mostly|most)[^,]*(?:, [^,]*?)*,(?= )")
FAR = re.compile(
    r"\b(?:who|after|by|in an?|the|over|for|from|to|of|with|when|while|are|is|were|was|says?|said|kill|killed"
    r"|injur|and (?:at least|about))\b"
)
STATES = {
    "killed": "killed", "dead": "killed", "died": "killed", "deaths": "killed", "fatalities": "killed",
    "executed": "killed",
    "injured": "injured", "wounded": "injured", "hurt": "injured", "injuries": "injured",
    "missing": "missing", "arrested": "arrested", "arrests": "arrested", "detained": "arrested",
    "abducted": "captives", "kidnapped": "captives", "hostage": "captives", "taken hostage": "captives",
    "displaced": "displaced", "hospitalized": "injured", "hospitalised": "injured",
    "treated": "injured",
}  # fmt: skip
TOLL_OF = re.compile(r"\btoll (?:of|to|at|reache[sd]|hits?) (?:\w+ ){0,2}$")
VOTING = re.compile(r"\s+(?:voted|in favou?r|against|abstain)")
EVENT_NOUNS = frozenset({"death", "killing", "fatality", "injury", "arrest", "abduction", "kidnapping"})
TURNOUT = re.compile(
    r"\s+(?:march|rall(?:y|ied)|protest|demonstrat|gather|took to the streets|take to the streets)"
)
OF_WHOLE = re.compile(r"[\w,.-]+ of (?:the |all |its )?")
CROWD = 20
SMALL = 10
DEFINITE = frozenset(
    "the these those both his her its their our last first next past other 's ’s".split()  # noqa: SIM905
)
OWNED = frozenset({"the", "those", "these", "his", "her", "its", "their", "our", "them", "us", "my"})
PROTEST = re.compile(
    r"\b(?:protest|demonstrat|rall(?:y|ies|ied)|march(?:ed|es|ing)?\b|t(?:ake|ook) to the streets)"
)
STEMS = {
    "kill": "killed", "injur": "injured", "wound": "injured", "arrest": "arrested", "detain": "arrested",
    "abduct": "captives", "kidnap": "captives", "displac": "displaced", "execut": "killed", "claim": "killed",
    "death": "killed",
}  # fmt: skip
TOLL = re.compile(
    r"(?:death toll|deaths|toll|fatalities|casualties|number of (?:dead|deaths|people"
    r" killed))\b.*?\b(?:to|at|is|was|of|reach\w*|surpass\w*|exceed\w*|stands? at|hit"
    r"|pass\w*)\s+(?:about |around |nearly |almost |over |more than |at least |up to "
    r"|approximately )?$",
    re.IGNORECASE,
)
NUMBER_OF = re.compile(
    r"number of (?:people |those )?(?P<w>killed|dead|injured|wounded|missing|displaced"
    r"|arrested|detained)\b.*?\b(?:to|at|is|was)\s+(?:\w+ ){0,2}$"
)
VERB_BEFORE = re.compile(
    r"\b(?P<w>kill(?:ed|ing|s)?|injur(?:e|es|ed|ing)|wound(?:s|ed|ing)?|arrest(?:s|ed|ing)?"
    r"|detain(?:s|ed|ing)?|abduct(?:s|ed|ing)?|kidnap(?:s|ped|ping)?|displac(?:e|es|ed|ing)"
    r"|execut(?:e|es|ed|ing)|claim(?:s|ed|ing)? the lives of|deaths? of|killing of|arrests?"
    r" of)"
    r"\s+(?:at least |more than |over |nearly |almost |about |around |up to |some |an"
    r" estimated |approximately |another |the |an additional |a further |as many as )?$",
    re.IGNORECASE,
)


def count(tokens: TokenSpan, numeral: Numeral, before: list[Reading]) -> Reading | None:
    """Return the reading of a number that counts people or things; None where it is not worth keeping."""
    first, last = token_at(tokens, numeral.core), token_at(tokens, max(numeral.core, numeral.end - 1))
    if first.ent_type_ in ("DATE", "TIME", "ORDINAL") and not numeral.qualifier and not numeral.vague:
        noun = _noun(first, last)
        if noun is None or noun.lemma_.lower() not in lexicon().human:
            return None
    noun = _noun(first, last)
    quantity = _quantity(tokens, numeral, before, noun, last)
    if quantity is None or not _worth(tokens, numeral, noun, first, quantity):
        return None
    head = noun if noun is not None else first
    start, end = numeral.start, max(numeral.end, _end(head, last) - tokens.start_char)
    people = noun is None or is_human(noun) or quantity in COUNTED
    unit = "people" if people else tokens.doc[noun.i].lower_ if noun is not None else "people"
    of = (
        None
        if noun is None or noun.lemma_ in ("people", "person", "other")
        else _text(tokens, last.i + 1, noun.i + 1)
    )
    low, high = numeral.low, numeral.high
    if quantity in VICTIM and noun is not None and noun.dep_ == "conj" and is_single(noun.head):
        low, high = (None if bound is None else bound + 1 for bound in (low, high))
    return Reading(
        quantity, low, high, "votes" if quantity == "votes" else unit, start, end, head.i, of, numeral.vague
    )


def _end(head: Token, last: Token) -> int:
    end = head if head.i >= last.i else last
    return int(end.idx + len(end.text))


def _noun(first: Token, last: Token) -> Token | None:
    """Return the noun that a number counts: its syntactic head, or the head of the phrase that follows it."""
    for token in (last, first):
        head = token
        for _ in range(4):
            if (
                head.dep_ in ("nummod", "quantmod", "compound", "amod", "det", "advmod", "nmod", "npadvmod")
                and head.head != head
            ):
                head = head.head
                if head.pos_ in NOMINAL and head.i > last.i:
                    return head
            else:
                break
    return _noun_after(last)


def _noun_after(last: Token) -> Token | None:
    """Return the last noun of the phrase that follows a number: "of Turkey's provinces", "oil tankers"."""
    doc, end = last.doc, min(len(last.doc), last.i + 9)
    found = None
    for token in doc[last.i + 1 : end]:
        if token.pos_ in NOMINAL:
            found = token
        elif token.lower_ in ("'s", "’s", "-", "–"):
            continue
        elif found is not None or not (token.lower_ == "of" or {token.pos_, token.tag_} & LINKING):
            break
    return found


def _text(tokens: TokenSpan, start: int, end: int) -> str | None:
    if start >= end:
        return None
    first, last = tokens.doc[start], tokens.doc[end - 1]
    return str(tokens.doc.text[first.idx : last.idx + len(last.text)]) or None


def _quantity(
    tokens: TokenSpan, numeral: Numeral, before: list[Reading], noun: Token | None, last: Token
) -> str | None:
    text = tokens.text
    if found := _by_words(text, numeral, noun):
        return found
    if noun is None:
        return _by_nothing(text, numeral, last, before)
    lemma = noun.lemma_.lower()
    if noun.lower_ == "others" and before and before[-1].quantity == "other":
        return "other"
    if lemma in EVENT_NOUNS & lexicon().nouns.keys():
        return lexicon().nouns[lemma]
    whole = bool(before) and OF_WHOLE.fullmatch(text, before[-1].start, numeral.start) is not None
    if not whole and (by := governed(noun, text[: numeral.start], before)):
        return by
    if lemma in lexicon().people:
        return lexicon().people[lemma]
    crowd = is_human(noun) and (numeral.vague or (numeral.low or numeral.high or 0) >= CROWD)
    return "protesters" if crowd and _rallies(noun, text) else "other"


def _by_words(text: str, numeral: Numeral, noun: Token | None) -> str | None:
    """Return the quantity that the words right before and after the number give, whatever the parse."""
    if TOLL.search(text[: numeral.core]) or TOLL_OF.search(text[: numeral.core]):
        return "killed"
    if found := NUMBER_OF.search(text[: numeral.core]):
        return STATES[found["w"]]
    if found := VERB_BEFORE.search(text[: numeral.start]):
        return _by_word(found["w"].lower())
    if noun is None or is_human(noun) or noun.lemma_.lower() in lexicon().people:
        found = STATE_AFTER.match(text[numeral.end :])
        if found and _close(found["gap"]) and not (noun is not None and noun.lower_ in STATES):
            return STATES.get(found["w"], "injured")
    return None


def _by_nothing(text: str, numeral: Numeral, last: Token, before: list[Reading]) -> str | None:
    """Return the quantity of a number without a noun: "four in favour", "Thousands marched"."""
    if by := governed(last, text[: numeral.start], before):
        return by
    crowd = (numeral.low or numeral.high or 0) >= CROWD and TURNOUT.match(text[numeral.end :])
    if crowd or (numeral.vague and PROTEST.search(text)):
        return "protesters"
    return "votes" if VOTING.match(text[numeral.end :]) else None


def _rallies(noun: Token, text: str) -> bool:
    """Whether a crowd is said to take part in a protest that the sentence names."""
    here = noun
    while here.dep_ in ("conj", "appos", "nmod", "compound") and here.head != here:
        here = here.head
    by = here.dep_ == "pobj" and here.head.lower_ in ("by", "of", "among")
    return (here.dep_ in ("nsubj", "nsubjpass", "ROOT") or by) and bool(PROTEST.search(text))


def _close(gap: str) -> bool:
    """Whether only the counted phrase stands between number and state: no other verb, number or long way."""
    bare = INCLUDING.sub(" ", gap.removeprefix(" of"))
    return len(bare.split()) <= 7 and "," not in bare and not FAR.search(bare)


def _by_word(word: str) -> str:
    """Return the quantity of a matched verb or event noun, by its stem."""
    return next(quantity for stem, quantity in STEMS.items() if stem in word)


def _worth(tokens: TokenSpan, numeral: Numeral, noun: Token | None, first: Token, quantity: str) -> bool:
    """Whether a count is worth recording: not "one of the", "the two sides", "two things"."""
    words = _around(tokens, first)
    if _one_or_several(numeral, words, first, quantity) or _in_a_name(tokens, numeral, noun, first):
        return False
    previous, following, after = words
    value = numeral.low if numeral.low is not None else numeral.high
    small = value is not None and value <= SMALL and not numeral.qualifier
    if small and previous == "the" and first.i > tokens.start + 1 and tokens.doc[first.i - 2].lower_ == "of":
        return False
    if quantity in VICTIM or (noun is not None and noun.lower_ == "others"):
        return True
    part = quantity == "other" and following == "of" and after in OWNED and not numeral.qualifier
    if previous == "per" or part:
        return False
    if noun is None:
        return quantity != "other"
    if noun.lemma_.lower() in lexicon().dull or (quantity == "other" and _names(noun, numeral)):
        return False
    return not (small and previous in DEFINITE)


def _around(tokens: TokenSpan, first: Token) -> tuple[str, str, str]:
    """Return the words before a token, after it, and after that, within the sentence."""
    doc, i = tokens.doc, first.i
    previous = doc[i - 1].lower_ if i > tokens.start else ""
    following = [t.lower_ for t in doc[i + 1 : min(i + 3, tokens.end)]] + ["", ""]
    return previous, following[0], following[1]


def _one_or_several(numeral: Numeral, words: tuple[str, str, str], first: Token, quantity: str) -> bool:
    """Whether "one" is a pronoun or a mere article, or the count is a bare "several"."""
    if numeral.vague and first.lower_ == "several" and numeral.low == 3:
        return True
    value = numeral.low if numeral.low is not None else numeral.high
    if value != 1:
        return False
    if not numeral.qualifier and quantity not in VICTIM:
        return True
    pronoun = words[1] in ("of", "another", "-", "day", "that") or words[0] in (
        "no",
        "the",
        "this",
        "that",
        "any",
    )
    return pronoun and not numeral.digits


def _in_a_name(tokens: TokenSpan, numeral: Numeral, noun: Token | None, first: Token) -> bool:
    """'the Five Eyes': a number word in capitals within a sentence."""
    inside = first.i > tokens.start and not numeral.digits
    return inside and bool(first.is_title) and noun is not None and bool(noun.is_title)


def _names(noun: Token, numeral: Numeral) -> bool:
    """Whether a singular noun follows, so that the number belongs to a name or measure: "Bell 206"."""
    lemma = noun.lemma_.lower()
    if noun.tag_ not in ("NN", "NNP") or noun.lower_.endswith("s"):
        return False
    if noun.tag_ == "NN":
        return not numeral.vague and lemma not in lexicon().human and lemma not in lexicon().uncounted
    return noun.ent_type_ not in ("", "CARDINAL", "QUANTITY", "NORP") and not numeral.qualifier
