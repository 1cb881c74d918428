"""Follow-up: whom to speak to next, what came of it, who is at risk, and what districts decide about young people."""
