"""Who is who: rows of what was sent to us, and the young people of the register that they are about."""
