"""The measured comparisons: the product beside plain pandas and hand-written SQL, and its pages beside an empty one."""
