"""Look-alikes: digits and signs by sound, letters drawn with other scripts, styled letters, masks."""

import random

from .augment_hangul import FINALS, INITIALS, VOWELS, change_one, is_syllable, parts, pick, some, syllable, syllable_places
from .augment_keys import roman, type_keys

# What draws a jamo: other scripts, box lines, digits, Latin letters.
SHAPES = {
    "ㄱ": "ᄀ7┐¬ﾡフㄱ¬ㄱ", "ㄲ": ["ㄱㄱ", "77", "┐┐", "ᄁ", "フフ", "ㄱㄱ"], "ㄴ": "ᄂL∟└乚しㄴㄴLﾤ", "ㄷ": "匚⊏ㄷCᄃ亡[ㄷ",
    "ㄸ": ["ㄷㄷ", "匚匚", "CC", "cc"], "ㄹ": "己ᄅ弓2Z已근己己", "ㅁ": "口□ᄆ■ロ囗㉤ㅁ口", "ㅂ": "廿ᄇ甘凵日田Hbㅂ廿",
    "ㅃ": ["ㅂㅂ", "廿廿", "88", "HH"], "ㅅ": "人ᄉ∧^入ㅅ亻Λ人八ㅅ㉦", "ㅆ": ["从", "ㅅㅅ", "人人", "^^", "∧∧", "AA", "ᄊ"],
    "ㅇ": "○O0oᄋ〇◯●㉧ㅇ", "ㅈ": "スᄌズㅈ天Xㅈス㉨", "ㅉ": ["ㅈㅈ", "スス", "ᄍ"], "ㅊ": "ᄎ大犬え大ㅊ㉩", "ㅋ": "ヲᄏ㉪ヨ∃刁ㅋヲ",
    "ㅌ": "ᄐEモ巨∈ㅌ三㉫", "ㅍ": "ᄑ並π立亚ㅍ工", "ㅎ": "ᄒ云ㅎö㉭古ㅎ",
    "ㅏ": "ᅡ卜ト├rㅏF卜", "ㅐ": ["H", "卄", "ㅏ|", "ㅏㅣ", "ᅢ", "卜|", "ㅏl", "ㅐ"], "ㅑ": "ᅣ╞Fㅑド",
    "ㅒ": ["ㅑ|", "ㅑㅣ", "ᅤ"], "ㅓ": "ᅥ┤ㅓt╡ㅓ", "ㅔ": ["ㅓ|", "ㅓㅣ", "ㅓl", "-||", "ᅦ", "ㅔ"], "ㅕ": "ᅧ╡ㅕヨ=ㅕ", "ㅖ": ["ㅕ|", "ㅕㅣ", "ᅨ"],
    "ㅗ": "ᅩ┴⊥上ㅗ⊥ㅗ", "ㅘ": ["ㅗㅏ", "⊥卜", "ᅪ"], "ㅙ": ["ㅗㅐ", "ᅫ"], "ㅚ": ["ㅗㅣ", "ㅗ|", "⊥|", "ᅬ"], "ㅛ": "ᅭ╨ㅛ凵ㅛ", "ㅜ": "ᅮ┬T下丅ㅜTㅜ",
    "ㅝ": ["ㅜㅓ", "ᅯ"], "ㅞ": ["ㅜㅔ", "ᅰ"], "ㅟ": ["ㅜㅣ", "T|", "┬l", "ᅱ"], "ㅠ": "ᅲ╥π兀丌Ⅱㅠㅠ", "ㅡ": "ᅳ一-_ーㅡ━─ㅡ一", "ㅢ": ["ㅡㅣ", "ㅡ|", "一|", "-l", "ᅴ"],
    "ㅣ": "ᅵ|l1I丨│!ㅣ1|ㅣ", "": "",
}  # fmt: skip
# Characters read with the sound of the syllable.
SOUND_DIGITS = {
    "일": "1", "이": "2", "삼": "3", "사": "4", "오": "5", "육": "6", "칠": "7", "팔": "8", "구": "9", "영": "0", "공": "0", "빵": "0", "십": ["10"],
    "백": ["100"], "천": ["1000"], "발": "88⑧❽", "빨": "8", "벌": "8", "씨": "Cc", "시": "Cc", "씹": ["10", "ㅆ1ㅂ"], "치": "7", "비": "Bb", "지": "Gg", "디": "Dd",
    "티": "T", "제": "J", "피": "P", "유": "U", "알": "R", "엘": "L", "엠": "M", "엔": "N", "에": "A", "아": "Rr@", "싸": "4", "쓰": "3", "구나": "9", "놈": "N", "개": "犬", "새": "鳥",
    "네": "4", "니": "2", "리": "2", "나": "Na", "두": "2", "세": "3", "석": "3", "열": ["10"], "만": ["10000"], "군": "9", "국": "9", "영어": "0", "링": "0", "투": "2", "원": "1", "포": "4",
}  # fmt: skip
# Chinese characters by their Korean reading.
READ = {
    "년": "年", "병": "病兵", "신": "神身信申", "놈": "者", "개": "犬介", "새": "鳥", "발": "發足", "시": "市詩時始", "자": "子自", "지": "地之", "여": "女", "녀": "女", "남": "男南",
    "대": "大", "소": "小", "인": "人", "사": "死四事", "이": "二李", "일": "一日", "삼": "三", "십": "十", "팔": "八", "구": "九口", "오": "五", "죽": "竹", "미": "美米未", "친": "親",
    "보": "步寶", "왕": "王", "문": "門文", "산": "山", "수": "水手", "화": "火花", "목": "木", "금": "金", "토": "土", "생": "生", "성": "性星", "노": "奴老", "무": "無武", "천": "天千",
    "하": "下", "상": "上", "중": "中", "국": "國", "한": "韓", "기": "氣己", "정": "正", "월": "月", "주": "主", "장": "長", "전": "電", "동": "東", "서": "西", "북": "北", "고": "高", "가": "家",
    "나": "我", "너": "汝", "부": "父", "모": "母", "방": "方", "송": "送", "선": "先", "학": "學", "교": "校", "차": "車", "마": "馬", "우": "牛", "양": "羊", "견": "犬", "충": "蟲", "진": "眞", "명": "明",
}  # fmt: skip
# Syllables that look like others.
TWINS = dict(["대머", "머대", "귀커", "커귀", "명띵", "멍댕", "댕멍", "유윾", "우윽", "과파", "파과", "왕앟", "비네", "피끠", "관판", "광팡", "팡광", "겨저", "쥬듀", "세숴", "의익", "위읶", "거지"])
MASKS = "***○OoXx0_-?#ㅇ●■@◯^~.☆"
LATIN_SHAPES = {
    "a": "аα@4ɑá", "b": "Ьβ8ƅ", "c": "сϲ¢ç(", "d": "ԁđ", "e": "еε3€é", "f": "ƒϝ", "g": "ɡ9ğ", "h": "һн", "i": "іι1!íl|", "j": "јʝ", "k": "κк", "l": "ⅼ1|Iӏ", "m": "мⅿ",
    "n": "ոηñ", "o": "оο0ø°", "p": "рρ", "q": "ԛ9", "r": "гяʀ", "s": "ѕ5$ş", "t": "т7+τ", "u": "υսü", "v": "νѵ", "w": "ԝω", "x": "х×χ", "y": "уγ¥", "z": "ᴢ2ž",
}  # fmt: skip


