"""Files about young people, once they are read: what each row says of somebody, and how that differs from what we hold."""
