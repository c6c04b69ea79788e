#!/usr/bin/env python3
"""Writes the expected results of the flights pipeline, computed without SQL, without Spark and row by row.

    python3 truth.py [DATA [RESULTS]]     DATA is the folder with the files, by default the one of the example

It writes nine files into the folder RESULTS, by default beside itself. Fields are separated by tabs, the first line names
them, an empty field is null, instants are UTC. Instants are summed as seconds since 1970, nulls left out.

    months.tsv          core.flight, one line a month
    carrier_months.tsv  mart.carrier_day, one line a carrier and month
    flights.tsv         rows of core.flight that are hard to get right, and why
    carrier_days.tsv    rows of mart.carrier_day
    route_months.tsv    mart.route_month, whole
    weather_delays.tsv  mart.weather_delay, whole
    weather_hours.tsv   rows of raw.weather: the night in which an hour comes twice
    planes.tsv          core.plane, whole
    breaches.tsv        what the checks find in the year: how many rows each judged and how many break it, where any do

The way is another one than that of core/flight.sql: instants are found by reading clocks, with both readings of an hour that
comes twice, never from time_hour. The delays, which flight.sql builds on, only confirm what was read; any disagreement stops
the script. The weather finds its hour by the clock too. Needs nothing but Python 3.11 and a time zone database.
"""

import csv
import gzip
import sys
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = Path(__file__).resolve().parent
DATA = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[3] / "flights" / "data"
RESULTS = Path(sys.argv[2]) if len(sys.argv) > 2 else HERE
NEW_YORK = ZoneInfo("America/New_York")
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

COLUMNS = [
    "flight_date", "carrier", "flight", "tailnum", "origin", "dest", "sched_dep_at", "dep_at", "sched_arr_at", "arr_at",
    "dep_delay_min", "arr_delay_min", "air_time_min", "distance_mi", "cancelled", "diverted",
]

# (month, day, carrier, flight, origin), which names one flight: why it is hard.
HARD_ROWS = {
    (1, 1, "UA", 1545, "EWR"): "plain: the first row of the file, Chicago time",
    (1, 1, "UA", 1482, "EWR"): "scheduled to land the next day, lands the same day",
    (2, 7, "B6", 727, "JFK"): "leaves at 2400, zone unknown",
    (2, 11, "B6", 11, "JFK"): "leaves at 2400, 145 minutes late",
    (7, 7, "AA", 363, "LGA"): "leaves at 2400, when it is still the day before in Chicago",
    (1, 1, "B6", 1109, "JFK"): "lands at 2400",
    (1, 5, "B6", 383, "LGA"): "lands at 2400, scheduled at 18",
    (2, 20, "DL", 2363, "JFK"): "lands at 2400 in Los Angeles",
    (1, 1, "MQ", 3944, "JFK"): "leaves the next day, before the hour it was due",
    (1, 9, "HA", 51, "JFK"): "the longest delay, 1301 minutes: leaves on the 10th, before the hour it was due on the 9th",
    (6, 15, "MQ", 3535, "JFK"): "leaves the next day, 1137 minutes late",
    (1, 13, "B6", 1069, "JFK"): "leaves after midnight in New York, before midnight in Austin",
    (1, 31, "WN", 530, "LGA"): "leaves in February, belongs to January",
    (2, 28, "DL", 2143, "LGA"): "lands in March, belongs to February",
    (12, 31, "B6", 108, "JFK"): "leaves and lands in 2014",
    (12, 31, "B6", 329, "JFK"): "lands in 2014",
    (1, 1, "HA", 51, "JFK"): "Honolulu in winter",
    (7, 1, "UA", 1138, "EWR"): "Phoenix in summer: no daylight saving",
    (1, 25, "UA", 15, "EWR"): "Honolulu, lands the next day there",
    (7, 6, "UA", 887, "EWR"): "Anchorage",
    (3, 9, "AA", 185, "JFK"): "lands in Los Angeles before the clocks go forward there and after they did in New York",
    (3, 9, "B6", 112, "JFK"): "lands in the night in which the clocks go forward, before they do",
    (3, 9, "B6", 35, "JFK"): "lands at 203, which the clocks left out",
    (3, 9, "HA", 51, "JFK"): "Honolulu, the day before the clocks go forward in New York",
    (3, 10, "HA", 51, "JFK"): "Honolulu, the day the clocks went forward in New York",
    (3, 9, "US", 362, "JFK"): "Phoenix, the day before the clocks go forward in New York",
    (3, 10, "B6", 112, "JFK"): "the last to leave on the day the clocks went forward",
    (11, 2, "VX", 413, "JFK"): "lands at 114 on the day when the hour 1 comes twice in Los Angeles",
    (11, 2, "AA", 185, "JFK"): "lands in Los Angeles before the clocks go back there and after they did in New York",
    (11, 2, "B6", 1503, "JFK"): "under way while the clocks go back, zone unknown",
    (11, 3, "UA", 322, "EWR"): "the first to leave after the clocks went back",
    (11, 3, "DL", 2042, "EWR"): "leaves the day after the clocks went back",
    (1, 1, "B6", 709, "JFK"): "San Juan: zone unknown, delay known",
    (1, 1, "B6", 739, "JFK"): "Ponce: zone unknown",
    (1, 1, "AA", 655, "JFK"): "St. Thomas: zone unknown",
    (1, 19, "AA", 1357, "JFK"): "San Juan, diverted: zone unknown",
    (2, 6, "AA", 413, "JFK"): "San Juan, cancelled: zone unknown",
    (1, 1, "EV", 4308, "EWR"): "cancelled, plane known",
    (1, 2, "AA", 133, "JFK"): "cancelled, plane not known",
    (1, 30, "B6", 383, "LGA"): "cancelled, scheduled to land the next day",
    (7, 27, "US", 1632, "EWR"): "cancelled, from Newark to LaGuardia at 1:06",
    (1, 1, "MQ", 4525, "LGA"): "diverted, clock at arrival known",
    (6, 12, "MQ", 3694, "EWR"): "diverted, lands at 11:48 the next day",
    (4, 15, "UA", 15, "EWR"): "diverted on the way to Honolulu",
    (1, 1, "EV", 4204, "EWR"): "diverted, clock at arrival not known",
}


