"""The commissioning room: what is needed in a year, what is bought to meet it and what it changed; the council's contracts."""
