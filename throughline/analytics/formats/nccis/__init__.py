"""The department's monthly return on young people's activities (NCCIS): read, checked by every numbered rule, written."""
