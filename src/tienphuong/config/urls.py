from django.urls import include, path

urlpatterns = [
    path("api/", include("tienphuong.api.urls")),
    path("", include("tienphuong.web.urls")),
]
