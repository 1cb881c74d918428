"""An invented authority whose truth is known: its young people, what they do, and the files that are sent about them."""
