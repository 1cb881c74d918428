"""The month's close and the return: what was found wrong, what the headline is and what moved it, frozen as it was."""
