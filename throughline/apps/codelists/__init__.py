"""Code lists: what is said of each code, how sure of it we are, and what officers have put right."""
