"""How plans put a target into words: the patterns each kind of promise is recognised by."""
