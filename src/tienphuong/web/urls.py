"""Addresses of the pages. Each name has its row in permissions.py."""

from django.urls import path

from tienphuong.web import account, audit_log, board, cases, contacts, duplicates, follow_up, health, people, registers, reports, returnees, submissions

urlpatterns = [
    path("", board.board, name="board"),
    path("dang-nhap/", account.SignIn.as_view(), name="sign_in"),
    path("dang-xuat/", account.sign_out, name="sign_out"),
    path("doi-mat-khau/", account.ChangePassword.as_view(), name="password_change"),
    path("tai-khoan/", account.account, name="account"),
    path("ngon-ngu/", account.language, name="language"),
    path("ca-benh/", cases.cases, name="cases"),
    path("tiep-xuc/", contacts.contacts, name="contacts"),
    path("theo-doi/", follow_up.follow_up, name="follow_up"),
    path("theo-doi/ghi/", follow_up.follow_up_record, name="follow_up_record"),
    path("chuyen-dia-phuong/", follow_up.referrals, name="referrals"),
    path("chuyen-dia-phuong/<uuid:referral_id>/", follow_up.referral_answer, name="referral_answer"),
    path("ve-tu-vung-dich/", returnees.returnees, name="returnees"),
    path("cach-ly/", registers.stays, name="stays"),
    path("mau-xet-nghiem/", registers.samples, name="samples"),
    path("ho-so-trung/", duplicates.duplicates, name="duplicates"),
    path("ho-so-trung/<uuid:proposal_id>/", duplicates.duplicates, name="duplicate"),
    path("ho-so-trung/<uuid:proposal_id>/quyet-dinh/", duplicates.duplicate_decide, name="duplicate_decide"),
    path("ho-so-trung/tach/<uuid:merge_id>/", duplicates.merge_undo, name="merge_undo"),
    path("nguoi/<uuid:uid>/", people.person, name="person"),
    path("tim/", people.search, name="search"),
    path("nhat-ky/", audit_log.audit_log, name="audit"),
    path("nhat-ky/kiem-tra/", audit_log.audit_verify, name="audit_verify"),
    path("bao-cao/", reports.reports, name="reports"),
    path("bao-cao/soan/", reports.report_draft, name="report_draft"),
    path("bao-cao/soan/luu/", reports.report_keep, name="report_keep"),
    path("bao-cao/chot/", reports.report_freeze, name="report_freeze"),
    path("bao-cao/so-lieu-xa/", submissions.figures_form, name="figures_form"),
    path("bao-cao/so-lieu-xa/kiem-tra/", submissions.figures_check, name="figures_check"),
    path("bao-cao/<uuid:report_id>/", reports.report, name="report"),
    path("bao-cao/<uuid:report_id>/<slug:kind>/", reports.report_file, name="report_file"),
    path("health/", health.health, name="health"),
]
