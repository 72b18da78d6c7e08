"""Respells by sound: near letters, finals added, dropped or moved, syllables drawn out."""

import random

from .augment_hangul import (
    FINAL,
    FINALS,
    INITIAL,
    INITIALS,
    SILENT,
    VOWEL,
    VOWELS,
    change_one,
    change_some,
    is_syllable,
    parts,
    pick,
    syllable,
    syllable_places,
)

# Sounds that are close, the likelier ones twice.
NEAR_INITIALS = {
    "ㄱ": "ㄲㄲㅋ", "ㄲ": "ㄱㄱㅋㅋ", "ㅋ": "ㄲㄱ", "ㄷ": "ㄸㄸㅌ", "ㄸ": "ㄷㄷㅌ", "ㅌ": "ㄸㄷ", "ㅂ": "ㅃㅃㅍㅍ", "ㅃ": "ㅂㅂㅍ",
    "ㅍ": "ㅂㅃ", "ㅅ": "ㅆ", "ㅆ": "ㅅ", "ㅈ": "ㅉㅉㅊ", "ㅉ": "ㅈㅈㅊ", "ㅊ": "ㅈㅉ", "ㄴ": "ㄹ", "ㄹ": "ㄴ", "ㅎ": "ㅇㅋ",
}  # fmt: skip
NEAR_VOWELS = {
    "ㅏ": "ㅑㅓㅘㅑ", "ㅐ": "ㅔㅔㅒㅖㅙ", "ㅑ": "ㅏㅕ", "ㅒ": "ㅖㅐㅔ", "ㅓ": "ㅗㅕㅝㅡㅏ", "ㅔ": "ㅐㅐㅖㅞㅚ", "ㅕ": "ㅓㅛㅑ", "ㅖ": "ㅔㅐㅒ",
    "ㅗ": "ㅓㅛㅜ", "ㅘ": "ㅏㅗ", "ㅙ": "ㅚㅞㅐ", "ㅚ": "ㅙㅞㅔ", "ㅛ": "ㅠㅗㅕ", "ㅜ": "ㅡㅠㅗ", "ㅝ": "ㅓㅜ", "ㅞ": "ㅙㅚㅔ",
    "ㅟ": "ㅣㅢㅣㅠ", "ㅠ": "ㅜㅛ", "ㅡ": "ㅜㅓㅢ", "ㅢ": "ㅣㅟㅡ", "ㅣ": "ㅟㅟㅢㅢㅡㅔㅠ",
}  # fmt: skip
# Finals that sound the same before a consonant, and the nasals people confuse.
NEAR_FINALS = {
    "ㄱ": "ㄲㅋㄺㄳ", "ㄲ": "ㄱㅋ", "ㅋ": "ㄱ", "ㄴ": "ㅇㄶㅁㄵ", "ㄷ": "ㅅㅌㅈ", "ㄹ": "ㄺㄽㄼㅀ", "ㅁ": "ㅇㄻㄴ", "ㅂ": "ㅍㅄㄼ", "ㅅ": "ㅆㄷㅈㅊㅌ",
    "ㅆ": "ㅅㄷ", "ㅇ": "ㄴㅁ", "ㅈ": "ㅅㅊㄷ", "ㅊ": "ㅅㅈ", "ㅌ": "ㅅㄷ", "ㅍ": "ㅂ", "ㅎ": "ㅅ", "ㄶ": "ㄴ", "ㅀ": "ㄹ", "ㅄ": "ㅂ", "ㄺ": "ㄱㄹ",
}  # fmt: skip
ADDED = "ㅅㅅㅂㄱㅇㄴㅎㄹㅆㅁㅈㅊㅋㅌㅍㄲ"
CLUSTERS = ["ㄳ", "ㄵ", "ㄶ", "ㄺ", "ㄻ", "ㄼ", "ㄽ", "ㄾ", "ㄿ", "ㅀ", "ㅄ"]
# A plain letter with the one that tenses it, and the aspirated letters as plain letter and ㅎ.
TENSED = {"ㄲ": ("ㄱ", "ㄱ"), "ㅆ": ("ㅅ", "ㅅ"), "ㅃ": ("ㅂ", "ㅂ"), "ㄸ": ("ㄷ", "ㄷ"), "ㅉ": ("ㅈ", "ㅈ")}
ASPIRATED = {"ㅋ": ("ㄱ", "ㅎ"), "ㅍ": ("ㅂ", "ㅎ"), "ㅌ": ("ㄷ", "ㅎ"), "ㅊ": ("ㅈ", "ㅎ")}
NASAL = {
    "ㄱ": "ㅇ",
    "ㄲ": "ㅇ",
    "ㅋ": "ㅇ",
    "ㅂ": "ㅁ",
    "ㅍ": "ㅁ",
    "ㄷ": "ㄴ",
    "ㅅ": "ㄴ",
    "ㅆ": "ㄴ",
    "ㅈ": "ㄴ",
    "ㅊ": "ㄴ",
    "ㅌ": "ㄴ",
}
TENSE = {"ㄱ": "ㄲ", "ㄷ": "ㄸ", "ㅂ": "ㅃ", "ㅅ": "ㅆ", "ㅈ": "ㅉ"}
ENDINGS = "아야이으스티링쓰냐옹뿡띠트라롱잉욤쿤맨좌쟝럴헝킥"

