with landing as (
  -- Diverted flights have no arrival delay. Two landings of a plane in one minute are one of two wrong tail numbers.
  select
    tailnum,
    arr_at as plane_known_at,
    max(arr_delay_min) as plane_late_min,
    sum(arr_delay_min) as late_min,
    count(*) as landings
  from core.flight
  where tailnum is not null and arr_at is not null and not diverted
  group by tailnum, arr_at
)

select
  tailnum,
  plane_known_at,
  plane_late_min,
  double(sum(late_min) over week) / sum(landings) over week as plane_week_late_min
from landing
window week as (
  partition by tailnum order by plane_known_at range between interval 7 days preceding and current row
)
