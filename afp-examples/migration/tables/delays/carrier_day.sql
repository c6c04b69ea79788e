select
  flight.carrier,
  airline.name as carrier_name,
  flight_date,
  count(*) as flights,
  count_if(dep_time is null) as cancelled,
  count_if(dep_delay > 15) as late,
  avg(dep_delay) as avg_dep_delay
from delays.flight
left join delays.airline on airline.carrier = flight.carrier
where flight_date >= :interval_start and flight_date < :interval_end
group by flight.carrier, airline.name, flight_date
