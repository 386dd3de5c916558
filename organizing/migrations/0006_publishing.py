import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organizing", "0005_first_signers")]

    operations = [
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("update", "update"), ("delivery", "delivery"), ("answer", "answer of the employer")], max_length=10)),
                ("number", models.PositiveIntegerField(null=True)),
                ("petition", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organizing.petition")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("petition", "number"), name="one_post_per_number")],
            },
        ),
        migrations.CreateModel(
            name="PostVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField()),
                ("sealed", models.BinaryField()),
                ("published_on", models.DateField(null=True)),
                ("post", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="organizing.post")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("post", "version"), name="one_version_per_post")],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("counted", models.CharField(choices=[("all", "all signatures"), ("independent", "proofs that the employer can neither see nor fake")], max_length=12)),
                ("bound", models.PositiveIntegerField()),
                ("day", models.DateField()),
                ("petition", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organizing.petition")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("petition", "counted", "bound"), name="one_release_per_band"),
                    models.UniqueConstraint(fields=("petition", "day"), name="one_release_per_day"),
                ],
            },
        ),
    ]
