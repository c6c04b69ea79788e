select
  origin,
  dest,
  cast(trunc(flight_date, 'MM') as date) as month,
  count(*) as flights,
  count_if(cancelled) as cancelled,
  avg(arr_delay_min) as avg_arr_delay_min,
  percentile(arr_delay_min, 0.9) as p90_arr_delay_min
from core.flight
where flight_date >= :interval_start and flight_date < :interval_end
group by origin, dest, trunc(flight_date, 'MM')
