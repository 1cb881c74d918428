"""The reading room: reports and pages composed from the other rooms, frozen when issued."""
