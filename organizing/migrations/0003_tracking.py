import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organizing", "0002_units")]

    operations = [
        migrations.CreateModel(
            name="UnitStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("unit", models.BinaryField(max_length=16)),
                ("week", models.DateField()),
                ("change", models.IntegerField(default=0)),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unit_steps",
                        to="organizing.petition",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="unitstep",
            constraint=models.UniqueConstraint(
                fields=("petition", "week", "unit"), name="one_step_per_unit_and_week"
            ),
        ),
        migrations.CreateModel(
            name="WeeksTaken",
            fields=[
                (
                    "petition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="weeks_taken",
                        serialize=False,
                        to="organizing.petition",
                    ),
                ),
                ("through", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Act",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sealed", models.BinaryField(default=bytes)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("petition", "petition"),
                            ("card", "membership or authorization card"),
                            ("pledge", "public pledge"),
                            ("other", "something else that can be counted"),
                        ],
                        max_length=10,
                    ),
                ),
                ("day", models.DateField()),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="acts",
                        to="organizing.campaign",
                    ),
                ),
                (
                    "petition",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="act",
                        to="organizing.petition",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="PaperEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("count", models.PositiveIntegerField()),
                ("day", models.DateField()),
                ("week", models.DateField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="paper",
                        to="organizing.act",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "typed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="organizing.unit",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="paperentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("typed_by", models.F("confirmed_by")), _negated=True),
                name="two_people_count_paper",
            ),
        ),
        migrations.AddIndex(
            model_name="paperentry",
            index=models.Index(fields=["act", "week"], name="paper_by_week"),
        ),
        migrations.CreateModel(
            name="TargetLine",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sealed", models.BinaryField(default=bytes)),
                ("share", models.PositiveSmallIntegerField()),
                ("preset", models.CharField(blank=True, max_length=20)),
                ("source_day", models.DateField(null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="organizing.campaign",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="targetline",
            constraint=models.CheckConstraint(
                condition=models.Q(("share__gte", 1), ("share__lte", 100)),
                name="share_in_per_cent",
            ),
        ),
        migrations.CreateModel(
            name="Released",
            fields=[
                (
                    "act",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="released",
                        serialize=False,
                        to="organizing.act",
                    ),
                ),
                ("k", models.PositiveSmallIntegerField()),
                ("first", models.DateField(null=True)),
                ("through", models.DateField(null=True)),
                ("tree", models.JSONField(default=dict)),
                ("signed", models.JSONField(default=dict)),
                ("paper", models.JSONField(default=dict)),
                ("fallen", models.JSONField(default=dict)),
            ],
        ),
    ]
