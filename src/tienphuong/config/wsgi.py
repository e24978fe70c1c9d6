import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tienphuong.config.settings")
application = get_wsgi_application()

from tienphuong.core.keys import settle  # noqa: E402  models can be imported only now

settle()