def _styles() -> list[dict[int, str]]:
    """Tables from ASCII letters to a styled alphabet, one table a style."""
    low, high = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    holes = {0x1D455: "ℎ", 0x1D49D: "ℬ", 0x1D4A0: "ℰ", 0x1D4A1: "ℱ", 0x1D4A3: "ℋ", 0x1D4A4: "ℐ", 0x1D4A7: "ℒ", 0x1D4A8: "ℳ", 0x1D4AD: "ℛ", 0x1D4BA: "ℯ", 0x1D4BC: "ℊ",
             0x1D4C4: "ℴ", 0x1D506: "ℭ", 0x1D50B: "ℌ", 0x1D50C: "ℑ", 0x1D515: "ℜ", 0x1D51D: "ℨ", 0x1D53A: "ℂ", 0x1D53F: "ℍ", 0x1D545: "ℕ", 0x1D547: "ℙ", 0x1D548: "ℚ",
             0x1D549: "ℝ", 0x1D551: "ℤ"}  # fmt: skip
    starts = [(start, start + 26) for start in range(0x1D400, 0x1D6A4, 52)]
    starts += [(0xFF21, 0xFF41)] * 6 + [(0x24B6, 0x24D0)] * 3 + [(0x1F130, 0x1F130), (0x1F150, 0x1F150), (0x1F170, 0x1F170), (0x249C, 0x249C), (0x1F1E6, 0x1F1E6)]
    one = lambda code: holes.get(code, chr(code))
    tables = [
        {ord(c): one(upper + i) for i, c in enumerate(high)} | {ord(c): one(lower + i) for i, c in enumerate(low)}
        for upper, lower in starts
    ]
    small = dict(zip(map(ord, low), "ᴀʙᴄᴅᴇғɢʜɪᴊᴋʟᴍɴᴏᴘǫʀsᴛᴜᴠᴡxʏᴢ"))
    upside = dict(zip(map(ord, low), "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz"))
    raised = dict(zip(map(ord, low), "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖqʳˢᵗᵘᵛʷˣʸᶻ"))
    return [*tables, small, small, upside, raised]


