"""Who may be asked to do something, and the boards that ask: the directory and the group register."""
