"""Throughline: the plan, the measures, the learners and the provision of a 14-24 partnership."""
