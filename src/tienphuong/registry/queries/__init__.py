"""What may be read of people: one module per thing that is read."""