COVERS = "방송 게임 하트 천사 고양이 강아지 사랑 축하 감사 만두 치킨 나라 친구 학교 구름 과자 선생님 요정 인사 노래 공주 왕자 토끼 우유".split()


def _near(rng: random.Random, initial: int, vowel: int, final: int) -> str:
    roll = rng.random()
    if roll < 0.42:
        near = NEAR_INITIALS.get(INITIALS[initial])
        if near:
            return syllable(INITIAL[pick(rng, near)], vowel, final)
    if roll > 0.88 and final:
        return syllable(initial, vowel, FINAL[pick(rng, NEAR_FINALS.get(FINALS[final], FINALS[final]))])
    if roll > 0.86:
        return syllable(initial, int(rng.random() * 21), final)
    return syllable(initial, VOWEL[pick(rng, NEAR_VOWELS[VOWELS[vowel]])], final)


def near(rng: random.Random, word: str) -> str:
    """`씨발`, `시벌`, `쉬팔`: near letters in one or more syllables."""
    return change_some(rng, word, _near)


def _closed(rng: random.Random, initial: int, vowel: int, final: int) -> str:
    if final:
        options = [c for c in CLUSTERS if FINALS[final] in (c, chr(ord(c) - 1))] if rng.random() < 0.3 else ()
        return syllable(initial, vowel, FINAL[pick(rng, options or NEAR_FINALS.get(FINALS[final], "ㅇ"))])
    return syllable(initial, vowel, FINAL[pick(rng, ADDED) if rng.random() < 0.85 else pick(rng, CLUSTERS)])


def add_final(rng: random.Random, word: str) -> str:
    """`싯발`, `개샊끼`: finals that do not belong there, on open syllables first."""
    open_places = [i for i in syllable_places(word) if not (ord(word[i]) - 0xAC00) % 28]
    if not open_places or rng.random() < 0.2:
        return change_some(rng, word, _closed)
    chosen = set(open_places) if rng.random() < 0.4 else {pick(rng, open_places)}
    return "".join(_closed(rng, *parts(c)) if i in chosen else c for i, c in enumerate(word))


def thick(rng: random.Random, word: str) -> str:
    """`씰뽤`: every syllable tensed, rounded or closed at will, as reviews meant for one nation only are written."""
    return "".join(
        (_closed(rng, *parts(_near(rng, *parts(c)))) if rng.random() < 0.4 else _near(rng, *parts(c)))
        if is_syllable(c)
        else c
        for c in word
    )


def _open(rng: random.Random, initial: int, vowel: int, final: int) -> str:
    return syllable(initial, vowel)


def drop_final(rng: random.Random, word: str) -> str:
    """`시바`, `벼신`."""
    closed = [i for i in syllable_places(word) if (ord(word[i]) - 0xAC00) % 28]
    if not closed:
        return near(rng, word)
    place = pick(rng, closed)
    return word[:place] + _open(rng, *parts(word[place])) + word[place + 1 :]


