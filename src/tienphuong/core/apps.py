from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "tienphuong.core"
    label = "core"
