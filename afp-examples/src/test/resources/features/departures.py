#!/usr/bin/env python3
"""Prints what ml.departure must have of one month, one row a flight, computed from the CSV files without SQL and Spark.

    python3 departures.py DATA MONTH     DATA is the folder with the files, MONTH such as 2013-01: no other month is known

Each flight asks two hours before its schedule, by nothing but what its schedule says, and sees only what happened until then. A value
that is missing is printed as null, instants as seconds since 1970.
"""

import sys
from bisect import bisect_right
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent.parent / "flights"))
from truth import COLUMNS, flight, rows, weather  # noqa: E402

HOUR, WEEK = timedelta(hours=1), timedelta(days=7)


class Past:
    """What happened on routes or at airports, in the order of time."""

    def __init__(self, events):
        self.events = defaultdict(list)
        for key, at, value in events:
            self.events[key].append((at, value))
        for of_key in self.events.values():
            of_key.sort(key=lambda event: event[0])

    def until(self, key, end):
        """All events of a key that had happened by then."""
        known = self.events[key]
        return known[: bisect_right(known, end, key=lambda event: event[0])]

    def mean(self, key, asked_at, oldest, window):
        """When the last event was, how many there were in the window up to it, their mean, and the greatest of the last instant."""
        known = self.until(key, asked_at)
        if not known or known[-1][0] < asked_at - oldest:
            return None, None, None, None
        last = known[-1][0]
        values = []
        for at, value in reversed(known):
            if at < last - window:
                break
            values.append((at, value))
        mean = sum(value for _, value in values) / len(values)
        return last, len(values), mean, max(value for at, value in values if at == last)


def text(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (float, Decimal)):
        return f"{value:.6f}"
    return str(int(value.timestamp()) if hasattr(value, "timestamp") else value)


def features(schedule, routes, airports, reports):
    carrier, _, origin, dest, sched_dep_at = schedule
    asked_at = sched_dep_at - 2 * HOUR
    landed, _, week_late_min, late_min = routes.mean((carrier, origin, dest), asked_at, WEEK, WEEK)
    left, left_lately, delay_min, _ = airports.mean(origin, asked_at, 6 * HOUR, 2 * HOUR)
    known = reports.until(origin, asked_at)[-1:]
    reported, report = known[0] if known and known[0][0] >= asked_at - 3 * HOUR else (None, {})
    measured = [None if report.get(c) is None else Decimal(report[c]) for c in ("visib", "wind_speed", "precip")]
    return [landed, late_min, week_late_min, left, left_lately, delay_min, reported, *measured]


def main(data, month):
    zones = {row["faa"]: row["tzone"] and ZoneInfo(row["tzone"]) for row in rows(data / "airports.csv.gz")}
    departures = rows(data / "flights" / f"{month}.csv.gz")
    table = [dict(zip(COLUMNS, flight(row, zones.get(row["dest"])))) for row in departures]
    routes = Past(
        ((f["carrier"], f["origin"], f["dest"]), f["arr_at"], f["arr_delay_min"])
        for f in table
        if f["arr_at"] and f["arr_delay_min"] is not None)
    airports = Past((f["origin"], f["dep_at"], f["dep_delay_min"]) for f in table if not f["cancelled"])
    reports = Past((origin, at + HOUR, report) for (origin, at), report in weather(data).items())
    for f in table:
        schedule = [f[column] for column in ("carrier", "flight", "origin", "dest", "sched_dep_at")]
        late = f["cancelled"] or f["dep_delay_min"] > 15
        row = [*schedule, late, *features(schedule, routes, airports, reports)]
        print(f"[{','.join(map(text, row))}]")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
