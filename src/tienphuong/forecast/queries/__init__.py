"""Reading: the records a forecast begins with, the studies the post knows, the forecasts it has."""
