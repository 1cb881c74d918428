"""One module a command; a hyphen in its name is written as an underscore here."""
