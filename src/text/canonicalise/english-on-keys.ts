/** Common English and chat words whose keys would also type whole, ordinary Korean syllables. */
const WORDS: ReadonlySet<string> = new Set(
  `
abs abt aha ahah ahaha ahahaha ahahahaha aid aight air aka alabama alan alarm alaska alright als also
alt alto amen amendment ana anal ancient and andy ang angel angels angry ant anthem anti apr apt
authority autism auto cha chair chairman chan chanel chaos chap charity charm chris christian christians
cia cis city cla clam clams clan clap claps clash claus clay clean coach cock cockroach cocks coco cocoa
cod cody corey cork corn corp corpa corps cory cos cot cozy cpr cuck cucks curb curl curls cus cussy
custody cya cycle cyrus dhs dial diana diane diary dick dicks did didn didnt diem dif dig dirty dis
disband disco dish disk disney disparity ditch dmg dms dmv dmx dmz dna doa dock docks dodo dork dorks
dory dos dosent dot down downs downtown dps dual duck ducks dud dudu dududu duel durham dusty dutch duty
ebs eight eke element elf end england ent entitlement entity entry envy euro field fifi fight firm fish
fit flash flavor flay foam focus for foreign forgor forgot fork forks form forms forth forty fowl fps
fuchsia fuck fucken fucks fud fuel fur furry fury giant giddy girl girlfriend girls glen goa goal goals
god gogo gogogo gosh gospel gosu got gotcha gotem goth goty gpa gps guru gut qna quran rho rich rick
rico rid right rigid risk rito rock rocks rod rofl rot roxy rudy rue rural rush russia russian russians
rusty ruth ryan shack shady shah shake shalt sham shanghai shark sharks sharp shawn shelf shrek sick
sigh sight sigma sign signal signs sir sis sissy skt slack slam slams slang slant slap slaps slash slay
slays slept smack smash snack snacks snake snap sneak sneaks snl sns soap social socials sock socks
sorry sos soso spa spam spams span spark spawn spawns spend spent spray such suck sucka sucks survivor
sus susan suspend sussy sydney syrian tba tha than thang thay the them theme then theory they tho thot
thrown thru tht thx tick tight tis titan titans title titty tnt tod today tofu torch torn tornado torso
tot total toto town towns toxicity tuck turk turkey turn turns turtle tusk tutor tutu tyro vhs viral
virgo virtual virus visual vito vivi vod vodka wha whack whale when whens who wht wick wifey wifi wish
wisp with woah work works world worm worms worry worth wot wus zoro zorro
`
    .trim()
    .split(/\s+/),
)

/** True for a word (ASCII code points) that is English although its keys spell Korean syllables. */
export const isEnglishOnKeys = (keys: readonly number[]): boolean =>
  WORDS.has(String.fromCharCode(...keys).toLowerCase())
