"""The addresses of files that are read as plans."""

from django.urls import path, re_path

from throughline.apps.plans.views import reading, reading_pieces, reading_settling

_TABLE = r"(?P<kind>csv|xlsx)"
_READING, _NUMBERED = "readings/<int:pk>", r"^readings/(?P<pk>\d+)"
_PART, _ACTION, _UNREAD = r"(?P<key>[sam]\d+)", r"(?P<key>a\d+)", r"(?P<key>u\d+)"

urlpatterns = [
    path("readings/", reading.index, name="readings"),
    re_path(rf"^readings/readings\.{_TABLE}$", reading.download, name="readings_download"),
    path(f"{_READING}/", reading.show, name="reading"),
    path(f"{_READING}/file/", reading.file, name="reading_file"),
    path(f"{_READING}/plan.json", reading.as_json_file, name="reading_json"),
    path(f"{_READING}/outline.txt", reading.as_outline, name="reading_outline"),
    re_path(rf"{_NUMBERED}/unread\.{_TABLE}$", reading.unread, name="reading_unread"),
    path(f"{_READING}/changes/", reading.changes, name="reading_changes"),
    re_path(rf"{_NUMBERED}/changes/changes\.{_TABLE}$", reading.changes_download, name="reading_changes_download"),
    path(f"{_READING}/relate/", reading_settling.relate, name="reading_relate"),
    path(f"{_READING}/accept/", reading_settling.accept, name="reading_accept"),
    path(f"{_READING}/discard/", reading_settling.discard, name="reading_discard"),
    path(f"{_READING}/take-up-again/", reading_settling.take_up_again, name="reading_again"),
    path(f"{_READING}/corrections/<int:number>/undo/", reading_pieces.undo_last, name="reading_undo"),
    re_path(rf"{_NUMBERED}/add/(?P<what>section|action|measure)/$", reading_pieces.add, name="reading_add"),
    re_path(rf"{_NUMBERED}/(?P<key>plan|[sam]\d+)/change/$", reading_pieces.change, name="reading_change"),
    re_path(rf"{_NUMBERED}/{_ACTION}/split/$", reading_pieces.split, name="reading_split"),
    re_path(rf"{_NUMBERED}/{_ACTION}/join/$", reading_pieces.join, name="reading_join"),
    re_path(rf"{_NUMBERED}/{_PART}/remove/$", reading_pieces.remove, name="reading_remove"),
    re_path(rf"{_NUMBERED}/{_PART}/restore/$", reading_pieces.restore, name="reading_restore"),
    re_path(rf"{_NUMBERED}/{_UNREAD}/place/$", reading_pieces.place, name="reading_place"),
]
