"""The entry point for a web server."""

import os

from django.core.wsgi import get_wsgi_application

from throughline.config.environment import OWNER_ONLY

os.umask(OWNER_ONLY)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
application = get_wsgi_application()
