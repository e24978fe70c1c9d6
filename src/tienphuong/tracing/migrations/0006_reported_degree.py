from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tracing", "0005_follow_up_by_area")]

    operations = [migrations.RenameField(model_name="pendinglink", old_name="said_degree", new_name="reported_degree")]
