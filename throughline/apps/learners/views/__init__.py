"""The pages of the learners room."""
