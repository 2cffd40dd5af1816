from django.db import migrations

WORDS = {
    "Cannot tell from here": (
        "Thank you for writing.\n\nI cannot examine you from here, so I cannot tell you what it is. Somebody who sees you "
        "and can examine you can. What helps them most is your story, written down: where it is, since when, what makes "
        "it worse and what eases it. The page on the examination of the spine says what to put on it."
    ),
    "Please have it looked at": (
        "Thank you for writing.\n\nPlease do not wait for more words from me: what you describe should be looked at by "
        "somebody who can examine you. The page of warning signs says how soon, and whom to call."
    ),
    "Where to find it": (
        "Thank you for writing.\n\nWhat you ask about is on this site already. The search finds it by your own words, "
        "and the first page leads you to a gentle start."
    ),
    "A page of your own": (
        "Thank you for telling me this.\n\nOthers would learn from it, too. You are welcome to write it down as a page "
        "of your own; you may leave out your name."
    ),
}


def write(apps, schema_editor):
    answers = apps.get_model("contact", "CannedAnswer").objects
    for title, text in WORDS.items():
        answers.get_or_create(title=title, defaults={"text": text})


class Migration(migrations.Migration):

    dependencies = [
        ("contact", "0002_answers"),
    ]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
