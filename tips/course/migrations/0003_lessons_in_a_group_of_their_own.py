from django.db import migrations

LESSON = "course/mail/lesson"


def regroup(apps, schema_editor):
    """What is under way while the site is updated: the outbox calls lessons "lessons:<enrolment>" from now on."""
    deliveries = apps.get_model("mail", "Delivery").objects
    for row in deliveries.filter(purpose=LESSON, group__startswith="enrolment:"):
        deliveries.filter(pk=row.pk).update(group=row.group.replace("enrolment:", "lessons:"))


class Migration(migrations.Migration):

    dependencies = [
        ("course", "0002_a_plan_of_ones_own"),
        ("mail", "0001_initial"),
    ]

    operations = [migrations.RunPython(regroup, migrations.RunPython.noop)]
