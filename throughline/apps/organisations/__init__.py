"""Authorities, districts and schools, as their registers give them."""
