"""The addresses of the organisations room."""

from django.urls import path, re_path

from throughline.apps.organisations.views import boards, directory

app_name = "organisations"
_TABLE = "(?P<kind>csv|xlsx)"
_PARTY, _BOARD = "directory/<int:pk>/", "boards/<int:pk>/"

urlpatterns = [
    path("directory/", directory.index, name="directory"),
    re_path(rf"^directory/directory\.{_TABLE}$", directory.download, name="directory_download"),
    path("directory/add/", directory.add, name="add_party"),
    path(_PARTY, directory.show, name="party"),
    path(f"{_PARTY}change/", directory.change, name="change_party"),
    path(f"{_PARTY}close/", directory.close, name="close_party"),
    path(f"{_PARTY}reopen/", directory.reopen, name="reopen_party"),
    path(f"{_PARTY}merge/", directory.merge, name="merge_party"),
    path(f"{_PARTY}undo-merger/", directory.undo_merger, name="undo_merger"),
    path("boards/", boards.index, name="boards"),
    re_path(rf"^boards/boards\.{_TABLE}$", boards.download, name="boards_download"),
    path("boards/add/", boards.add, name="add_board"),
    path(_BOARD, boards.show, name="board"),
    path(f"{_BOARD}change/", boards.change, name="change_board"),
    path(f"{_BOARD}close/", boards.close, name="close_board"),
    path(f"{_BOARD}reopen/", boards.reopen, name="reopen_board"),
    re_path(rf"^boards/(?P<pk>\d+)/members\.{_TABLE}$", boards.members_download, name="members_download"),
    path(f"{_BOARD}members/add/", boards.add_member, name="add_member"),
    path(f"{_BOARD}members/<int:seat>/end/", boards.end_membership, name="end_membership"),
    path(f"{_BOARD}members/<int:seat>/resume/", boards.resume_membership, name="resume_membership"),
]
