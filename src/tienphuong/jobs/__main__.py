import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tienphuong.config.settings")
    django.setup()
    from tienphuong.jobs.clockwork import run

    run()
