from django.urls import include, path

urlpatterns = [path("", include("tienphuong.web.urls"))]
