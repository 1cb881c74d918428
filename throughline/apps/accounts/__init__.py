"""Who may come in: users, roles, permissions, and the audit of who looked and who changed."""
