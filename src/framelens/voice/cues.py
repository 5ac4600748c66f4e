"""The cue lexicon: words that report speech or attitudes, their frames and their stance.

Frames follow the classes of reporting verbs in quotation research (Pareti 2012; Newell et al. 2018). Stance:
factive cues presuppose their content (Kiparsky & Kiparsky 1970); cues such as "claim" hold it off, which is
why the AP and Guardian style guides advise against both for plain reporting.
"""

from __future__ import annotations

from typing import Literal

from framelens.text import Stance

__all__ = ["CUES", "REPORTING", "Frame", "stance_of"]

Frame = Literal["say", "think", "want", "judge", "noun", "modal"]

# say: a clause or a quote, before or after the cue ("…, X said").   think: a clause after it, seldom before.
# want: an infinitive or noun phrase.   judge: a person or thing, then of/for/as.   noun: "his claim that".
_LEMMAS: dict[Frame, str] = {
    "say": """say tell add note state write report explain announce declare claim insist argue assert maintain
        contend suggest warn reply respond answer remark comment observe recall acknowledge concede admit confess
        confirm deny reveal disclose stress emphasize emphasise reiterate repeat quip joke tweet testify vow promise
        pledge predict caution complain lament concur conclude continue counter retort allege charge opine boast
        brag exclaim shout yell whisper mutter ask inquire wonder hint imply indicate signal proclaim pronounce
        recount relate assure inform notify remind persuade convince estimate forecast speculate surmise muse joke
        protest object agree disagree demand tease post read point underscore highlight mention elaborate clarify
        theorize posit postulate propose recommend advise urge stipulate attest affirm aver avow snap gush thunder
        scoff sneer rail fume growl bellow cry chant sing tout deadpan sigh chime rejoin interject report_on""",
    "think": """believe think feel know realize realise understand learn hear see find expect hope fear worry doubt
        suspect assume presume imagine guess figure reckon consider regard view deem judge hold conclude decide
        determine discover notice remember forget foresee anticipate dream sense recognize recognise perceive
        accept appreciate regret bet calculate gather""",
    "want": """want wish intend plan aim seek hope long desire prefer like love hate dislike need aspire yearn
        refuse decline threaten offer agree vow promise pledge swear demand call push ask request order beg implore
        plead urge encourage invite instruct tell command direct advise challenge dare consider contemplate
        support oppose favor favour back endorse reject resist welcome embrace approve disapprove resolve""",
    "judge": """accuse blame criticize criticise attack slam blast denounce condemn praise laud applaud hail mock
        ridicule deride dismiss describe call label brand dub portray depict characterize characterise cast defend
        question dispute discuss debate address cite quote thank congratulate chide scold rebuke assail lambaste
        bash rip target liken compare credit fault mention invoke refer allude point emphasise tout decry bemoan
        admire respect trust distrust salute commend celebrate challenge contradict refute rebut""",
    "noun": """statement claim allegation accusation assertion argument belief view opinion suggestion warning
        promise pledge vow call demand plea prediction announcement declaration comment remark criticism complaint
        concern fear hope idea notion theory assessment report message question answer response proposal plan
        support opposition desire""",
    "modal": "",
}

# What a cue reports. any: whatever stands by it is somebody's words.   clause: only a clause does, for "added powder"
# and "announced a plan" are acts.   label: what stands behind as, of, for or on.   Other cues ascribe attitudes, acts.
Reporting = Literal["any", "clause", "label"]
_REPORTING: dict[Reporting, str] = {
    "any": """say tell write claim allege insist argue assert maintain contend suggest warn reply respond remark comment
        stress emphasize emphasise reiterate quip joke tweet testify vow promise pledge predict caution complain lament
        counter retort opine boast brag exclaim shout yell whisper mutter hint imply assure inform remind proclaim
        recount estimate forecast speculate surmise muse protest object elaborate clarify theorize posit postulate
        stipulate attest affirm aver avow gush thunder scoff sneer fume growl cry deadpan sigh interject urge according
        concede admit confess""",
    "clause": """add state report explain announce declare answer observe recall acknowledge confirm deny reveal
        disclose repeat concur conclude continue charge ask indicate disagree read post point underscore highlight note
        propose demand recommend advise show find mention inquire wonder call rule say notify relate""",
    "label": """accuse criticize criticise slam blast denounce condemn praise laud applaud hail mock ridicule deride
        dismiss describe label brand dub portray depict characterize characterise scold rebuke assail lambaste liken
        decry blame thank""",
}

_IRREGULAR = {
    "say": "says said saying", "tell": "tells told telling", "write": "writes wrote written writing",
    "think": "thinks thought thinking", "feel": "feels felt feeling", "know": "knows knew known knowing",
    "understand": "understands understood understanding", "hear": "hears heard hearing",
    "see": "sees saw seen seeing", "find": "finds found finding", "hold": "holds held holding",
    "forget": "forgets forgot forgotten forgetting", "foresee": "foresees foresaw foreseen foreseeing",
    "bet": "bets bet betting", "read": "reads reading", "sing": "sings sang sung singing",
    "swear": "swears swore sworn swearing", "seek": "seeks sought seeking", "cast": "casts casting",
    "beg": "begs begged begging", "quip": "quips quipped quipping", "brag": "brags bragged bragging",
    "admit": "admits admitted admitting", "plan": "plans planned planning", "refer": "refers referred referring",
    "rebut": "rebuts rebutted rebutting", "rip": "rips ripped ripping", "slam": "slams slammed slamming",
    "dub": "dubs dubbed dubbing", "regret": "regrets regretted regretting", "snap": "snaps snapped snapping",
    "aver": "avers averred averring", "concur": "concurs concurred concurring",
}  # fmt: skip

_ENDORSING = """note reveal disclose acknowledge admit concede confess confirm recall observe know realize realise
    discover notice learn recognize recognise underscore highlight forget regret demonstrate show find
    understand remember point"""
_DOUBTING = """claim allege insist assert contend maintain purport deny boast brag speculate presume suspect accuse
    charge tout opine imagine claim allegation assertion accusation"""


def _forms(lemma: str) -> list[str]:
    if lemma in _IRREGULAR:
        return [lemma, *_IRREGULAR[lemma].split()]
    if lemma.endswith("e"):
        return [lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"]
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return [lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"]
    suffix = "es" if lemma.endswith(("s", "sh", "ch", "x")) else "s"
    return [lemma, lemma + suffix, lemma + "ed", lemma + "ing"]


def _table() -> dict[str, tuple[Frame, Stance]]:
    endorsing, doubting = set(_ENDORSING.split()), set(_DOUBTING.split())
    table: dict[str, tuple[Frame, Stance]] = {}
    for frame, lemmas in _LEMMAS.items():
        for lemma in lemmas.split():
            stance: Stance = "endorsing" if lemma in endorsing else "doubting" if lemma in doubting else "neutral"
            forms = [lemma, lemma + "s"] if frame == "noun" else _forms(lemma)
            for form in forms:
                table.setdefault(form, (frame, stance))
    return table


CUES: dict[str, tuple[Frame, Stance]] = _table()


REPORTING: dict[str, Reporting] = {
    form: kind for kind, lemmas in _REPORTING.items() for lemma in lemmas.split() for form in _forms(lemma)
}


def stance_of(word: str) -> Stance:
    """How a cue treats its content; *neutral* for a word that the lexicon does not hold."""
    entry = CUES.get(word)
    return entry[1] if entry else "neutral"
