"""Addresses of the pages. Each name has its row in permissions.py."""

from django.urls import path

from tienphuong.web import account, board, health

urlpatterns = [
    path("", board.board, name="board"),
    path("dang-nhap/", account.SignIn.as_view(), name="sign_in"),
    path("dang-xuat/", account.sign_out, name="sign_out"),
    path("doi-mat-khau/", account.ChangePassword.as_view(), name="password_change"),
    path("tai-khoan/", account.account, name="account"),
    path("ngon-ngu/", account.language, name="language"),
    path("health/", health.health, name="health"),
]
