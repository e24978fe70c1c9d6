"""No row without its cells; and SQLite gives back the pages in which the plain text lay."""

import tienphuong.core.models.sealed
from django.db import migrations


def give_back(apps, schema_editor):
    """Write the database anew: pages that are free are not wiped, and the plain rows of earlier versions would stay in them."""
    if schema_editor.connection.vendor == "sqlite" and apps.get_model("intake", "IntakeRow").objects.exists():
        schema_editor.connection.cursor().execute("VACUUM")


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("intake", "0006_sealed_rows")]

    operations = [
        migrations.AlterField(
            "intakerow", "cells", tienphuong.core.models.sealed.SealedJSONField(help_text="what was written: {target: [column, text]}")
        ),
        migrations.AlterField(
            "intakerow",
            "issues",
            tienphuong.core.models.sealed.SealedJSONField(default=list, help_text="[severity, target, column, value, reason, remedy]"),
        ),
        migrations.RunPython(give_back, migrations.RunPython.noop),
    ]
