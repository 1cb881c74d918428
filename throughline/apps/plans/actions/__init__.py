"""Everything that changes in the plans room, one noun a file."""

ROOM = "plans"
