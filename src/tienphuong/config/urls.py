from django.urls import include, path

handler500 = "tienphuong.web.faults.server_fault"
urlpatterns = [
    path("api/", include("tienphuong.api.urls")),
    path("", include("tienphuong.web.urls")),
]
