"""What every request passes: who may ask and how often, limits, headers, the log, errors."""
