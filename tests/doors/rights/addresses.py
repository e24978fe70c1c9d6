"""Every address of the post with what is asked there. An address of the URL resolver without a row here fails the walk."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from urllib.parse import quote, urlencode
from uuid import UUID

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tienphuong.api.door import door

NOWHERE = UUID("0198d2c4-5b7e-7a10-8f00-000000000001")
LIST = ({}, {"format": "csv"})
SEARCHES = ("Quách", "Khuất", "Nghiêm Bảo")

# What is asked beside the bare address: addresses of lists also for their export.
ASKED: dict[str, tuple[dict[str, str], ...]] = {
    "board": ({},),
    "completeness": ({},),
    "sign_in": ({},),
    "sign_out": (),  # ends the session: walked apart
    "password_change": ({},),
    "account": ({},),
    "language": ({},),
    "cases": LIST,
    "contacts": (*LIST, {"degree": "2"}, {"degree": "waiting"}, {"degree": "waiting", "format": "csv"}, {"degree": "2", "format": "csv"}),
    "follow_up": (*LIST, {"state": "done"}),
    "follow_up_record": ({},),
    "referrals": (*LIST, {"direction": "out"}),
    "referral_answer": ({},),
    "referral_send": ({},),
    "returnees": LIST,
    "stays": LIST,
    "samples": LIST,
    "person": ({},),
    "search": (*({"q": words} for words in SEARCHES), {"q": "Quách", "format": "csv"}),
    "duplicates": ({},),
    "duplicate": ({},),
    "duplicate_decide": ({},),
    "merge_undo": ({},),
    "contradictions": LIST,
    "contradictions_settle": ({},),
    "intake": ({},),
    "intake_list": ({},),
    "intake_words": ({},),
    "intake_word": ({},),
    "intake_answers": ({},),
    "intake_file": ({}, {"verdict": "new"}, {"severity": "warning"}),
    "intake_apply": ({},),
    "intake_day": ({},),
    "intake_stop": ({},),
    "intake_check": ({},),
    "intake_area": ({},),
    "intake_mapping": ({},),
    "intake_errors": ({},),
    "intake_withdraw": ({},),
    "intake_anew": ({},),
    "reports": ({},),
    "report_draft": ({},),
    "report_keep": ({},),
    "report_preview": ({},),
    "report_freeze": ({},),
    "report": ({},),
    "report_file": ({},),
    "figures_form": ({},),
    "figures_check": ({},),
    "forecasts": ({},),
    "forecast": ({},),
    "forecast_new": ({},),
    "forecast_stop": ({},),
    "forecast_again": ({},),
    "forecast_picture": ({},),
    "forecast_file": ({},),
    "study_keep": ({},),
    "audit": (*LIST, {"q": "Cán bộ"}, {"act": "list.viewed"}),
    "audit_verify": ({},),
    "breaches": ({}, {"q": "Cán bộ"}),
    "subject_data": ({}, {"format": "json"}),
    "correction_ask": ({},),
    "correction_answer": ({},),
    "deadlines": ({},),
    **dict.fromkeys(("confirm", "sessions", "second_factor", "sign_in_factor", "factor_app", "factor_app_remove", "factor_key"), ({},)),
    **dict.fromkeys(("factor_key_remove", "factor_codes", "session_left", "session_end"), ({},)),
    **dict.fromkeys(("officers", "officer", "officer_factors", "officer_release", "officer_end", "officer_reset"), ({},)),
    "retention": ({},),
    "purge_decide": ({},),
    "health": ({},),
    "live": ({},),
    "ready": ({},),
    "metrics": ({},),
}
# What is sent to addresses that take something; nothing to the others.
SENT: dict[str, dict[str, str]] = {
    "duplicate_decide": {"decision": "different"},
    "correction_ask": {"request": "sai năm sinh"},
    "correction_answer": {"act": "done", "answer": "đã sửa"},
    "intake_day": {"reported_on": "2021-08-24"},
    "referral_answer": {"accept": "1"},
}
# Parts of an address that name no record.
PLAIN: dict[str, tuple[object, ...]] = {"position": (0,), "kind": ("docx",), "name": ("study.toml", "dan-cu.csv", "overruns")}
OPERATIONS: dict[str, tuple[dict[str, str], ...]] = {
    "/api/v1/cases": ({}, *({"text": words} for words in SEARCHES)),
    "/api/v1/contacts": ({}, {"degree": "2"}),
    "/api/v1/areas": ({"text": "lien ninh"},),
}


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """One request: of which address, by which method, about which record."""

    name: str
    address: str
    method: str
    query: dict[str, str]
    body: dict[str, str]
    place: str = ""
    record: object = None
    part: str = ""

    @property
    def kind(self) -> tuple[str, ...]:
        """What is asked, whatever the record."""
        return self.name, self.method, self.part, str(self.query)

    @property
    def url(self) -> str:
        return f"{self.address}?{urlencode(self.query)}" if self.query else self.address


def names(resolver: URLResolver | None = None) -> Iterator[tuple[str, list[str]]]:
    """Every named address of the pages with the parts it is filled with; those of the API are told by its contract."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from () if one.namespace else names(one)
        elif isinstance(one, URLPattern):
            yield str(one.name), list(one.pattern.converters)


def pages(ids) -> Iterator[ApiRequest]:
    """Every page, for every record an address may name and for one that is none."""
    for name, parts in names():
        records = [part for part in parts if part not in PLAIN]
        for place, record in _records(ids, records):
            for part, address in _filled(name, parts, record):
                for query in ASKED[name]:
                    yield ApiRequest(name, address, "GET", query, {}, place, record, part)
                if ASKED[name]:
                    yield ApiRequest(name, address, "POST", {}, SENT.get(name, {}), place, record, part)


def _filled(name: str, parts: list[str], record: object) -> Iterator[tuple[str, str]]:
    """The address with every plain part it takes."""
    plain = [part for part in parts if part in PLAIN]
    for values in product(*(PLAIN[part] for part in plain)):
        try:
            yield (
                str(values),
                reverse(name, kwargs=dict(zip(plain, values, strict=True)) | {part: record for part in parts if part not in PLAIN}),
            )
        except NoReverseMatch:
            continue  # a slug takes no dot


def operations(ids) -> Iterator[ApiRequest]:
    """Every operation of the API by its contract."""
    for path, methods in door.get_openapi_schema()["paths"].items():
        records = [part.split("}")[0] for part in path.split("{")[1:]]
        records = ["report_id" if part == "report" else part for part in records if part != "kind"]
        for place, record in _records(ids, records):
            address = re.sub(r"{\w+}", str(record), path.replace("{kind}", "docx"))
            for method, query in product(methods, OPERATIONS.get(path, ({},))):
                yield ApiRequest(f"{method} {path}", quote(address), method.upper(), query, {}, place, record)


def _records(ids, parts: list[str]) -> Iterator[tuple[str, object]]:
    if not parts:
        yield "", None
        return
    (part,) = parts
    yield "nowhere", NOWHERE
    for place, found in ids.get(part, {}).items():
        for record in found:
            yield place, record
