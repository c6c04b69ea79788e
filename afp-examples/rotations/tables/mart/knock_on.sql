select
  case
    when landed_late_min is null then 'not seen'
    when landed_late_min <= 0 then 'on time'
    when landed_late_min <= 15 then 'late by 1 to 15'
    when landed_late_min <= 60 then 'late by 16 to 60'
    else 'late by more'
  end as landed,
  count(*) as departures,
  count_if(dep_delay_min > 15) as late_departures,
  avg(dep_delay_min) as avg_dep_delay_min
from core.leg
where not still_flying
group by 1
