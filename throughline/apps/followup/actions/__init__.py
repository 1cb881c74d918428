"""Everything that changes in the follow-up room; each action is one transaction with its audit entry inside."""

ROOM = "followup"
