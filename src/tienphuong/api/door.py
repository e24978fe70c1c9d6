"""The one NinjaAPI: who may come in, how a no is said, which operations there are."""

from typing import Any, NoReturn

from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, HttpError, ValidationError, ValidationErrorContext

from tienphuong.api import areas, cases, contacts, figures, files, indicators, one_file, reports, retention, withdrawals
from tienphuong.api.officers import ApiRequest, Session, Token
from tienphuong.api.problems import Impossible, Problem, fault_of, not_permitted, refused
from tienphuong.core.access.viewer import NotPermitted
from tienphuong.core.policy import PolicyError
from tienphuong.core.refusal import Refusal
from tienphuong.registry.areas.queries import areas_by_path


class Door(NinjaAPI):
    """An API whose remarks about a request name the part, the name, the value, the reason and the remedy."""

    def validation_error_from_error_contexts(self, error_contexts: list[ValidationErrorContext]) -> ValidationError:
        return ValidationError([error for context in error_contexts for error in _remarks(context)])


def _remarks(context: ValidationErrorContext) -> list[dict[str, Any]]:
    """What was wrong in one part of a request (path, query, body, form), by the names the sender used."""
    part = context.model.__ninja_param_source__
    names = context.model.__ninja_flatten_map_reverse__
    found = context.pydantic_validation_error.errors(include_url=False)
    return [fault_of(error | {"loc": names.get(error["loc"], error["loc"])}, part=part).model_dump() for error in found]


door = Door(
    title="Tiền Phương",
    version="1",
    description="Giao diện lập trình của sở chỉ huy. Mọi số liệu, quyền và quy tắc giống như trên trang.",
    auth=[Token(), Session()],
    urls_namespace="api:v1",
    # The documentation page of the library asks the network for its scripts; docs/reference/api.md and /openapi.json do not.
    docs_url=None,
)

for _part in (indicators, areas, figures, cases, contacts, files, one_file, withdrawals, reports, retention):
    door.add_router("", _part.router)

_nowhere = Router()


@_nowhere.api_operation(["GET", "POST", "PUT", "PATCH", "DELETE"], "/{path:address}", include_in_schema=False)
def not_found(request: ApiRequest, address: str) -> NoReturn:
    """An address that is none, said as JSON."""
    raise Http404(f"địa chỉ /{address}")


door.add_router("", _nowhere)


def _problem_response(request: HttpRequest, problem: Problem, *, status: int) -> HttpResponse:
    return door.create_response(request, problem.model_dump(), status=status)


@door.exception_handler(NotPermitted)
def _on_not_permitted(request: ApiRequest, no: NotPermitted) -> HttpResponse:
    area = areas_by_path(request.viewer, paths=[no.area_path]).get(no.area_path)
    return _problem_response(request, not_permitted(no.permission, area=area.full_name if area else ""), status=403)


@door.exception_handler(Impossible)
def _on_impossible(request: ApiRequest, no: Impossible) -> HttpResponse:
    return _problem_response(request, refused(no.refusal, faults=no.faults), status=no.status)


@door.exception_handler(PolicyError)
def _on_policy(request: ApiRequest, no: PolicyError) -> HttpResponse:
    return _problem_response(request, Problem(reason=no.reason, remedy=no.remedy, document=no.where), status=422)


@door.exception_handler(ValidationError)
def _on_unreadable(request: ApiRequest, no: ValidationError) -> HttpResponse:
    return _problem_response(
        request, Problem(reason="Yêu cầu có giá trị không dùng được.", remedy="Sửa từng giá trị dưới đây.", faults=no.errors), status=422
    )


@door.exception_handler(Http404)
def _on_missing(request: ApiRequest, no: Http404) -> HttpResponse:
    refusal = Refusal(f"Không có {no}", remedy="Các địa chỉ: /api/v1/openapi.json.")
    return _problem_response(request, refused(refusal), status=404)


@door.exception_handler(AuthenticationError)
def _on_stranger(request: HttpRequest, no: AuthenticationError) -> HttpResponse:
    if str(no) == "token":
        problem = Problem(reason="Mã truy cập không có hiệu lực.", remedy="Xin quản trị hệ thống cấp mã mới cho máy này.")
    else:
        problem = Problem(
            reason="Chưa cho biết ai hỏi.", remedy="Gửi tiêu đề Authorization: Bearer MÃ, hoặc đăng nhập ở trang của sở chỉ huy."
        )
    response = _problem_response(request, problem, status=401)
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


@door.exception_handler(RawPostDataException)
def _on_other_body(request: ApiRequest, no: RawPostDataException) -> HttpResponse:
    return _problem_response(
        request, Problem(reason="Nội dung gửi không đúng kiểu của địa chỉ này.", remedy="Gửi application/json."), status=415
    )


@door.exception_handler(HttpError)
def _on_http_error(request: HttpRequest, no: HttpError) -> HttpResponse:
    if no.status_code == 403:
        problem = Problem(
            reason="Yêu cầu ghi thiếu mã chống giả mạo (CSRF).", remedy="Gửi tiêu đề X-CSRFToken bằng giá trị của cookie csrftoken."
        )
    else:
        problem = Problem(reason=f"Không đọc được yêu cầu: {no}.", remedy="Kiểm tra định dạng nội dung gửi.")
    return _problem_response(request, problem, status=no.status_code)
