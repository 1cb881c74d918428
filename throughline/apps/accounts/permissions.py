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
    EDIT_CODE_LISTS = "edit_code_lists"
    SEE_PLANS = "see_plans"
    UPDATE_ACTIONS = "update_actions"
    EDIT_PLANS = "edit_plans"
    EDIT_INDICATORS = "edit_indicators"
    RUN_BOARDS = "run_boards"
    ASK_QUESTIONS = "ask_questions"
    ISSUE_REPORTS = "issue_reports"
    SEE_LEARNERS = "see_learners"
    SEND_LISTS = "send_lists"
    SEE_ALL_LEARNERS = "see_all_learners"
    EDIT_LEARNERS = "edit_learners"
    SEE_SENSITIVE = "see_sensitive"
    SEE_RESTRICTED = "see_restricted"
    CLOSE_MONTHS = "close_months"
    FOLLOW_UP = "follow_up"
    FORGET_LEARNERS = "forget_learners"
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
        "See figures of measures that officers of their own authority have typed in and that may not be published anywhere.",
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
    Permission.EDIT_CODE_LISTS: (
        "Edit code lists",
        "Put right what is said of a code, such as what an activity counts as, and add codes, for everybody who uses the site; "
        "set their own authority's points of the risk of NEET.",
    ),
    Permission.SEE_PLANS: (
        "See plans",
        "See the plans of their own authority, their indicators with the values typed into them, their boards and what those "
        "decided, every report issued to them with the figures in it, what is commissioned and the council's contracts, their "
        "campaigns and the handbook, and download them.",
    ),
    Permission.UPDATE_ACTIONS: (
        "Update actions",
        "Say how the actions that they own are going and add evidence; each update stays beside those before it.",
    ),
    Permission.EDIT_PLANS: (
        "Edit plans",
        "Read plans in, change them, update any action, record who approved a plan, and keep commissioning plans, contracts, "
        "campaigns, the handbook and the directory of owners.",
    ),
    Permission.EDIT_INDICATORS: (
        "Edit the indicator register",
        "Register, change and retire indicators, set their targets, enter their values and judge them.",
    ),
    Permission.RUN_BOARDS: (
        "Run boards",
        "Keep boards, their members, meetings, papers, decisions, scrutiny's questions and consultations.",
    ),
    Permission.ASK_QUESTIONS: (
        "Ask scrutiny questions",
        "Put a question to those who answer for a plan, and see it through to its answer.",
    ),
    Permission.ISSUE_REPORTS: (
        "Issue reports",
        "Compose a report to a board and issue it; what was issued is kept as it was.",
    ),
    Permission.SEE_LEARNERS: (
        "See young people",
        "See and download young people of the register: where their account names a school, a college or a provider, those who "
        "are there or were there at 16. Each look is recorded before anything is shown.",
    ),
    Permission.SEND_LISTS: (
        "Send lists",
        "Hand the authority a list of the young people of their own school, college or provider, and see what they sent and what "
        "became of it. Nothing of it reaches the register before the authority accepts it.",
    ),
    Permission.SEE_ALL_LEARNERS: (
        "See every young person",
        "See every young person of their own authority, wherever they are, with where they live and whom to speak to.",
    ),
    Permission.EDIT_LEARNERS: (
        "Keep the register of young people",
        "Add young people of their own authority, and say what each is doing, where they live and whom to speak to; what was "
        "believed before stays known.",
    ),
    Permission.SEE_SENSITIVE: (
        "See sensitive characteristics",
        "See of a young person what is health, family, care or immigration, such as being looked after, and which activity it "
        "is where that tells of such a thing or of custody.",
    ),
    Permission.SEE_RESTRICTED: (
        "Open restricted records",
        "Open a restricted record or a protected address for a short while, for a reason that they type and that those who see "
        "the audit read.",
    ),
    Permission.CLOSE_MONTHS: (
        "Close months",
        "Close a month of their own authority's register, see what is wrong in its return, and hand the return over: for a "
        "reason that is kept where it holds what is restricted.",
    ),
    Permission.FOLLOW_UP: (
        "Follow young people up",
        "Work the lists of their own authority's young people: claim them, log contacts, open support cases, decide after "
        "looking at a score, and run the districts' participation meetings.",
    ),
    Permission.FORGET_LEARNERS: (
        "Forget young people",
        "See whose records are kept no longer, in their own authority, and forget them for good.",
    ),
    Permission.MANAGE_USERS: (
        "Manage people",
        "Make accounts, say which role each person has, close accounts, and let a person set up sign-in afresh.",
    ),
    Permission.SEE_AUDIT: (
        "See the audit",
        "See who signed in, who looked at what, who changed what and who opened a restricted record and why, and download that "
        "record.",
    ),
}
