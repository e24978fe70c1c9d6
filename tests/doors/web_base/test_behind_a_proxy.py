"""The recipe of the guide as it stands there: nginx ends TLS before a served post, and an officer signs in through it."""

import http.cookiejar
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
GUIDE = ROOT / "docs" / "how-to" / "open-a-post.md"
PASSWORD = "mat-khau-thu-nghiem"
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not (shutil.which("nginx") and shutil.which("openssl")), reason="needs nginx and openssl, which .ci/run installs"),
]


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def recipe(folder, *, plain, tls, post):
    """The servers of the guide on ports of this test, inside the frame that Debian's nginx.conf gives them."""
    servers = re.search(r"```nginx\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL).group(1)
    changes = {
        "listen 443 ssl": f"listen 127.0.0.1:{tls} ssl",
        "listen 80": f"listen 127.0.0.1:{plain}",
        "post.example": "localhost",
        "127.0.0.1:8000": f"127.0.0.1:{post}",
        "/etc/ssl/post.": f"{folder}/post.",
    }
    for word, own in changes.items():
        assert word in servers
        servers = servers.replace(word, own)
    bodies = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;" if os.geteuid() == 0 else ""  # the folder of a test is its owner's only
    return f"{user} pid {folder}/nginx.pid; error_log {folder}/error.log; events {{}} http {{ access_log off; {bodies} {servers} }}"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of a post of its own behind the proxy, with an officer who may sign in."""
    folder = tmp_path_factory.mktemp("proxy")
    plain, tls, port = free_port(), free_port(), free_port()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {
        "TIENPHUONG_VAR": str(folder / "var"),
        "PYTHONPATH": str(ROOT / "src"),
        "TIENPHUONG_TLS": "1",
        "TIENPHUONG_HOSTS": "localhost",
    }
    run = [sys.executable, "-m"]
    subprocess.run([*run, "django", "migrate", "-v0", "--settings", "tienphuong.config.settings"], env=environment, check=True)
    subprocess.run(
        [*run, "tienphuong.cli", "users", "add", "lan", "--name", "Vũ Lan"],
        env=environment,
        check=True,
        input=f"{PASSWORD}\n" * 2,
        text=True,
    )
    certificate = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run([*certificate, "-keyout", folder / "post.key", "-out", folder / "post.crt"], check=True, capture_output=True)
    (folder / "nginx.conf").write_text(recipe(folder, plain=plain, tls=tls, post=port), encoding="utf-8")
    processes = [
        subprocess.Popen([*run, "tienphuong.cli", "serve", "--port", str(port)], env=environment),
        subprocess.Popen(["nginx", "-p", folder, "-c", folder / "nginx.conf", "-g", "daemon off;"]),
    ]
    try:
        _until_served(f"https://localhost:{tls}/dang-nhap/")
        yield f"https://localhost:{tls}", f"http://localhost:{plain}"
    finally:
        for process in processes:
            process.terminate()
            process.wait(timeout=60)


def browser():
    """A client that keeps cookies, and trusts the certificate of this test."""
    context = ssl._create_unverified_context()
    cookies = http.cookiejar.CookieJar()
    return urllib.request.build_opener(urllib.request.HTTPSHandler(context=context), urllib.request.HTTPCookieProcessor(cookies)), cookies


def _until_served(address):
    end = time.monotonic() + 240
    while time.monotonic() < end:
        try:
            return browser()[0].open(address, timeout=30)
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the post did not answer in time")


def test_an_officer_signs_in_through_tls(address):
    secure, _ = address
    client, cookies = browser()
    page = client.open(f"{secure}/dang-nhap/", timeout=60).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    form = urllib.parse.urlencode({"username": "lan", "password": PASSWORD, "csrfmiddlewaretoken": token, "next": "/tai-khoan/"}).encode()
    headers = {"Origin": secure, "Referer": f"{secure}/dang-nhap/"}
    answer = client.open(urllib.request.Request(f"{secure}/dang-nhap/", form, headers), timeout=60)
    assert answer.geturl() == f"{secure}/tai-khoan/" and "Vũ Lan" in answer.read().decode()
    session = next(cookie for cookie in cookies if cookie.name == "sessionid")
    assert session.secure and session.has_nonstandard_attr("HttpOnly")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "camera=()" in answer.headers["Permissions-Policy"]


def test_plain_http_is_sent_to_tls(address):
    _, plain = address

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    with pytest.raises(urllib.error.HTTPError) as moved:
        urllib.request.build_opener(Stay).open(f"{plain}/dang-nhap/", timeout=60)
    assert moved.value.code == 301 and moved.value.headers["Location"].startswith("https://")


def test_a_strangers_long_body_is_refused(address):
    secure, _ = address
    request = urllib.request.Request(f"{secure}/dang-nhap/", b"x" * 200_000, {"Origin": secure})
    with pytest.raises(urllib.error.HTTPError) as refused:
        browser()[0].open(request, timeout=60)
    assert refused.value.code == 413