STYLES = _styles()


def styled(rng: random.Random, text: str) -> str:
    """The Latin letters of the text in one styled alphabet."""
    return text.translate(pick(rng, STYLES))


def styled_hangul(rng: random.Random, word: str) -> str:
    """Hangul through the keyboard or romanisation, then styled."""
    latin = type_keys(word) if rng.random() < 0.5 else "".join(roman(rng, c) if is_syllable(c) else c for c in word)
    return styled(rng, latin)


def _drawn(rng: random.Random, initial: int, vowel: int, final: int) -> str:
    letters = [INITIALS[initial], VOWELS[vowel], FINALS[final]]
    if rng.random() < 0.35:
        return "".join(pick(rng, SHAPES[c]) if c in SHAPES and c else c for c in letters)
    place = int(rng.random() * 2)
    letters[place] = pick(rng, SHAPES[letters[place]])
    if final and place == 0 and rng.random() < 0.4:
        return letters[0] + syllable(11, vowel, final)
    return "".join(letters)


def drawn(rng: random.Random, word: str) -> str:
    """`人ㅣ발`, `ㅅ|발`, `병ㅅ1ㄴ`: one syllable drawn with other characters, rarely all."""
    if rng.random() < 0.8:
        return change_one(rng, word, _drawn)
    return "".join(_drawn(rng, *parts(c)) if is_syllable(c) else c for c in word)


def drawn_jamo(rng: random.Random, word: str) -> str:
    """Loose jamo drawn with other characters: `人ㅂ`."""
    place = int(rng.random() * len(word))
    shapes = SHAPES.get(word[place])
    return word[:place] + pick(rng, shapes) + word[place + 1 :] if shapes else word


def _exchanged(rng: random.Random, word: str, table: dict) -> str | None:
    places = [i for i, char in enumerate(word) if char in table]
    if not places:
        return None
    letters = list(word)
    for place in some(rng, places):
        letters[place] = pick(rng, table[letters[place]])
    return "".join(letters)


def leet(rng: random.Random, word: str) -> str:
    """`시8`, `ㅅ1발`, `C발`: digits and letters by sound, else by shape inside a split syllable."""
    changed = _exchanged(rng, word, SOUND_DIGITS) if rng.random() < 0.6 else None
    return changed or change_one(rng, word, _digit_inside)


def _digit_inside(rng: random.Random, initial: int, vowel: int, final: int) -> str:
    digits = {"ㅣ": "1", "ㅇ": "0", "ㄹ": "2", "ㄱ": "7", "ㅡ": "-", "ㅜ": "T", "ㅗ": "5", "ㅏ": "r", "ㅓ": "t", "ㅐ": "H", "ㄴ": "L"}
    first, middle, last = INITIALS[initial], VOWELS[vowel], FINALS[final]
    if middle in digits:
        return first + digits[middle] + last
    if last in digits and last:
        return syllable(initial, vowel) + digits[last]
    return digits.get(first, first) + middle + last


def chinese(rng: random.Random, word: str) -> str:
    """`病신`: by reading; syllables that look alike when none reads so; else drawn."""
    table = READ if rng.random() < 0.75 else TWINS
    return _exchanged(rng, word, table) or drawn(rng, word)


def mask(rng: random.Random, word: str) -> str:
    """`시*`, `병O`, `ㅅ*발`: one letter covered, mostly not the first; an initial may stand for its neighbour."""
    cover = pick(rng, MASKS)
    if len(word) < 2:
        return word
    places = syllable_places(word)
    if places and rng.random() < 0.25:
        place = pick(rng, places)
        return word[:place] + INITIALS[parts(word[place])[0]] + cover + word[place + 1 :]
    place = int(rng.random() * len(word)) if rng.random() < 0.25 else 1 + int(rng.random() * (len(word) - 1))
    if len(word) > 2 and rng.random() < 0.2:
        return word[:place] + cover * 2 + word[place + 2 :]
    return word[:place] + cover + word[place + 1 :]
