/**
 * Lines over the line, most of them in the spellings that people use to slip past a filter. They exist so
 * that the demo has something to catch; names and targets are invented.
 */
export const OPENING_ABUSE: readonly string[] = [
  '야 이 시1발 새끼야 방송 접어라',
  '진짜 병신 새끼 뇌가 없냐 꺼져',
]

export const KOREAN_ABUSE: readonly string[] = [
  '시1발 새끼 게임 접어라',
  '씨8 새끼야 그걸 왜 놓쳐',
  '시.발.놈아 눈 뜨고 해',
  '씨이이발 병신 같은 게',
  'ㅅㅂ놈아 꺼져',
  'ㅅㅂㄴ아 방송 꺼',
  'ㅂㅅ아 그걸 못 막냐',
  'ㅂㅅ새끼 또 던지네',
  '병.신 새끼야 집에 가라',
  '병1신아 손가락 잘랐냐',
  '벼엉신 새끼 {laugh}',
  'ㅄ아 방송 접어',
  'tlqkf 새끼야 뭐하냐',
  'qudtls아 접어라 그냥',
  '씨발년아 입 닥쳐',
  '시ㅂ발 진짜 역겹게 생겼네',
  '개ㅅㄲ야 꺼져',
  '개.새.끼 말 존나 많네',
  '개새1끼가 어디서 훈수질이야',
  '좆같은 새끼 말투 봐라',
  'ㅈ같은 새끼야 그만 나대',
  '좃밥 새끼가 입만 살았네',
  '느금마 방송 보고 우시겠다',
  'ㄴㄱㅁ 뭐하시냐',
  '니애미 그렇게 가르치디',
  '지랄하네 병신이',
  'ㅈㄹ하지 마 병신아',
  '또라이 새끼 진짜 못생겼다',
  '저 새끼 면상 봐라 토 나온다',
  '방구석 찐따 새끼 인생 실패자네',
  '퇴물 새끼 은퇴나 해라 역겨워',
  '나가 뒤져라 제발',
  '뒤져 그냥 살 가치가 없다',
  '칼 들고 집 앞으로 찾아간다 진짜',
  '밤길 조심해라 죽여버린다 너',
  '한강 가서 뛰어내려라 쓰레기야',
  '자살해라 그냥',
  '엠창 새끼 혀가 길다',
  '한녀 김치녀 수준 {laugh}',
  '짱깨 새끼들 다 꺼져라',
  '쿰척쿰척 돼지 새끼 냄새난다',
]

export const ENGLISH_ABUSE: readonly string[] = [
  'you are a worthless piece of sh1t',
  'f u c k you streamer',
  'stfu you fucking moron',
  'uninstall and k y s loser',
  'k1ll yourself nobody likes you',
  'what a pathetic fat b1tch',
  'shut up you dumb c.u.n.t',
  'you braindead retard learn to play',
  'go die in a fire you clown',
  'your mom should have swallowed',
  'ugly ass loser nobody wants you here',
  'fcking idiot holding the pad with his feet',
]

/** One insult spread over several messages of one user. */
export const SPLIT_ABUSE: readonly (readonly string[])[] = [
  ['시', '발', '새끼야'],
  ['병', '신', '새끼'],
  ['개', '새', '끼야', '꺼져'],
  ['씨', '발', '놈아'],
  ['너', '진짜', '병', '신', '이냐'],
]
