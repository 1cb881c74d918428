"""The pages in the navigation and the footer, by name, with the permission each needs."""

from throughline.ui.navigation import Entry, Group

NAVIGATION = (
    Group("Figures", (
        Entry("Scorecard", "performance:home", "see_published_figures"),
        Entry("Compare", "performance:compare", "see_published_figures"),
        Entry("Find a measure", "performance:find", "see_published_figures"),
        Entry("Data freshness", "performance:freshness", "see_data_freshness"),
        Entry("Load data", "performance:load", "load_published_data"),
        Entry("Entered figures", "performance:entered", "enter_figures"),
        Entry("Code lists", "codelists:lists", "see_published_figures"),
        Entry("Rules", "codelists:rules", "see_published_figures"),
    )),
    Group("Young people", (
        Entry("Learners", "learners:learners", "see_learners"),
        Entry("Add a learner", "learners:add", "edit_learners"),
        Entry("Today", "followup:today", "follow_up"),
        Entry("My caseload", "followup:mine", "follow_up"),
        Entry("Early leavers", "followup:leavers", "follow_up"),
        Entry("Risk of NEET", "followup:risk", "see_learners"),
        Entry("Participation meetings", "followup:meetings", "follow_up"),
        Entry("Support cases", "followup:cases", "follow_up"),
        Entry("Send a list", "exchange:sent", "send_lists"),
        Entry("Files", "exchange:deliveries", "edit_learners"),
        Entry("Rows not matched", "exchange:unmatched", "edit_learners"),
        Entry("Months and returns", "returns:months", "close_months"),
    )),
    Group("Plans", (
        Entry("Plans", "plans:plans", "see_plans"),
        Entry("My actions", "plans:mine", "update_actions"),
        Entry("Due dates", "plans:due", "see_plans"),
        Entry("Recommendations", "plans:coverage", "see_plans"),
        Entry("Calendar", "plans:calendar", "see_plans"),
        Entry("Commissioning", "commissioning:plans", "see_plans"),
        Entry("Contracts", "commissioning:contracts", "see_plans"),
        Entry("Campaigns", "plans:campaigns", "see_plans"),
        Entry("Handbook", "handbook:pages", "see_plans"),
        Entry("Read a plan in", "plans:readings", "edit_plans"),
    )),
    Group("Indicators", (
        Entry("Register", "indicators:register", "see_plans"),
        Entry("Grid", "indicators:grid", "see_plans"),
        Entry("Trajectories", "indicators:trajectories", "see_plans"),
        Entry("Gaps", "indicators:gaps", "see_plans"),
        Entry("Cannot be judged", "indicators:unjudged", "see_plans"),
    )),
    Group("Boards", (
        Entry("Boards", "organisations:boards", "see_plans"),
        Entry("Meetings", "governance:meetings", "see_plans"),
        Entry("Decisions", "governance:decisions", "see_plans"),
        Entry("Scrutiny", "governance:scrutiny", "see_plans"),
        Entry("Consultations", "governance:consultations", "see_plans"),
        Entry("Directory", "organisations:directory", "see_plans"),
    )),
    Group("Reports", (
        Entry("Reports", "reports:reports", "see_plans"),
        Entry("From recommendation to figure", "reports:spine", "see_plans"),
    )),
    Group("Access", (
        Entry("People", "accounts:users", "manage_users"),
        Entry("Audit", "accounts:audit", "see_audit"),
        Entry("Restricted records opened", "learners:openings", "see_audit"),
        Entry("How long records are kept", "learners:keeping", "see_audit"),
        Entry("Roles", "accounts:roles"),
        Entry("Records to forget", "learners:over", "forget_learners"),
    )),
)

FOOTER = (
    Entry("Accessibility", "accessibility"),
    Entry("Data freshness", "performance:freshness", "see_data_freshness"),
    Entry("Who may do what", "accounts:roles"),
)
