"""Everything that changes in the learners room; each action is one transaction with its audit entry inside."""
