from .forecasts import Forecast
from .studies import KnownStudy

__all__ = ["Forecast", "KnownStudy"]
