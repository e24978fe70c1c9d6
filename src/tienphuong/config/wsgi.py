import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tienphuong.config.settings")
application = get_wsgi_application()

from tienphuong.core.alone import end_with_parent  # noqa: E402
from tienphuong.core.keys import settle  # noqa: E402  models can be imported only now

end_with_parent()  # of a server that is killed no worker goes on holding the port
settle()
