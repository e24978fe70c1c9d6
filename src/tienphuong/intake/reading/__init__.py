"""Reading: any file a commune sends, as a book of sheets of typed rows. No meaning is given to a column here."""
