"""Whoever asks under /api is answered in JSON, also where no operation was reached: no such address, method, size, or a fault of ours."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tienphuong.api.problems import Problem

Answer = Callable[[HttpRequest], HttpResponse]
UNDER = "/api/"
_SAID = {
    400: ("Không đọc được yêu cầu.", "Kiểm tra địa chỉ, tiêu đề và định dạng nội dung gửi."),
    403: ("Yêu cầu không được phép.", "Kiểm tra quyền của tài khoản và tiêu đề Origin, X-CSRFToken."),
    404: ("Không có địa chỉ này.", "Các địa chỉ: /api/v1/openapi.json."),
    405: ("Địa chỉ này không nhận phương thức {method}.", "Các phương thức nhận: {allowed}."),
    413: ("Yêu cầu quá lớn.", "Gửi từng tệp một, hoặc chia nhỏ danh sách."),
    500: ("Sở chỉ huy gặp lỗi khi trả lời; việc chưa làm xong đã được bỏ.", "Gửi lại sau; nếu vẫn lỗi, báo quản trị hệ thống giờ gửi."),
}


class JsonAnswers:
    """Stands outside all others, so that it sees whatever any of them answers."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path_info.startswith(UNDER) or response.status_code < 400 or _is_json(response):
            return response
        return _as_problem(request, response)


def _is_json(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith("application/json")


def _as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    status = response.status_code
    reason, remedy = _SAID.get(status) or _SAID[500 if status >= 500 else 400]
    params = {"method": request.method, "allowed": response.headers.get("Allow", "")}
    problem = Problem(reason=reason.format(**params), remedy=remedy.format(**params))
    kept = {name: response.headers[name] for name in ("Allow", "Retry-After", "WWW-Authenticate") if name in response.headers}
    return HttpResponse(problem.model_dump_json(), status=status, content_type="application/json; charset=utf-8", headers=kept)
