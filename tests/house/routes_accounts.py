"""The routes of the accounts room, those of sign-in apart."""

from tests.house.route import route
from throughline.apps.accounts.permissions import Permission as P

PERSON = "the number of somebody's account"
_person = {"args": {"pk": PERSON}, "of": "person"}

ACCOUNTS = {
    "accounts:users": route(P.MANAGE_USERS, posts={"q": "Nobody"}),
    "accounts:users_download": route(P.MANAGE_USERS, args={"kind": "csv"}, of="people"),
    "accounts:add_user": route(
        P.MANAGE_USERS, posts={"email": "new@example.org", "full_name": "New Example", "role": "employer"}),
    "accounts:user": route(P.MANAGE_USERS, **_person),
    "accounts:change_user": route(
        P.MANAGE_USERS, **_person, posts={"full_name": "Changed", "role": "administrator", "job_title": "", "area": ""}),
    "accounts:deactivate": route(P.MANAGE_USERS, **_person, posts={}),
    "accounts:reactivate": route(P.MANAGE_USERS, **_person, posts={}),
    "accounts:reset_second_factor": route(P.MANAGE_USERS, **_person, posts={}),
    "accounts:audit": route(P.SEE_AUDIT, of="audit"),
    "accounts:audit_csv": route(P.SEE_AUDIT, of="audit"),
}
