"""Every indicator, defined once: its key, its words, its unit, what it counts, and where its records are listed.

The board, the report, the API, the command line and every export read this list and nothing else.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure. `records` names the list behind it ('' for figures that are computed from others)."""

    key: str
    label: str
    label_en: str
    unit: str
    definition: str
    definition_en: str
    records: str = ""
    cumulative: bool = False


def _one(
    key: str, label: str, label_en: str, unit: str, definition: str, definition_en: str, records: str = "", *, since: bool = False
) -> Indicator:
    return Indicator(key, label, label_en, unit, definition, definition_en, records, since)


_CASE, _PEOPLE, _SAMPLE, _AREA = "ca", "người", "mẫu", "xã"

INDICATORS: tuple[Indicator, ...] = (
    _one("cases_total", "Ca mắc lũy kế", "Cumulative cases", _CASE,
         "Ca bệnh xác định (kể cả tái dương tính), tính từ ngày bắt đầu lũy kế, theo nơi ở lúc phát hiện",
         "Confirmed cases (re-positives included) since the epoch date, by residence at detection", "cases", since=True),
    _one("cases_new", "Ca mắc mới trong ngày", "New cases", _CASE,
         "Ca bệnh được báo cáo xác định sau giờ chốt hôm trước đến giờ chốt hôm nay, chưa tính ở giờ chốt hôm trước",
         "Cases reported confirmed after yesterday's cut-off up to today's and not counted at it", "cases"),
    _one("cases_late", "Ca mắc bổ sung", "Late cases", _CASE,
         "Ca của những ngày trước giờ chốt hôm trước, nay mới được biết; ca không ghi ngày cũng tính ở đây",
         "Cases of days before yesterday's cut-off, learned of since then; cases without a day are among them", "cases"),
    _one("cases_late_undated", "Ca bổ sung chưa rõ ngày", "Late cases of no known day", _CASE,
         "Ca bổ sung mà danh sách không ghi ngày nào", "Late cases of which no list says any day", "cases"),
    _one("cases_withdrawn", "Ca mắc rút khỏi lũy kế", "Withdrawn cases", _CASE,
         "Ca đã tính ở giờ chốt hôm trước, nay không còn tính (loại trừ, trùng, chuyển địa bàn)",
         "Cases counted at yesterday's cut-off and no longer (refuted, duplicate, moved to another area)", "cases"),
    _one("cases_new_community", "Ca mới tại cộng đồng", "New cases in the community", _CASE,
         "Ca mới phát hiện ngoài khu cách ly, khu phong tỏa (kể cả tại cơ sở y tế)",
         "New cases detected outside quarantine and cordons (health facilities included)", "cases"),
    _one("cases_new_quarantine", "Ca mới trong khu cách ly", "New cases in quarantine", _CASE,
         "Ca mới phát hiện khi đang cách ly (tập trung, tại nhà, sau nhập cảnh)",
         "New cases detected in quarantine (central, home, on entry)", "cases"),
    _one("cases_new_cordon", "Ca mới trong khu phong tỏa", "New cases in cordons", _CASE,
         "Ca mới phát hiện trong khu vực phong tỏa", "New cases detected in a cordoned area", "cases"),
    _one("cases_new_setting_unknown", "Ca mới chưa rõ nơi phát hiện", "New cases, setting not told", _CASE,
         "Ca mới mà danh sách không ghi nơi phát hiện", "New cases whose list does not say where they were detected", "cases"),
    _one("cases_recovered", "Khỏi bệnh", "Recovered", _CASE, "Ca bệnh đã khỏi, ra viện", "Cases recovered and discharged", "cases", since=True),
    _one("cases_recovered_new", "Khỏi trong ngày", "Recovered in the day", _CASE,
         "Ca bệnh khỏi sau giờ chốt hôm trước", "Cases recovered since yesterday's cut-off", "cases"),
    _one("cases_recovered_late", "Khỏi bổ sung", "Late recoveries", _CASE,
         "Ca khỏi của những ngày trước giờ chốt hôm trước, nay mới được biết; không ghi ngày cũng tính ở đây",
         "Recoveries of days before yesterday's cut-off, learned of since then; those without a day are among them", "cases"),
    _one("cases_recovered_withdrawn", "Khỏi rút khỏi lũy kế", "Withdrawn recoveries", _CASE,
         "Ca đã tính là khỏi ở giờ chốt hôm trước, nay không còn", "Cases counted as recovered at yesterday's cut-off and no longer", "cases"),
    _one("cases_in_treatment", "Đang điều trị", "In treatment", _CASE,
         "Ca bệnh chưa khỏi, chưa tử vong, chưa chuyển đi", "Cases not recovered, dead or transferred", "cases"),
    _one("deaths", "Tử vong", "Deaths", _CASE, "Ca bệnh tử vong", "Cases who died", "cases", since=True),
    _one("deaths_new", "Tử vong trong ngày", "Deaths in the day", _CASE,
         "Ca bệnh tử vong sau giờ chốt hôm trước", "Deaths since yesterday's cut-off", "cases"),
    _one("deaths_late", "Tử vong bổ sung", "Late deaths", _CASE,
         "Ca tử vong của những ngày trước giờ chốt hôm trước, nay mới được biết; không ghi ngày cũng tính ở đây",
         "Deaths of days before yesterday's cut-off, learned of since then; those without a day are among them", "cases"),
    _one("deaths_withdrawn", "Tử vong rút khỏi lũy kế", "Withdrawn deaths", _CASE,
         "Ca đã tính là tử vong ở giờ chốt hôm trước, nay không còn", "Cases counted as deaths at yesterday's cut-off and no longer", "cases"),
    _one("cases_transferred", "Chuyển đi nơi khác", "Transferred out", _CASE,
         "Ca bệnh chuyển địa phương khác quản lý, điều trị", "Cases handed to another locality", "cases", since=True),
    _one("cases_re_positive", "Tái dương tính", "Re-positive", _CASE,
         "Ca bệnh dương tính trở lại sau khi khỏi (đã nằm trong tổng số ca)", "Cases positive again after recovery (within the total)", "cases", since=True),
    _one("cases_probable", "Ca bệnh có thể", "Probable cases", _CASE,
         "Ca bệnh có thể, chưa xác định (không nằm trong tổng số ca)", "Probable cases, not yet confirmed (outside the total)", "cases"),
    _one("cases_suspected", "Ca bệnh nghi ngờ", "Suspected cases", _CASE,
         "Ca bệnh nghi ngờ (không nằm trong tổng số ca)", "Suspected cases (outside the total)", "cases"),
    _one("cases_new_source_unknown", "Ca mới chưa rõ nguồn lây", "New cases, source not known", _CASE,
         "Ca mới chưa rõ hoặc đang điều tra nguồn lây", "New cases whose source is unknown or under investigation", "cases"),
    _one("communes_total", "Số xã, phường, thị trấn", "Communes", _AREA,
         "Đơn vị hành chính cấp xã của địa bàn vào ngày báo cáo", "Commune-level units of the area on the day"),
    _one("communes_with_cases", "Số xã có ca mắc", "Communes with cases", _AREA,
         "Xã có ít nhất một ca lũy kế", "Communes with at least one cumulative case", since=True),
    _one("communes_with_new_cases", "Số xã có ca mới", "Communes with new cases", _AREA,
         "Xã có ít nhất một ca mới trong ngày", "Communes with at least one new case in the day"),
    *(
        indicator
        for n in (1, 2)
        for indicator in (
            _one(f"f{n}_total", f"F{n} lũy kế", f"F{n}, cumulative", _PEOPLE,
                 f"Người cách ca bệnh ít nhất {n} lần tiếp xúc trong thời kỳ lây truyền và không phải ca bệnh",
                 f"People at least {n} window-respecting contact(s) from a case, cases excluded", "contacts", since=True),
            _one(f"f{n}_new", f"F{n} phát sinh trong ngày", f"New F{n}", _PEOPLE,
                 f"F{n} được báo cáo sau giờ chốt hôm trước", f"F{n} reported since yesterday's cut-off", "contacts"),
            _one(f"f{n}_watched", f"F{n} đang theo dõi, cách ly", f"F{n} under watch", _PEOPLE,
                 f"F{n} chưa hết thời hạn cách ly tính từ lần tiếp xúc cuối; không tính những ngày tự theo dõi sau đó",
                 f"F{n} whose quarantine, counted from the latest exposure, goes on; the days of self-monitoring after it do not count", "contacts"),
            _one(f"f{n}_completed", f"F{n} hoàn thành theo dõi", f"F{n} watch completed", _PEOPLE,
                 f"F{n} đã hết thời hạn cách ly, kể cả người còn tự theo dõi", f"F{n} whose quarantine has ended, also those who still monitor themselves", "contacts"),
        )
    ),
    _one("follow_up_done", "Đã kiểm tra hôm nay", "Checked today", _PEOPLE,
         "Người được kiểm tra sức khỏe trong ngày", "People checked in the day", "follow_up"),
    _one("follow_up_unreachable", "Không liên lạc được", "Unreachable", _PEOPLE,
         "Người không liên lạc được trong ngày", "People who could not be reached in the day", "follow_up"),
    _one("returnees_total", "Người về từ vùng dịch", "Returnees from affected areas", _PEOPLE,
         "Người về từ vùng có dịch trong nước", "People come from affected areas in the country", "returnees", since=True),
    _one("returnees_new", "Người về từ vùng dịch trong ngày", "New returnees", _PEOPLE,
         "Người về từ vùng dịch được báo cáo sau giờ chốt hôm trước", "Returnees reported since yesterday's cut-off", "returnees"),
    _one("returnees_watched", "Người về từ vùng dịch đang cách ly", "Returnees under watch", _PEOPLE,
         "Người về từ vùng dịch chưa hết thời hạn", "Returnees whose watch goes on", "returnees"),
    _one("returnees_completed", "Người về từ vùng dịch hoàn thành", "Returnees completed", _PEOPLE,
         "Người về từ vùng dịch đã hết thời hạn", "Returnees whose watch has ended", "returnees"),
    _one("arrivals_total", "Người nhập cảnh về", "Arrivals from abroad", _PEOPLE, "Người nhập cảnh về địa bàn", "People come from abroad", "returnees", since=True),
    _one("arrivals_new", "Người nhập cảnh trong ngày", "New arrivals from abroad", _PEOPLE,
         "Người nhập cảnh được báo cáo sau giờ chốt hôm trước", "Arrivals reported since yesterday's cut-off", "returnees"),
    _one("arrivals_watched", "Người nhập cảnh đang cách ly", "Arrivals under watch", _PEOPLE,
         "Người nhập cảnh chưa hết thời hạn", "Arrivals whose watch goes on", "returnees"),
    _one("arrivals_completed", "Người nhập cảnh hoàn thành", "Arrivals completed", _PEOPLE,
         "Người nhập cảnh đã hết thời hạn", "Arrivals whose watch has ended", "returnees"),
    _one("samples_total", "Mẫu xét nghiệm", "Samples", _SAMPLE, "Mẫu đã lấy (mẫu gộp tính một mẫu mỗi người trong danh sách)",
         "Samples taken", "samples", since=True),
    _one("samples_new", "Mẫu trong ngày", "New samples", _SAMPLE, "Mẫu được báo cáo sau giờ chốt hôm trước", "Samples reported since yesterday's cut-off", "samples"),
    _one("samples_negative", "Mẫu âm tính", "Negative", _SAMPLE, "Mẫu có kết quả âm tính", "Samples with a negative result", "samples", since=True),
    _one("samples_positive", "Mẫu dương tính", "Positive", _SAMPLE, "Mẫu có kết quả dương tính", "Samples with a positive result", "samples", since=True),
    _one("samples_inconclusive", "Mẫu không xác định", "Inconclusive", _SAMPLE, "Mẫu có kết quả không xác định", "Samples with an inconclusive result", "samples", since=True),
    _one("samples_pending", "Mẫu chờ kết quả", "Pending", _SAMPLE, "Mẫu chưa có kết quả", "Samples without a result yet", "samples"),
    _one("stays_total", "Lượt cách ly", "Stays", "lượt", "Lượt cách ly theo các danh sách", "Stays listed in the registers", "stays", since=True),
    _one("stays_new", "Cách ly mới trong ngày", "New stays", "lượt", "Lượt cách ly bắt đầu trong ngày", "Stays begun in the day", "stays"),
    _one("stays_current", "Đang cách ly", "In quarantine", _PEOPLE, "Người đang cách ly theo danh sách; không tính người còn chờ tiếp nhận", "People in quarantine; those still awaited do not count", "stays"),
    _one("stays_awaited", "Chờ tiếp nhận cách ly", "Awaited in quarantine", _PEOPLE,
         "Người có tên trong danh sách nhưng nơi cách ly chưa tiếp nhận", "People on a list whom the site has not received yet", "stays"),
    _one("stays_completed", "Hoàn thành cách ly", "Completed", "lượt", "Lượt đã hoàn thành", "Stays completed", "stays", since=True),
    _one("stays_transferred", "Chuyển tuyến", "Transferred", "lượt", "Lượt đã chuyển tuyến", "Stays transferred", "stays", since=True),
    _one("stays_left", "Tự ý rời nơi cách ly", "Left without leave", "lượt", "Lượt tự ý rời nơi cách ly", "Stays left without leave", "stays"),
    _one("stays_central", "Đang cách ly tập trung", "In central quarantine", _PEOPLE, "Người đang ở khu cách ly tập trung", "People in central sites", "stays"),
    _one("stays_home", "Đang cách ly tại nhà", "In home quarantine", _PEOPLE, "Người đang cách ly tại nhà, nơi lưu trú", "People in home quarantine", "stays"),
    _one("links_pending", "Liên kết chờ ca bệnh", "Links waiting for a case", _PEOPLE,
         "Người được khai tiếp xúc với ca bệnh chưa có trong cơ sở dữ liệu", "People listed as contacts of a case not in the base yet", "links"),
    _one("cases_doubled_at_most", "Ca có thể trùng nhau, tối đa", "Cases that may be duplicates, at most", _CASE,
         "Số ca mắc sẽ giảm nếu mọi cặp hồ sơ nghi trùng chưa quyết định đều là một người",
         "By how many cases would fall if every pair not decided yet were one person"),
    _one("duplicates_open", "Hồ sơ nghi trùng", "Possible duplicates", "cặp", "Cặp hồ sơ nghi trùng chưa quyết định", "Pairs not decided yet", "duplicates"),
)  # fmt: skip

BY_KEY: dict[str, Indicator] = {indicator.key: indicator for indicator in INDICATORS}
