"""A post under the load of several officers: reads and writes at a fixed rate over a base of district size, for minutes."""
