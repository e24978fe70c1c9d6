"""What may be read of cases: one module per thing that is read."""
