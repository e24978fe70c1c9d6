"""The one door from forecasts to the engine; `running` is imported when something is run, because its kernels take seconds to load."""
