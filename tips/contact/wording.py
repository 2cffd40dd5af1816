"""What the sender of a message agrees to. A changed text needs a new version: the old one is what others agreed to."""

VERSION = "message-1"
TEXT = (
    "I agree that you read and keep what I write here, to answer me. "
    "If it says something about my health, that is meant for you."
)
