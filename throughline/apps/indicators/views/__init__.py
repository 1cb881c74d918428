"""The pages of the indicator register."""
