"""The handbook: how each task is done here, in pages with editions, shown beside the tasks that they are about."""
