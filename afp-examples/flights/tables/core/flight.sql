-- Clocks become instants. A clock says HMM, such as 517 or 2400, and neither the day nor the zone.

with scheduled as (
  -- time_hour is UTC already, so the departure needs no time zone and no guess about daylight saving.
  select
    flights.*,
    airports.tzone,
    time_hour + make_dt_interval(0, 0, minute) as sched_dep_at
  from raw.flights
  left join raw.airports on airports.faa = flights.dest  -- left: SJU, BQN, PSE and STT are not in the table
  where flight_date >= :interval_start and flight_date < :interval_end
),

departed as (
  -- The delay says on which day dep_time was; where it leads, the clock at the origin shows dep_time on every one of the
  -- 328,521 flights of 2013 that left (check dep_delay_leads_to_dep_time of raw.flights).
  select *, sched_dep_at + make_dt_interval(0, 0, dep_delay) as dep_at
  from scheduled
),

seen_from_destination as (
  -- What the clocks at the destination showed when the flight should leave and when it left; null where the zone is.
  select
    *,
    from_utc_timestamp(sched_dep_at, tzone) as local_sched_dep,
    from_utc_timestamp(dep_at, tzone) as local_dep
  from departed
),

arrived_that_day as (
  -- The clock of the arrival, on the day of the departure there. 2400 is 24 hours, hence the midnight after.
  select
    *,
    date_trunc('day', local_sched_dep)
      + make_dt_interval(0, sched_arr_time div 100, sched_arr_time % 100) as that_day_sched_arr,
    date_trunc('day', local_dep) + make_dt_interval(0, arr_time div 100, arr_time % 100) as that_day_arr
  from seen_from_destination
),

arrived as (
  -- Nobody lands before leaving, and no flight takes a day: a clock that had passed already means the day after. For the 694
  -- diverted flights with an arrival this is a guess, because nothing else says on which day they got there.
  select
    *,
    if(that_day_sched_arr > local_sched_dep, that_day_sched_arr, that_day_sched_arr + interval 1 day) as local_sched_arr,
    if(that_day_arr > local_dep, that_day_arr, that_day_arr + interval 1 day) as local_arr
  from arrived_that_day
)

-- In the night of a clock change to_utc_timestamp takes an hour that comes twice as its first time and one that is left out
-- as an hour later. Each happens once in 2013, and arr_delay confirms both: VX 413 of 2 November landed at 1:14 in the
-- first hour 1, B6 35 of 9 March at "203" by a clock that nobody had put forward.
select
  flight_date,
  carrier,
  flight,
  tailnum,
  origin,
  dest,
  sched_dep_at,
  dep_at,
  to_utc_timestamp(local_sched_arr, tzone) as sched_arr_at,
  to_utc_timestamp(local_arr, tzone) as arr_at,
  dep_delay as dep_delay_min,
  arr_delay as arr_delay_min,
  air_time as air_time_min,
  distance as distance_mi,
  dep_time is null as cancelled,
  dep_time is not null and arr_delay is null as diverted
from arrived
