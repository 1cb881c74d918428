"""Takes a document out of whatever it arrives in: Word, Excel, PDF, web page, Markdown, separated values, plain text."""
