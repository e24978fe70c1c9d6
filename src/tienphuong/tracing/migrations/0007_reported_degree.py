from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tracing", "0006_what_boards_count")]

    operations = [migrations.RenameField(model_name="pendinglink", old_name="said_degree", new_name="reported_degree")]
