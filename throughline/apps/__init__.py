"""The rooms, lowest first: each imports only those beneath it."""
