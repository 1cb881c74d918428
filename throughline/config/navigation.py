"""The pages in the navigation and the footer, by name, with the permission each needs."""

from throughline.ui.navigation import Entry

NAVIGATION = (
    Entry("Scorecard", "performance:home"),
    Entry("Compare", "performance:compare"),
    Entry("Find a measure", "performance:find"),
    Entry("Data freshness", "performance:freshness", "see_data_freshness"),
    Entry("Load data", "performance:load", "load_published_data"),
    Entry("Entered figures", "performance:entered", "enter_figures"),
    Entry("People", "accounts:users", "manage_users"),
    Entry("Audit", "accounts:audit", "see_audit"),
    Entry("Roles", "accounts:roles"),
)

FOOTER = (
    Entry("Accessibility", "accessibility"),
    Entry("Data freshness", "performance:freshness", "see_data_freshness"),
    Entry("Who may do what", "accounts:roles"),
)
