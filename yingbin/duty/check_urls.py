"""Addresses of checks and of the lists they ask."""

from django.urls import path

from .views import check_lists, checks, self_checks

CHECKS = [
    path("check/<path:task>/all-well/", checks.all_well, name="all_well"),
    path("check/<path:task>/sign/", checks.sign, name="sign_check"),
    path("check/<path:task>/room/<str:room>/", checks.room, name="room"),
    path("check/<path:task>/item/<str:item>/", checks.item, name="item"),
    path("check/<path:task>/item/<str:item>/answer/", checks.answer, name="answer"),
    path("check/<path:task>/item/<str:item>/back/", checks.send_back, name="send_back"),
    path("check/<path:task>/item/<str:item>/failed/", checks.failed, name="failed"),
    path("check/<path:task>/", checks.check, name="check"),
    path("setup/checks/", check_lists.lists, name="check_lists"),
    path("setup/checks/<str:check>/", check_lists.one, name="check_list"),
    path("setup/checks/<str:check>/room/", check_lists.room, name="check_list_room"),
    path("setup/checks/<str:check>/item/", check_lists.item, name="new_check_item"),
    path("setup/checks/<str:check>/item/<str:item>/", check_lists.item, name="check_list_item"),
    path("setup/checks/<str:check>/part/<str:part>/drop/", check_lists.drop, name="drop_part"),
    path("setup/checks/<str:check>/part/<str:part>/move/", check_lists.move, name="move_part"),
    path("setup/checks/<str:check>/publish/", check_lists.publish, name="publish_list"),
    path("setup/checks/<str:check>/forget/", check_lists.forget, name="forget_draft"),
    path("setup/checks/<str:check>/share/", check_lists.share, name="share_list"),
    path("setup/checks/<str:check>/follow/", check_lists.follow, name="follow_shared"),
    path("self-checks/", self_checks.sheet, name="self_checks"),
    path("self-checks/print/", self_checks.printed, name="self_checks_sheet"),
    path("self-checks/excel/", self_checks.excel, name="self_checks_excel"),
    path("self-checks/<uuid:row>/", self_checks.row, name="self_check_row"),
]
