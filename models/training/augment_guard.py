"""Keeps an innocent line innocent: a change may not bring in letters that read as abuse.

A short list of obvious stems, counted before and after in the letters themselves and in letters folded by sound. Lines
that hold a stem already may lose or respell it.
"""

import re

from .augment_hangul import INITIALS, VOWELS, parts, syllable
from .augment_keys import assemble

STEMS = (
    "시발 씨발 시팔 씨팔 씨벌 시벌 씨바 쉬발 쒸발 쓰발 씹 병신 븅신 빙신 새끼 쌔끼 새키 쉐끼 쉑 색히 색기 지랄 좆 존나 졸라 썅 쌍년 쌍놈 미친 꺼져 닥쳐 닥치 뒤져 뒤질 죽어 죽여 죽일 "
    "창녀 걸레 보지 자지 섹스 섹쓰 젖 강간 자살 느금 니애미 니미 애미 애비 엠창 한남 한녀 김치녀 된장녀 맘충 충이 틀딱 급식충 홍어 짱깨 쪽바리 흑형 깜둥 게이 호모 레즈 장애 저능 "
    "돌아이 또라이 등신 머저리 찐따 호구 염병 육갑 년아 놈아 년이 개년 개놈 창년 잡년 미친년 따먹 야동 딸딸 불알 후장 항문 빠구 보빨 조까 좃 ㅅㅂ ㅆㅂ ㅂㅅ ㅄ ㅈㄹ ㅁㅊ ㄲㅈ ㄷㅊ ㅅㄲ ㅈㄴ "
    "ㄱㅅㄲ ㅆㄹㄱ ㄴㄱㅁ ㅇㅁ ㄷㅈ ㅗㅗ ㅈㅏㅈ ㅆㅅ ㄴㅁ 쓰레기 벌레 돼지 뚱땡"
).split()
ENGLISH = (
    "fuck fuk fck phuk shit sht bitch btch cunt cnt nigg nigr fag dick dik cock "
    "cok slut whore hoe retard rape kys ass arse tit cum puss porn sex suck kill die"
).split()
FOLD_INITIALS = str.maketrans("ㄲㅋㄸㅌㅃㅍㅆㅉㅊ", "ㄱㄱㄷㄷㅂㅂㅅㅈㅈ")
FOLD_VOWELS = str.maketrans("ㅔㅖㅒㅙㅚㅞㅟㅢㅕㅛㅑㅠㅘㅝ", "ㅐㅐㅐㅐㅐㅐㅣㅣㅓㅗㅏㅜㅏㅓ")
FOLD_FINALS = [0, 1, 1, 1, 4, 4, 4, 7, 8, 1, 16, 8, 8, 8, 17, 8, 16, 17, 17, 7, 7, 21, 7, 7, 1, 7, 17, 0]
LEET = str.maketrans("013457@$!|", "oieastasil")


def _fold(char: str) -> str:
    initial, vowel, final = parts(char)
    initial = INITIALS.index(INITIALS[initial].translate(FOLD_INITIALS))
    return syllable(initial, VOWELS.index(VOWELS[vowel].translate(FOLD_VOWELS)), FOLD_FINALS[final])


FOLDED = {code: _fold(chr(code)) for code in range(0xAC00, 0xD7A4)}
NOT_HANGUL = re.compile(r"[^가-힣ㄱ-ㅣ]+")
NOT_LATIN = re.compile(r"[^a-z]+")
JAMO = re.compile(r"[ㄱ-ㅎ]?[ㅏ-ㅣ]")


def _any_of(stems: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(set(stems), key=len, reverse=True))))


EXACT = _any_of(STEMS)
SOUND = _any_of([stem.translate(FOLDED) for stem in STEMS if "가" <= stem[0] and len(stem) > 1])
LATIN = _any_of(ENGLISH)
TYPED = re.compile(
    "tlqkf|qudtls|tprtm|wlfkf|whssk|alcls|ewrp|ehdkr|sibal|ssibal|byungsin|byeongsin|saekki|saeki|jiral|jonna|ssib|gaesae"
)


def hits(text: str) -> tuple[int, int, int]:
    """How many stems stand in the text: as written, by sound, in Latin letters."""
    hangul = NOT_HANGUL.sub("", text)
    if JAMO.search(hangul):
        hangul = assemble(hangul)
    latin = NOT_LATIN.sub("", text.lower().translate(LEET)) if text.isascii() or re.search("[A-Za-z]", text) else ""
    found = len(LATIN.findall(latin)) + len(TYPED.findall(latin)) if latin else 0
    return len(EXACT.findall(hangul)), len(SOUND.findall(hangul.translate(FOLDED))), found


def worsens(before: tuple[int, int, int], text: str, innocent: bool = False) -> bool:
    """The text holds more stems than the counts before, and there was none that it could be a respelling of.

    In a line that is surely innocent a stem is no abuse, so any more count.
    """
    after = hits(text)
    return sum(after) > 0 and (innocent or not sum(before)) and any(b > a for a, b in zip(before, after))
