"""One TOML file into one pack."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tienphuong.core.policy.cited import Document, Sourced
from tienphuong.core.policy.disease import DiseasePolicy
from tienphuong.core.policy.errors import PolicyError
from tienphuong.core.policy.pack import DeadlineRule, Government, Pack, ResponseLevel
from tienphuong.core.policy.reading import read_table
from tienphuong.core.policy.rows import IsolationBasis, RetentionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """One word reports use, as written in [[words]]."""

    key: str
    text: Sourced[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """The parts of a pack file that are not diseases or documents."""

    version: str
    name: str
    name_en: str
    valid_from: date
    valid_until: date | None = None
    government: Government
    words: tuple[_Word, ...] = ()
    cutoffs: tuple[Sourced[time], ...]
    deadlines: tuple[DeadlineRule, ...] = ()
    isolation: tuple[IsolationBasis, ...] = ()
    response_levels: tuple[ResponseLevel, ...] = ()
    retention: tuple[RetentionRow, ...] = ()


def read_pack(path: Path) -> Pack:
    """The pack a file holds; every error names file and key."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(f"không đọc được TOML: {error}", where=path.name, remedy="Sửa cú pháp tệp.") from error
    return build_pack(tables, where=path.name)


def build_pack(tables: dict[str, Any], *, where: str) -> Pack:
    """The pack that parsed tables describe."""
    rest = dict(tables)
    documents = _documents(rest.pop("documents", []), where=where)
    diseases = rest.pop("diseases", {})
    head = read_table(_Head, rest, where=where, documents=documents)
    _check_deadlines(head, where=where)
    return Pack(
        version=head.version,
        name=head.name,
        name_en=head.name_en,
        valid_from=head.valid_from,
        valid_until=head.valid_until,
        government=head.government,
        documents=MappingProxyType(documents),
        words=MappingProxyType({word.key: word.text for word in head.words}),
        cutoffs=head.cutoffs,
        deadlines=MappingProxyType({rule.kind: rule for rule in head.deadlines}),
        isolation=head.isolation,
        response_levels=head.response_levels,
        retention=head.retention,
        diseases=MappingProxyType(
            {code: _disease(code, table, head=head, where=where, documents=documents) for code, table in diseases.items()}
        ),
    )


def _documents(tables: list[dict[str, Any]], *, where: str) -> dict[str, Document]:
    """The documents a pack cites, by number; the same number twice is an error."""
    found: dict[str, Document] = {}
    for index, table in enumerate(tables):
        document = read_table(Document, table, where=f"{where}.documents[{index}]", documents={})
        if document.number in found:
            raise PolicyError(f"văn bản “{document.number}” khai báo hai lần", where=f"{where}.documents[{index}]", remedy="Bỏ một dòng.")
        found[document.number] = document
    return found


def _disease(code: str, table: dict[str, Any], *, head: _Head, where: str, documents: Mapping[str, Document]) -> DiseasePolicy:
    """One disease of a pack."""
    place = f"{where}.diseases.{code}"
    disease = read_table(DiseasePolicy, table, where=place, documents=documents, version=head.version, code=code, cutoffs=head.cutoffs)
    if disease.contacts_traced.value != (disease.max_degree.value > 0):
        raise PolicyError(
            "contacts_traced và max_degree mâu thuẫn",
            where=f"{place}.max_degree",
            remedy="Không truy vết thì max_degree = 0, có truy vết thì từ 1.",
        )
    return disease


def _check_deadlines(head: _Head, *, where: str) -> None:
    """Stop at a deadline that hands over to one that nobody wrote."""
    kinds = {rule.kind for rule in head.deadlines}
    for rule in head.deadlines:
        if rule.next_deadline and rule.next_deadline not in kinds:
            raise PolicyError(
                f"next_deadline “{rule.next_deadline}” không tồn tại",
                where=f"{where}.deadlines.{rule.kind}",
                remedy=f"Chọn một trong: {', '.join(sorted(kinds))}.",
            )
