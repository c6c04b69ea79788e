select
  tailnum,
  year as year_built,
  type,
  -- Airbus, Bombardier (as Canadair) and McDonnell Douglas are registered by names that they had at different times.
  case
    when manufacturer like 'AIRBUS%' then 'AIRBUS'
    when manufacturer like 'CANADAIR%' or manufacturer like 'BOMBARDIER%' then 'BOMBARDIER'
    when manufacturer like 'MCDONNELL DOUGLAS%' then 'MCDONNELL DOUGLAS'
    else manufacturer
  end as manufacturer,
  model,
  engines,
  engine,
  seats,
  speed as cruise_mph
from raw.planes
