with departure as (
  select
    cast(trunc(flight.flight_date, 'MM') as date) as month,
    flight.origin,
    flight.cancelled,
    flight.dep_delay_min,
    case
      when weather.origin is null then 'unknown'
      when weather.precip > 0 and weather.temp <= 32 then 'snow'
      when weather.precip > 0 then 'rain'
      when weather.visib < 3 then 'low visibility'
      when weather.wind_speed >= 25 then 'wind'
      else 'fair'
    end as weather
  from core.flight
  left join raw.weather                        -- left: 1,556 flights have no weather of their hour and are counted as unknown
    on weather.origin = flight.origin
    and weather.time_hour = date_trunc('hour', flight.sched_dep_at)  -- instants: the clock shows one hour of 3 November twice
  where flight.flight_date >= :interval_start and flight.flight_date < :interval_end
),

weather_of_month as (
  select
    month,
    origin,
    weather,
    count(*) as flights,
    count_if(cancelled) as cancelled,
    avg(dep_delay_min) as avg_dep_delay_min
  from departure
  group by month, origin, weather
)

select
  *,
  avg_dep_delay_min - max(if(weather = 'fair', avg_dep_delay_min, null)) over (partition by origin, month) as later_min
from weather_of_month