def rows(path):
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {name: None if text == "NA" else text for name, text in row.items()}


def whole(text):
    return None if text is None else int(text)


@cache
def readings(day, hmm, zone):
    """The instants at which a clock in the zone shows hmm, counted from midnight of the day: one, or two in autumn.

    A time that spring leaves out is shown by a clock that was not put forward.
    """
    local = datetime(day.year, day.month, day.day) + timedelta(hours=hmm // 100, minutes=hmm % 100)
    first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(timezone.utc) for fold in (0, 1))
    return (first,) if second <= first else (first, second)


def readings_around(day, hmm, zone):
    return sorted(instant for days in (-1, 0, 1, 2) for instant in readings(day + days * DAY, hmm, zone))


def next_reading(after, hmm, zone):
    day = after.astimezone(zone).date()
    return next(instant for instant in readings_around(day, hmm, zone) if instant > after)


def must(holds, what, row):
    if not holds:
        sys.exit(f"{what}: {row}")


def flight(row, zone):
    """One row of core.flight, as values in the order of COLUMNS."""
    day = date(int(row["year"]), int(row["month"]), int(row["day"]))
    dep_delay, arr_delay, air_time = whole(row["dep_delay"]), whole(row["arr_delay"]), whole(row["air_time"])
    dep_time, arr_time = whole(row["dep_time"]), whole(row["arr_time"])
    cancelled = dep_time is None
    must(cancelled == (dep_delay is None), "dep_time or dep_delay alone", row)

    sched_dep = readings(day, int(row["sched_dep_time"]), NEW_YORK)
    must(len(sched_dep) == 1, "scheduled in an hour that comes twice", row)
    sched_dep_at = sched_dep[0]
    hour = sched_dep_at.replace(minute=0)
    must(hour == datetime.fromisoformat(row["time_hour"].replace("Z", "+00:00")), "time_hour is another hour", row)

    dep_at = None
    if not cancelled:
        expected = sched_dep_at + dep_delay * MINUTE
        dep_at = min(readings_around(day, dep_time, NEW_YORK), key=lambda instant: abs(instant - expected))
        must(dep_at == expected, "dep_time and dep_delay disagree", row)

    sched_arr_at = arr_at = None
    if zone:
        sched_arr_at = next_reading(sched_dep_at, int(row["sched_arr_time"]), zone)
        if arr_time is not None:
            arr_at = next_reading(dep_at, arr_time, zone)
        if arr_delay is not None:
            must(arr_at - sched_arr_at == arr_delay * MINUTE, "arr_time and arr_delay disagree", row)
            must(arr_at - dep_at >= air_time * MINUTE, "longer in the air than under way", row)

    return (
        day, row["carrier"], int(row["flight"]), row["tailnum"], row["origin"], row["dest"],
        sched_dep_at, dep_at, sched_arr_at, arr_at,
        dep_delay, arr_delay, air_time, int(row["distance"]),
        cancelled, not cancelled and arr_delay is None,
    )


