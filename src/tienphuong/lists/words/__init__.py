"""What one cell says of one kind of fact: the official word, "ask" where it is not clear, "none" where it says nothing."""
