"""Why something is not shown: codes for the record, and words that its author reads."""

from django.db import models


class Reason(models.TextChoices):
    """The words are what its author reads."""

    SPAM_LINK = "spam-link", "it leads readers to another site to sell or advertise"
    SPAM_PRODUCT = "spam-product", "it advertises a product or a service"
    DRUG_SALE = "drug-sale", "it offers medicines or drugs"
    OFF_TOPIC = "off-topic", "it is not about backs, necks or living with pain"
    DUPLICATE = "duplicate", "the same words are already on the site"
    UNREADABLE = "unreadable", "we could not make out what it says"
    PERSONAL_SELF = "personal-data-self", "it holds details by which strangers could find you"
    PERSONAL_OTHER = "personal-data-other", "it holds details by which strangers could find somebody else"
    HARASSMENT = "harassment", "it is unkind to somebody"
    HATE = "hate", "it attacks people for who they are"
    GRAPHIC = "graphic-image", "its picture would upset readers"
    SELF_HARM_METHOD = "self-harm-method", "it describes a way to come to harm"
    DANGEROUS = "dangerous-advice", "what it recommends could hurt a reader"
    UNSUPPORTED_CURE = "unsupported-cure", "it promises a cure"
    EMERGENCY = "medical-emergency", "what it describes needs checking now, by people who can see you"
    IMPERSONATION = "impersonation", "it is written in somebody else's name"
    COPYRIGHT = "copyright", "its words or picture seem to belong to somebody else"
    MINOR_SAFETY = "minor-safety", "it could put a young person at risk"
    ILLEGAL = "illegal", "the law does not let us show it"
    TEST = "test", "it looks like a test"


WAY_ON = {
    Reason.SPAM_LINK: "Take the link out and send it again: your own words are welcome.",
    Reason.SPAM_PRODUCT: "Tell us what you did and how it went, without the advert, and we will gladly read it again.",
    Reason.OFF_TOPIC: "This site is small and keeps to sore backs and necks. Another place may suit it better.",
    Reason.DUPLICATE: "You may have sent it twice. The first one is there, or is still being read.",
    Reason.UNREADABLE: "Please write it again in your own plain words. Short is fine.",
    Reason.PERSONAL_SELF: "Please take out the phone number, address or full name, and send it again. We want to keep "
    "you safe.",
    Reason.PERSONAL_OTHER: "Please leave out other people's names and where they work: “my physio” is enough. Then "
    "send it again.",
    Reason.HARASSMENT: "Disagree with the idea as much as you like, and be gentle with the person.",
    Reason.GRAPHIC: "The words may stay. Please send them without that picture.",
    Reason.SELF_HARM_METHOD: "We are glad that you wrote, and sorry that it is so hard. You can tell your story "
    "without saying how. If you feel unsafe now, please look at the warning signs page: there are people to call.",
    Reason.DANGEROUS: "It may have helped you, but it could hurt somebody with another back. Tell what you did and how "
    "it went, and leave out what others should do.",
    Reason.UNSUPPORTED_CURE: "Tell how it went for you. Nobody can promise that it will go so for others.",
    Reason.EMERGENCY: "Please do not wait for an answer here. Call now: the numbers are on the warning signs page. "
    "Tell us later how you are.",
    Reason.COPYRIGHT: "Please send only what you wrote or drew yourself.",
    Reason.MINOR_SAFETY: "You must be 16 or over to write here. If something worries you, please talk to a grown-up "
    "whom you trust.",
    Reason.TEST: "If you meant it, please tell us a little more and send it again.",
}


def way_on(reason: str) -> str:
    """What its author could do next, for the moderator to change; empty where nothing helps."""
    return WAY_ON.get(Reason(reason), "") if reason else ""
