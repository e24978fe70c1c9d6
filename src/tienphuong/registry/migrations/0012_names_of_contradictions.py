from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0011_what_boards_count")]

    operations = [
        migrations.RemoveConstraint(model_name="contradiction", name="one_contradiction_once"),
        migrations.RenameField(model_name="contradiction", old_name="held", new_name="current"),
        migrations.RenameField(model_name="contradiction", old_name="told", new_name="reported"),
        migrations.RenameField(model_name="contradiction", old_name="told_at", new_name="reported_at"),
        migrations.AddConstraint(
            model_name="contradiction",
            constraint=models.UniqueConstraint(
                fields=("person", "aspect", "disease", "reported"),
                condition=models.Q(("state", "withdrawn"), _negated=True),
                name="one_contradiction_once",
            ),
        ),
        migrations.RenameField(model_name="correctionrequest", old_name="said", new_name="request"),
    ]
