from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tienphuong.web"
    label = "web"
