with departure as (
  select origin, dep_at as airport_known_at, sum(dep_delay_min) as delay_min, count(*) as departures
  from core.flight
  where not cancelled
  group by origin, dep_at
)

select
  origin,
  airport_known_at,
  sum(departures) over recent as airport_departures,
  double(sum(delay_min) over recent) / sum(departures) over recent as airport_delay_min
from departure
window recent as (
  partition by origin order by airport_known_at range between interval 2 hours preceding and current row
)
