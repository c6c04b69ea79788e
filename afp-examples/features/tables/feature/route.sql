with landing as (
  -- Diverted flights have no arrival delay. Landings of one minute are one row, with the greatest delay.
  select
    carrier,
    origin,
    dest,
    arr_at as route_known_at,
    max(arr_delay_min) as route_late_min,
    sum(arr_delay_min) as late_min,
    count(*) as landings
  from core.flight
  where arr_at is not null and not diverted
  group by carrier, origin, dest, arr_at
)

select
  carrier,
  origin,
  dest,
  route_known_at,
  route_late_min,
  double(sum(late_min) over week) / sum(landings) over week as route_week_late_min
from landing
window week as (
  partition by carrier, origin, dest
  order by route_known_at range between interval 7 days preceding and current row
)
