"""Plans and reports written out as documents that a council would send on: Word, Excel, PDF, a web page and plain text."""
