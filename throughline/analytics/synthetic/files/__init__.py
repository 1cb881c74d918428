"""The messy files an authority gets about its young people, written from the truth, with every difference noted."""
