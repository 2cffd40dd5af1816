"""Which error of ours a reply of a server is."""

import pytest

from tips.mail.errors import Gone, LockedOut, OurFault, Permanent, Temporary, Unreachable
from tips.mail.replies import at_the_door, refusal

REPLIES = [
    ("RCPT", 421, b"4.3.2 closing", Unreachable, "421 4.3.2"),
    ("RCPT", 450, b"4.7.1 greylisted <ana@example.org>", Temporary, "450 4.7.1"),
    ("DATA", 451, b"try later", Temporary, "451"),
    ("RCPT", 552, b"5.2.2 mailbox full", Temporary, "552 5.2.2"),
    ("RCPT", 550, b"5.4.4 no route", Temporary, "550 5.4.4"),
    ("RCPT", 550, b"5.1.1 <ana@example.org>: unknown", Gone, "550 5.1.1"),
    ("RCPT", 550, b"5.1.10 null MX", Gone, "550 5.1.10"),
    ("RCPT", 550, b"no such user", Permanent, "550"),
    ("DATA", 550, b"5.1.1 said too late to be believed", Permanent, "550 5.1.1"),
    ("DATA", 554, b"5.6.0 malformed", Permanent, "554 5.6.0"),
    ("DATA", 552, b"5.3.4 too big", Permanent, "552 5.3.4"),
    ("DATA", 554, b"5.7.1 looks like spam", OurFault, "554 5.7.1"),
    ("RCPT", 550, b"5.7.515 access denied", OurFault, "550 5.7.515"),
    ("RCPT", 554, b"5.3.0 system", OurFault, "554 5.3.0"),
    ("MAIL", 530, b"authentication wanted", OurFault, "530"),
    ("MAIL", 553, b"5.1.8 bad sender's domain", OurFault, "553 5.1.8"),
    ("RCPT", 553, b"5.1.7 bad sender", OurFault, "553 5.1.7"),
    ("MAIL", 550, b"5.1.0 sender rejected", OurFault, "550 5.1.0"),
    ("MAIL", 503, b"5.5.1 say hello first", OurFault, "503 5.5.1"),
    ("DATA", 250, b"what?", Temporary, "250"),
]


@pytest.mark.parametrize(("verb", "code", "text", "error", "word"), REPLIES)
def test_a_refusal_is_judged_by_code_and_verb(verb, code, text, error, word):
    judged = refusal(code, text, verb)
    assert (type(judged), judged.code) == (error, word)


@pytest.mark.parametrize(
    ("code", "error"), [(421, Unreachable), (454, Unreachable), (554, LockedOut), (535, LockedOut)]
)
def test_before_a_mail_is_named_only_we_or_the_server_can_be_at_fault(code, error):
    assert type(at_the_door(code, b"")) is error
