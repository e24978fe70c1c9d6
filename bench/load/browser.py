"""An officer's browser: signs in at the page, keeps its cookies, keeps connections open."""

from __future__ import annotations

import gzip
import http.client
import re
import threading
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

SIGN_IN = "/dang-nhap/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, where it leads, whether it says when to ask again, and the page as sent."""

    status: int
    location: str
    again: str
    body: bytes

    @property
    def text(self) -> str:
        """The page, unpacked."""
        return (gzip.decompress(self.body) if self.body[:2] == b"\x1f\x8b" else self.body).decode()


class Browser:
    """One officer's session. Each thread that asks in its name has a connection of its own, as a browser opens several."""

    def __init__(self, port: int) -> None:
        self.port, self._cookies, self._mine = port, dict[str, str](), threading.local()

    def sign_in(self, name: str, password: str) -> None:
        """Through the page, with its token, as anybody does."""
        form = TOKEN.search(self.get(SIGN_IN).text)
        assert form, "the sign-in page has no form"
        done = self.post(SIGN_IN, {"username": name, "password": password, "next": "/", "csrfmiddlewaretoken": form[1]})
        assert (done.status, done.location) == (302, "/"), (name, done.status, done.location)

    def get(self, address: str) -> Answer:
        """A page."""
        return self._ask("GET", address, "")

    def post(self, address: str, said: dict[str, str]) -> Answer:
        """A form; the token of the session goes with it. Where it leads is not followed."""
        return self._ask("POST", address, urlencode({"csrfmiddlewaretoken": self._cookies.get("csrftoken", "")} | said))

    def _ask(self, method: str, address: str, body: str) -> Answer:
        connection = self._connection()
        try:
            connection.request(method, address, body or None, self._headers(bool(body)))
            response = connection.getresponse()
            answer = Answer(response.status, response.headers.get("Location", ""), response.headers.get("Retry-After", ""), response.read())
        except (OSError, http.client.HTTPException):
            connection.close()
            raise
        for line in response.headers.get_all("Set-Cookie", []):
            self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return answer

    def _connection(self) -> http.client.HTTPConnection:
        if not hasattr(self._mine, "connection"):
            self._mine.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        return self._mine.connection  # type: ignore[no-any-return]

    def _headers(self, form: bool) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in tuple(self._cookies.items()))
        sent = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        return {"Cookie": cookies, "Accept-Encoding": "gzip", "User-Agent": "bench.load", **sent}
