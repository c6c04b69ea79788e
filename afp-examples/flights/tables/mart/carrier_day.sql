select
  flight.carrier,
  airlines.name as carrier_name,
  flight.flight_date,
  count(*) as flights,
  count_if(flight.cancelled) as cancelled,
  count_if(flight.dep_delay_min > 15) as late_departures,
  avg(flight.dep_delay_min) as avg_dep_delay_min
from core.flight
left join raw.airlines on airlines.carrier = flight.carrier  -- left: an unknown carrier fails a check, it does not vanish
where flight.flight_date >= :interval_start and flight.flight_date < :interval_end
group by flight.carrier, airlines.name, flight.flight_date
