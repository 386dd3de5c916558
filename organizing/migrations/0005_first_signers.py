import django.db.models.deletion
from django.db import migrations, models

STATES = [
    ("draft", "draft"),
    ("approved", "approved"),
    ("freezing", "being frozen"),
    ("frozen", "frozen"),
    ("open", "open"),
    ("closed", "closed"),
    ("archived", "archived"),
    ("withdrawn", "withdrawn"),
]


class Migration(migrations.Migration):
    dependencies = [("organizing", "0004_oversight")]

    operations = [
        *(
            migrations.AddField(model, name, field)
            for model in ("campaign", "petition")
            for name, field in (
                ("first_signers", models.PositiveIntegerField(default=10)),
                ("first_independent", models.BooleanField(default=True)),
                ("opens_itself", models.BooleanField(default=False)),
            )
        ),
        migrations.AddField("petition", "was_reached", models.BooleanField(default=False)),
        migrations.AddField(
            "petition",
            "follows",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="organizing.petition",
            ),
        ),
        migrations.AddField("petition", "opened_on", models.DateField(null=True)),
        migrations.AddField("petition", "archived_on", models.DateField(null=True)),
        migrations.RemoveConstraint("workingcopy", "one_working_copy_per_language"),
        migrations.AddField(
            "workingcopy",
            "tab",
            models.CharField(default="-", max_length=22),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "workingcopy",
            models.UniqueConstraint(
                fields=("petition", "user", "language", "tab"), name="one_working_copy_per_tab"
            ),
        ),
        migrations.AlterField(
            "petition",
            "state",
            models.CharField(choices=STATES, default="draft", max_length=10),
        ),
    ]
