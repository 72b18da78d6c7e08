"""Changes of a whole line: kind padding, flood, spacing, order."""

import random

from .augment_hangul import pick
from .augment_keys import type_keys
from .augment_marks import SYLLABLES, mark
from .neutral import of_family

KIND = [
    "오늘도 즐거운 방송 감사합니다",
    "안녕하세요 처음 왔어요",
    "방송 너무 재밌어요",
    "항상 응원합니다",
    "좋은 하루 보내세요",
    "오늘 저녁 뭐 드셨어요",
    "다들 감기 조심하세요",
    "노래 정말 잘하시네요",
    "이번 판도 화이팅",
    "구독하고 갑니다",
    "목소리 좋으시다",
    "게임 진짜 잘하네",
    "고생 많으셨습니다",
    "생일 축하해요",
    "비 오는데 우산 챙기세요",
    "어제 영상도 잘 봤습니다",
    "귀여운 고양이네요",
    "다음 방송은 언제인가요",
    "물 많이 드시고 쉬엄쉬엄 하세요",
    "오늘 날씨 참 좋네요",
    "주말 잘 보내고 계신가요",
    "퇴근하고 왔습니다",
    "배경 음악 제목 알려주세요",
    "채팅 읽어주셔서 고마워요",
    "덕분에 많이 웃었어요",
    "여러분 사랑해요",
    "밥 먹으면서 보는 중",
    "시험 끝나서 기분 좋다",
    "잘 부탁드립니다",
    "ㅎㅇㅎㅇ 반가워요",
]
KIND_ENGLISH = [
    "hello everyone have a nice day",
    "love the stream today",
    "great play well done",
    "thanks for streaming",
    "good luck in the next game",
    "first time here nice to meet you",
    "what song is this",
    "happy birthday",
    "hope you had a good weekend",
    "this game looks fun",
    "greetings from home",
    "gg well played",
    "you are doing great",
    "the music is so calm",
]
EVERYDAY = ("everyday", "everyday", "everyday", "names", "body", "groups", "praise")
LONGEST = 300


def is_english(text: str) -> bool:
    """No Hangul in it."""
    return not any("가" <= c <= "힣" or "ㄱ" <= c <= "ㅣ" for c in text)


def kind_sentence(rng: random.Random, english: bool) -> str:
    """A greeting or thanks, or any everyday sentence, so that no padding can be learnt."""
    if rng.random() < 0.4:
        return pick(rng, KIND_ENGLISH if english else KIND)
    return of_family(rng, "english-chat" if english else pick(rng, EVERYDAY))


def pad(rng: random.Random, text: str) -> str:
    """Kind sentences before or behind."""
    english = is_english(text)
    before = rng.random() < 0.6
    pieces = [text]
    if before:
        pieces.insert(0, kind_sentence(rng, english))
    if not before or rng.random() < 0.6:
        pieces.append(kind_sentence(rng, english))
    if rng.random() < 0.3:
        pieces.insert(pick(rng, (0, len(pieces))), kind_sentence(rng, english))
    return pick(rng, (" ", " ", " ", "  ", "\n", " ~ ", ". ")).join(pieces)


def flood(rng: random.Random, text: str) -> str:
    """The line again and again, or a run of one letter around it."""
    if rng.random() < 0.3:
        run = pick(rng, "ㅋㅎㅠㅜ!?~.아오") * (3 + int(rng.random() * 25))
        return pick(rng, (f"{run}{text}", f"{text}{run}", f"{run} {text} {run}", f"{text} {run}"))
    times = 2 + int(rng.random() * 5)
    joint = pick(rng, (" ", " ", "", ", ", "\n", " " + mark(rng) + " "))
    return joint.join([text] * max(1, min(times, LONGEST // (len(text) + 1))))


def spread_out(rng: random.Random, text: str) -> str:
    """A separator between all letters of the line."""
    joint = pick(rng, (" ", " ", " ", "\n", mark(rng), mark(rng), pick(rng, SYLLABLES)))
    return joint.join(text[:80].replace(" ", "")) + text[80:]


def glue(rng: random.Random, text: str) -> str:
    """All spaces left out, or some at wrong places."""
    if rng.random() < 0.5 or len(text) < 4:
        return text.replace(" ", "")
    return "".join(c + " " if c != " " and rng.random() < 0.3 else "" if c == " " else c for c in text).strip()


def keys(rng: random.Random, text: str) -> str:
    """The whole line on the Latin layout."""
    return type_keys(text)


def backwards(rng: random.Random, text: str) -> str:
    """The line from its end, rarely shown as it was by a bidi override."""
    return "\u202e" + text[::-1] + "\u202c" if rng.random() < 0.5 else text[::-1]


def swap(rng: random.Random, word: str) -> str:
    """`발시`: two neighbouring letters of a word change places."""
    place = int(rng.random() * max(1, len(word) - 1))
    return word[:place] + word[place : place + 2][::-1] + word[place + 2 :]


def reverse(rng: random.Random, word: str) -> str:
    """A short word from its end, a long one by halves."""
    return word[::-1] if len(word) < 4 else word[2:] + word[:2]
