"""Addresses of the door for machines. Every operation asks its own permission, so none has a row in the pages' matrix."""

from django.urls import path

from tienphuong.api.door import door

app_name = "api"
urlpatterns = [path("v1/", door.urls)]
