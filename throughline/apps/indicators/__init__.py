"""The indicator register: what plans promise to move, judged month by month."""
