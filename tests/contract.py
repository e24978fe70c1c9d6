"""The API beside its contract: schemathesis asks a served post of known people every operation in all its phases, with a fixed seed.

Run as `.venv/bin/python tests/contract.py SCHEMATHESIS [ARGUMENTS...]` where SCHEMATHESIS is its command, in an environment of its own
(requirements/peers/schemathesis.txt): it is no part of what a contributor installs. Whatever it finds is a fault of the contract or of the API.
"""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
VAR = tempfile.mkdtemp(prefix="contract-")
os.environ |= {"TIENPHUONG_VAR": VAR, "DJANGO_SETTINGS_MODULE": "tienphuong.config.settings", "TIENPHUONG_KEY": secrets.token_hex(32)}
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
SEED, LONGEST, EXAMPLES = "20210824", "240", "12"


def people() -> str:
    """Fill the post; the token of an account with every right of a district."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.doors.rights import known

    from tienphuong.core import clock
    from tienphuong.core.access.terms import Role
    from tienphuong.core.access.viewer import system_viewer
    from tienphuong.core.keys import settle
    from tienphuong.core.models import Appointment
    from tienphuong.core.policy import pack
    from tienphuong.procedures.issue_token import issue_token
    from tienphuong.registry.areas.services import load_reference_areas
    from tienphuong.registry.models import Area

    settle()
    load_reference_areas()
    areas = {area.code: area for area in Area.objects.filter(code_system="gso-2019")}
    clock.set_scenario(stands_at=known.AT, scenario="thanh-tri-2021")
    known.build(areas, pack("vn-2021-07-30"))
    user = known.seat(Role.EPIDEMIOLOGIST, "district", areas)
    home = areas[known.SEATS["district"]]
    Appointment.objects.create(user=user, role=Role.COMMANDER, area_path=home.path, area_name=home.full_name, valid_from=date(2020, 1, 1))
    return issue_token(user.username, name="hợp đồng", expires_at=known.AT + timedelta(days=30), actor=system_viewer(), at=known.AT)


def served() -> tuple[subprocess.Popen[bytes], int]:
    """The post on a free port, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    post = subprocess.Popen(
        [sys.executable, "-m", "tienphuong.cli", "serve", "--port", str(port)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT}/src:{ROOT}"},
    )
    for _ in range(120):
        try:
            urlopen(f"http://127.0.0.1:{port}/api/v1/openapi.json", timeout=5).read()
        except OSError:
            time.sleep(0.5)
        else:
            return post, port
    post.terminate()
    raise SystemExit("the post did not answer")


def main() -> int:
    schemathesis, *more = sys.argv[1:]
    token = people()
    post, port = served()
    asked = ["--header", f"Authorization: Bearer {token}", "--phases", "examples,coverage,fuzzing,stateful", "--seed", SEED]
    asked += ["--max-examples", EXAMPLES, "--max-time", LONGEST, "--continue-on-failure", "--generation-deterministic", "--no-color"]
    try:
        return subprocess.call(
            [
                schemathesis,
                "--config-file",
                str(ROOT / "tests/contract.toml"),
                "run",
                f"http://127.0.0.1:{port}/api/v1/openapi.json",
                *asked,
                *more,
            ],
            cwd=VAR,
        )
    finally:
        post.terminate()
        post.wait(20)


if __name__ == "__main__":
    raise SystemExit(main())
