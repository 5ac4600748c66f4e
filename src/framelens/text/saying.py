"""Verbs that stand beside a quotation and say who spoke: "…," grumbled the mayor."""

from __future__ import annotations

from framelens.text.tokens import word_set

__all__ = ["BESIDE_QUOTES"]

BESIDE_QUOTES = word_set("""
    said says say asked asks told tells wrote writes replied replies answered answers added adds demanded
    demands shouted shouts cried cries yelled screamed exclaimed exclaims declared declares insisted insists
    claimed claims argued argues warned warns explained explains noted notes remarked observed observes
    commented stated states announced admitted admits confessed conceded concedes agreed agrees protested
    complained complains joked jokes quipped quips mused muses recalled recalls continued continues concluded
    concludes repeated tweeted tweets posted thundered fumed offered interjected cautioned snapped retorted
    countered responded responds urged urges pleaded begged whispered muttered murmured mumbled sighed sneered
    scoffed grumbled snorted croaked purred drawled barked hissed smiled smiles laughed laughs shrugged shrugs
    nodded began begins ventured deadpanned counselled counseled wept groaned moaned roared spluttered sobbed
    cackled intoned huffed growled snarled bellowed boomed chuckled giggled grinned wailed whimpered gasped
    stammered stuttered blurted rasped squeaked trilled crowed gushed enthused raved ranted railed lamented
    chided scolded teased taunted jeered mocked boasted bragged vowed pledged promised predicted reasoned
    reflected opined pronounced proclaimed reported reports went thought thinks wondered wonders inquired
    enquired queried chimed piped butted finished ended sang chanted called texted emailed messaged grunted
    bleated fretted grimaced winced frowned cooed breathed prayed swore cursed testified tutted
""")
