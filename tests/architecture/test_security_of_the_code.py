"""What the code may not do, so that whole kinds of faults cannot be: no shell, no text as code, no other machine, no weak cryptography."""

import ast
import re

import pytest
from tests.architecture.house import ROOT, code, committed, complain, parsed, read

INSIDE = [path for path in code("src") if path.parts[1] == "tienphuong"]
SCRIPTS = [path for path in committed() if path.parts[:2] == ("static", "js") and path.suffix == ".js"]
TEMPLATES = [path for path in committed() if path.parts[0] == "templates" and path.suffix == ".html"]


def _calls(path):
    return (ast.unparse(node.func) for node in ast.walk(parsed(path)) if isinstance(node, ast.Call))


def _imported(path):
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


# What these print as it stands, the program has made itself: help texts of its forms, pictures it has drawn.
OF_THE_PROGRAM = {"templates/components/line.html", "templates/forecasting/page.html"}


def test_there_is_code_to_look_at():
    assert len(INSIDE) > 200 and len(SCRIPTS) > 5 and len(TEMPLATES) > 20


def test_no_code_runs_a_shell_or_text_as_code():
    banned = {"eval", "exec", "compile", "os.system", "os.popen", "pickle.load", "pickle.loads", "marshal.loads", "yaml.load", "Template"}
    complain(f"{path}: {call}" for path in INSIDE for call in _calls(path) if call in banned)
    complain(str(path) for path in INSIDE if "shell=True" in read(path))


def test_the_application_asks_no_other_machine():
    banned = {
        "requests",
        "httpx",
        "urllib.request",
        "http.client",
        "urllib3",
        "aiohttp",
        "smtplib",
        "ftplib",
        "xmlrpc",
        "memcache",
        "ldap3",
    }
    complain(f"{path}: {name}" for path in INSIDE for name in _imported(path) if name in banned or name.split(".")[0] in banned)


def test_no_template_prints_text_unescaped():
    marks = re.compile(r"\|\s*safe\b|autoescape\s+off")
    complain(str(path) for path in TEMPLATES if marks.search(read(path)) and str(path) not in OF_THE_PROGRAM)


def test_cryptography_comes_from_known_libraries_and_strong_hashes():
    weak = {"hashlib.md5", "hashlib.sha1", "random.SystemRandom"}
    complain(f"{path}: {call}" for path in INSIDE for call in _calls(path) if call in weak)
    complain(str(path) for path in INSIDE if re.search(r"modes\.(ECB|CBC|CTR)|algorithms\.(ARC4|TripleDES)|PKCS1v15", read(path)))
    sealing = {str(path.relative_to("src")) for path in INSIDE if "hazmat.primitives.ciphers" in read(path)}
    assert all("AESGCM" in read(path) for path in INSIDE if str(path.relative_to("src")) in sealing) and sealing


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_no_script_writes_html_of_data(path):
    assert not re.search(r"document\.write|insertAdjacentHTML|\beval\(|new Function\(|outerHTML\s*=", read(path))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_no_script_takes_messages_of_other_windows(path):
    assert not re.search(r"""["']message["']|onmessage""", read(path))


def test_no_test_or_demo_code_is_served():
    from django.urls import get_resolver

    names = [str(name) for name in get_resolver().reverse_dict if isinstance(name, str)]
    assert names and not [name for name in names if "test" in name or "demo" in name or "debug" in name]
    assert (ROOT / "src/tienphuong/web/urls.py").exists()