def flights(data):
    zones = {row["faa"]: row["tzone"] and ZoneInfo(row["tzone"]) for row in rows(data / "airports.csv.gz")}
    for file in sorted((data / "flights").glob("*.csv.gz")):
        for row in rows(file):
            yield flight(row, zones.get(row["dest"]))


def field(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(value)


def write(name, header, lines):
    with open(RESULTS / name, "w", encoding="utf-8", newline="\n") as file:
        for line in [header, *lines]:
            file.write("\t".join(map(field, line)) + "\n")


def months(table):
    instants = COLUMNS[6:10]
    found = defaultdict(Counter)
    for values in table:
        row = dict(zip(COLUMNS, values))
        month = found[row["flight_date"].strftime("%Y-%m")]
        month["flights"] += 1
        month["cancelled"] += row["cancelled"]
        month["diverted"] += row["diverted"]
        for column in ("dep_delay_min", "air_time_min", "distance_mi"):
            month[column + "_sum"] += row[column] or 0
        month["arr_at_count"] += row["arr_at"] is not None
        for column in instants:
            month[column + "_sum"] += int(row[column].timestamp()) if row[column] else 0
    measures = [
        "flights", "cancelled", "diverted", "dep_delay_min_sum", "air_time_min_sum", "distance_mi_sum", "arr_at_count",
        *(c + "_sum" for c in instants),
    ]
    write("months.tsv", ["month", *measures], ([m, *(found[m][x] for x in measures)] for m in sorted(found)))


def carriers(table, names):
    days = defaultdict(list)
    for values in table:
        row = dict(zip(COLUMNS, values))
        days[row["carrier"], row["flight_date"]].append(row["dep_delay_min"])

    by_month = defaultdict(Counter)
    lines = []
    for (carrier, day), delays in sorted(days.items()):
        left = [delay for delay in delays if delay is not None]
        late = sum(delay > 15 for delay in left)
        month = by_month[carrier, day.strftime("%Y-%m")]
        month.update(days=1, flights=len(delays), cancelled=len(delays) - len(left), late_departures=late)
        if day in (date(2013, 1, 1), date(2013, 2, 9)) or carrier == "YV" and not left:
            average = f"{sum(left) / len(left):.6f}" if left else None
            lines.append([carrier, names[carrier], day, len(delays), len(delays) - len(left), late, average])

    measures = ["days", "flights", "cancelled", "late_departures"]
    write(
        "carrier_months.tsv",
        ["carrier", "month", *measures],
        ([*key, *(by_month[key][x] for x in measures)] for key in sorted(by_month)))
    write(
        "carrier_days.tsv",
        ["carrier", "carrier_name", "flight_date", "flights", "cancelled", "late_departures", "avg_dep_delay_min"],
        lines)


def hard_rows(table):
    found = {(v[0].month, v[0].day, v[1], v[2], v[4]): v for v in table}
    write("flights.tsv", ["why", *COLUMNS], ([why, *found[key]] for key, why in HARD_ROWS.items()))


def decimal(numerator, denominator=1):
    """A quotient of whole numbers with six places, as Postgres rounds it."""
    return (Decimal(numerator) / Decimal(denominator)).quantize(Decimal("0.000001"), ROUND_HALF_UP)


def mean(values):
    return decimal(sum(values), len(values)) if values else None


def ninth_tenth(values):
    """Nine tenths of the way through the sorted values; between two of them in proportion."""
    if not values:
        return None
    ordered = sorted(values)
    place, tenths = divmod(9 * (len(ordered) - 1), 10)
    after = ordered[min(place + 1, len(ordered) - 1)]
    return decimal(ordered[place] * (10 - tenths) + after * tenths, 10)


def first_of_month(day):
    return day.replace(day=1)


def routes(table):
    found = defaultdict(list)
    for values in table:
        row = dict(zip(COLUMNS, values))
        found[row["origin"], row["dest"], first_of_month(row["flight_date"])].append(row)
    lines = []
    for key, of_route in sorted(found.items()):
        delays = [row["arr_delay_min"] for row in of_route if row["arr_delay_min"] is not None]
        cancelled = sum(row["cancelled"] for row in of_route)
        lines.append([*key, len(of_route), cancelled, mean(delays), ninth_tenth(delays)])
    header = ["origin", "dest", "month", "flights", "cancelled", "avg_arr_delay_min", "p90_arr_delay_min"]
    write("route_months.tsv", header, lines)


def weather(data):
    """Reports by airport and instant. Of two with the same clock the first in the file is the earlier one."""
    found = {}
    for row in rows(data / "weather.csv.gz"):
        day = date(int(row["year"]), int(row["month"]), int(row["day"]))
        instants = readings(day, int(row["hour"]) * 100, NEW_YORK)
        at = next(instant for instant in instants if (row["origin"], instant) not in found)
        must(at == datetime.fromisoformat(row["time_hour"].replace("Z", "+00:00")), "time_hour is another hour", row)
        found[row["origin"], at] = row
    return found


def weather_hours(reports):
    """The hours 1, twice, and 2 of 3 November 2013; nobody reported the hour 0."""
    night = [(origin, at, row) for (origin, at), row in reports.items() if (row["month"], row["day"]) == ("11", "3")]
    write(
        "weather_hours.tsv",
        ["origin", "hour", "time_hour", "temp"],
        ([origin, row["hour"], at, Decimal(row["temp"]).quantize(Decimal("0.01"))]
         for origin, at, row in sorted(night, key=lambda n: n[:2]) if int(row["hour"]) < 3))


def kind_of_weather(report):
    if report is None:
        return "unknown"
    temp, wind = (None if report[name] is None else Decimal(report[name]) for name in ("temp", "wind_speed"))
    if Decimal(report["precip"]) > 0:
        return "snow" if temp is not None and temp <= 32 else "rain"
    if Decimal(report["visib"]) < 3:
        return "low visibility"
    return "wind" if wind is not None and wind >= 25 else "fair"


def weather_delays(table, reports):
    found = defaultdict(list)
    for values in table:
        row = dict(zip(COLUMNS, values))
        report = reports.get((row["origin"], row["sched_dep_at"].replace(minute=0)))
        found[first_of_month(row["flight_date"]), row["origin"], kind_of_weather(report)].append(row["dep_delay_min"])
    lines = []
    for (month, origin, kind), delays in sorted(found.items()):
        left, fair = ([d for d in of if d is not None] for of in (delays, found[month, origin, "fair"]))
        later = decimal(sum(left) * len(fair) - sum(fair) * len(left), len(left) * len(fair)) if left and fair else None
        lines.append([month, origin, kind, len(delays), len(delays) - len(left), mean(left), later])
    header = ["month", "origin", "weather", "flights", "cancelled", "avg_dep_delay_min", "later_min"]
    write("weather_delays.tsv", header, lines)


def maker(name):
    for start, one in {"AIRBUS": "AIRBUS", "CANADAIR": "BOMBARDIER", "BOMBARDIER": "BOMBARDIER"}.items():
        if name.startswith(start):
            return one
    return "MCDONNELL DOUGLAS" if name.startswith("MCDONNELL DOUGLAS") else name


def planes(registry):
    lines = [
        [p["tailnum"], p["year"], p["type"], maker(p["manufacturer"]), p["model"], p["engines"], p["engine"], p["seats"], p["speed"]]
        for p in registry
    ]
    header = ["tailnum", "year_built", "type", "manufacturer", "model", "engines", "engine", "seats", "cruise_mph"]
    write("planes.tsv", header, sorted(lines))


def breaches(table, registry, airports, reports):
    """What breaks the rules, by the data and not by the checks."""
    tails = [values[3] for values in table]
    named = [tail for tail in tails if tail is not None]
    winds = [Decimal(report["wind_speed"]) for report in reports if report["wind_speed"] is not None]
    known_planes = {plane["tailnum"] for plane in registry}
    known_airports = {airport["faa"] for airport in airports}
    lines = [
        ["core.flight.tailnum.references", len(named), sum(tail not in known_planes for tail in named)],
        ["has_a_time_zone", len(airports), sum(airport["tzone"] is None for airport in airports)],
        ["has_a_year", len(registry), sum(plane["year"] is None for plane in registry)],
        ["names_its_plane", len(tails), len(tails) - len(named)],
        ["nearly_all_leave", len(table), sum(values[14] for values in table)],
        ["raw.airports.lat.between", len(airports), sum(not 18 <= Decimal(a["lat"]) <= 72 for a in airports)],
        ["raw.airports.lon.between", len(airports), sum(not -180 <= Decimal(a["lon"]) <= -66 for a in airports)],
        ["raw.flights.dest.references", len(table), sum(values[5] not in known_airports for values in table)],
        ["raw.weather.wind_speed.between", len(winds), sum(not 0 <= wind <= 100 for wind in winds)],
    ]
    write("breaches.tsv", ["check_name", "rows_judged", "rows_failed"], lines)


def main():
    table = list(flights(DATA))
    names = {row["carrier"]: row["name"] for row in rows(DATA / "airlines.csv.gz")}
    registry = list(rows(DATA / "planes.csv.gz"))
    reports = weather(DATA)
    months(table)
    carriers(table, names)
    hard_rows(table)
    routes(table)
    weather_hours(reports)
    weather_delays(table, reports)
    planes(registry)
    breaches(table, registry, list(rows(DATA / "airports.csv.gz")), reports.values())


if __name__ == "__main__":
    main()
