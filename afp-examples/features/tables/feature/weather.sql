select origin, time_hour + interval 1 hour as weather_known_at, visib, wind_speed, precip
from raw.weather
