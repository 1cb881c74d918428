"""What a person may be allowed to do, each in a sentence that anyone can read."""

from enum import StrEnum


class Permission(StrEnum):
    """One thing that a role may allow; code asks for a permission and never for a role."""

    SEE_PUBLISHED_FIGURES = "see_published_figures"
    SEE_ENTERED_FIGURES = "see_entered_figures"
    ENTER_FIGURES = "enter_figures"
    LOAD_PUBLISHED_DATA = "load_published_data"
    DOWNLOAD_FIGURES = "download_figures"
    SEE_DATA_FRESHNESS = "see_data_freshness"
    MANAGE_USERS = "manage_users"
    SEE_AUDIT = "see_audit"

    @property
    def title(self) -> str:
        """A few words for a heading or a table, such as “Enter figures”."""
        return _WORDS[self][0]

    @property
    def sentence(self) -> str:
        """What the permission lets a person do, in full."""
        return _WORDS[self][1]


_WORDS = {
    Permission.SEE_PUBLISHED_FIGURES: (
        "See published figures",
        "See the figures that government departments publish about every authority.",
    ),
    Permission.SEE_ENTERED_FIGURES: (
        "See entered figures",
        "See figures that officers of their own authority have typed in and that may not be published anywhere.",
    ),
    Permission.ENTER_FIGURES: (
        "Enter figures",
        "Type in figures of their own authority and correct them; each correction keeps what was there before.",
    ),
    Permission.LOAD_PUBLISHED_DATA: (
        "Load published data",
        "Load a new release of published figures, which everyone then sees.",
    ),
    Permission.DOWNLOAD_FIGURES: (
        "Download figures",
        "Download the figures that they may see on the page, as a spreadsheet or a picture.",
    ),
    Permission.SEE_DATA_FRESHNESS: (
        "See data freshness",
        "See where figures come from, how old each source is and when the next release is due.",
    ),
    Permission.MANAGE_USERS: (
        "Manage people",
        "Make accounts, say which role each person has, close accounts, and let a person set up sign-in afresh.",
    ),
    Permission.SEE_AUDIT: (
        "See the audit",
        "See who signed in, who looked at what and who changed what, and download that record.",
    ),
}