def _boundary(rng: random.Random, left: tuple[int, int, int], right: tuple[int, int, int]) -> tuple[str, str] | None:
    """The two syllables with the sound at their boundary written another way."""
    (i, v, f), (j, w, g) = left, right
    final, initial = FINALS[f], INITIALS[j]
    options = []
    if not f and initial != "ㅇ":
        if initial in FINAL:
            options += [(syllable(i, v, FINAL[initial]), syllable(SILENT, w, g))] * 3
        for first, second in filter(None, (TENSED.get(initial), ASPIRATED.get(initial))):
            options += [(syllable(i, v, FINAL[first]), syllable(INITIAL[second], w, g))] * 2
        plain = TENSED.get(initial, ("", ""))[0]
        if plain:
            options.append((syllable(i, v, FINAL[plain]), syllable(SILENT, w, g)))
            options.append((syllable(i, v, FINAL[plain]), syllable(INITIAL["ㅎ"], w, g)))
        options.append((syllable(i, v, FINAL.get(initial, FINAL["ㅅ"])), syllable(j, w, g)))
    if f and initial == "ㅇ" and final in INITIAL and final != "ㅇ":
        options += [(syllable(i, v), syllable(INITIAL[final], w, g))] * 3
        if final in ("ㅌ", "ㄷ") and VOWELS[w] == "ㅣ":
            options.append((syllable(i, v), syllable(INITIAL["ㅊ" if final == "ㅌ" else "ㅈ"], w, g)))
    if initial in "ㄴㅁ" and final in NASAL:
        options.append((syllable(i, v, FINAL[NASAL[final]]), syllable(j, w, g)))
    if (final, initial) in (("ㄴ", "ㄹ"), ("ㄹ", "ㄴ")):
        options.append((syllable(i, v, FINAL["ㄹ"]), syllable(INITIAL["ㄹ"], w, g)))
    if final in NASAL and initial in TENSE:
        options.append((syllable(i, v, f), syllable(INITIAL[TENSE[initial]], w, g)))
    if f and initial != "ㅇ" and final in ("ㄱ", "ㅂ", "ㅅ", "ㄷ") and initial == final:
        options.append((syllable(i, v), syllable(INITIAL[TENSE[initial]], w, g)))
    return pick(rng, options) if options else None


def move_final(rng: random.Random, word: str) -> str:
    """`십알`, `색히`, `노미`: sounds move over the boundary of two syllables."""
    pairs = [k for k in range(len(word) - 1) if is_syllable(word[k]) and is_syllable(word[k + 1])]
    rng.shuffle(pairs)
    done = False
    letters = list(word)
    for k in pairs[: 1 if rng.random() < 0.7 else 3]:
        changed = _boundary(rng, parts(letters[k]), parts(letters[k + 1]))
        if changed:
            letters[k], letters[k + 1] = changed
            done = True
    return "".join(letters) if done else near(rng, word)


def extra(rng: random.Random, word: str) -> str:
    """A syllable more at the end, that means nothing."""
    return word + pick(rng, ENDINGS)


def cover(rng: random.Random, word: str) -> str:
    """A harmless word grown together with it, before or behind."""
    harmless = pick(rng, COVERS)
    return word + harmless if rng.random() < 0.5 else harmless + word


def _long(rng: random.Random, initial: int, vowel: int, final: int) -> str:
    times = pick(rng, (1, 1, 2, 3, 5))
    roll = rng.random()
    if roll < 0.2:
        return syllable(initial, vowel) + VOWELS[vowel] * times + (FINALS[final])
    if roll < 0.3:
        return syllable(initial, vowel, final) + pick(rng, "ㅡ~ㅣ-") * times
    if final and roll < 0.5:
        return syllable(initial, vowel, final) + FINALS[final] * times
    if final:
        return syllable(initial, vowel) + syllable(SILENT, vowel) * (times - 1) + syllable(SILENT, vowel, final)
    return syllable(initial, vowel) + syllable(SILENT, vowel) * times


def _again(rng: random.Random, initial: int, vowel: int, final: int) -> str:
    return syllable(initial, vowel, final) * pick(rng, (2, 2, 3, 4, 6))


def stretch(rng: random.Random, word: str) -> str:
    """`시이이발`, `시바알`, `발ㄹㄹ`, `시시시발`, `시이이바아알`."""
    if rng.random() < 0.15:
        return "".join(_long(rng, *parts(c)) if is_syllable(c) else c for c in word)
    return change_one(rng, word, _long if rng.random() < 0.75 else _again)
