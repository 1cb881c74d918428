"""The learners room: the register of young people, what each is doing, and who may see it."""
