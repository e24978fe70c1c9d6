"""What senders wrote is sealed with the post's key, in rows and in the files as they came."""

import json

import tienphuong.core.models.sealed
from django.db import migrations, models

BATCH = 1000


def seal_rows(apps, schema_editor):
    """Seal the rows that earlier versions kept as plain text."""
    row_model = apps.get_model("intake", "IntakeRow")
    waiting = []
    for row in row_model.objects.only("id", "plain_cells", "plain_issues").order_by("id").iterator(chunk_size=BATCH):
        row.cells, row.issues = _read(row.plain_cells), _read(row.plain_issues)
        row.remarked = "".join(sorted({f"{severity}:{target} " for severity, target, *_ in row.issues}))
        waiting.append(row)
        if len(waiting) == BATCH:
            row_model.objects.bulk_update(waiting, ["cells", "issues", "remarked"])
            waiting = []
    row_model.objects.bulk_update(waiting, ["cells", "issues", "remarked"])


def _read(kept):
    return json.loads(kept) if isinstance(kept, str) else kept


def seal_files(apps, schema_editor):
    """Seal the files that earlier versions kept as they came."""
    from tienphuong.intake.services.receive import seal_kept

    for file in apps.get_model("intake", "IntakeFile").objects.all():
        seal_kept(file)


class Migration(migrations.Migration):
    dependencies = [("intake", "0005_effect_asked")]

    operations = [
        migrations.RenameField("intakerow", "cells", "plain_cells"),
        migrations.RenameField("intakerow", "issues", "plain_issues"),
        migrations.AddField(
            "intakerow", "cells", tienphuong.core.models.sealed.SealedJSONField(help_text="what was written: {target: [column, text]}", null=True)
        ),
        migrations.AddField(
            "intakerow",
            "issues",
            tienphuong.core.models.sealed.SealedJSONField(help_text="[severity, target, column, value, reason, remedy]", null=True),
        ),
        migrations.AddField(
            "intakerow",
            "remarked",
            models.TextField(blank=True, default="", help_text="each kind of remark once, `severity:target `: what lists filter by"),
            preserve_default=False,
        ),
        migrations.RunPython(seal_rows, migrations.RunPython.noop),
        migrations.RunPython(seal_files, migrations.RunPython.noop),
        migrations.RemoveField("intakerow", "plain_cells"),
        migrations.RemoveField("intakerow", "plain_issues"),
    ]
