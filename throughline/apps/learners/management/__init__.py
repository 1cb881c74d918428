"""Commands of the learners room."""
