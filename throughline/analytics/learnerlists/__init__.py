"""Lists of young people as schools, colleges and providers send them: read whatever their headings, through a mapping."""
