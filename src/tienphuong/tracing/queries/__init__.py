"""What may be read of tracing: one module per thing that is read."""
