"""The ASGI callable: the dispatcher before the raw doors and Django."""

import os
from typing import cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mehrwert.site.settings")

from django.core.asgi import get_asgi_application  # noqa: E402

_django = get_asgi_application()

from mehrwert.base.asgi_types import App  # noqa: E402
from mehrwert.base.dispatcher import Dispatcher  # noqa: E402
from mehrwert.site.wiring import RAW_DOORS  # noqa: E402

application = Dispatcher(cast(App, _django), RAW_DOORS)
