"""What people agree to, word for word. A changed text needs a new version: the old one is what others agreed to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    version: str
    text: str


COURSE_PAGE = Wording(
    "course-page-1",
    "I would like the eight lessons by e-mail. "
    "You may keep my address for this until I stop the course, and for 30 days after it ends.",
)
CONTACT_PAGE = Wording("contact-page-1", "Send me the eight lessons of the course by e-mail, too")
CONFIRM_PAGE = Wording("confirm-page-1", "Yes, send me the lessons")
LEAVE_PAGE = Wording("leave-page-1", "Stop the course")
LETTERS = Wording(
    "letters-1",
    "I would also like a letter now and then, a few a year at most, about what is new on this site. "
    "You may keep my address for this until I stop the letters.",
)
ERASE = Wording("erase-1", "Erase everything")
NO_LETTERS = Wording("no-letters-1", "Stop the letters")

# By the page on which they stand.
BY_PLACE = {"/course/": COURSE_PAGE, "/contact/": CONTACT_PAGE, "/course/confirm/": CONFIRM_PAGE, "/u/": LEAVE_PAGE}

TEXTS = {each.version: each.text for each in (*BY_PLACE.values(), LETTERS, ERASE, NO_LETTERS)}
