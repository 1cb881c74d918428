"""The pages of the exchange room."""
