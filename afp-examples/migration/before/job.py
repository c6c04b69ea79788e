#!/usr/bin/env python3
"""How late each carrier left, day by day: the job as it is before the migration, by PySpark and Great Expectations.

    python3 job.py MONTH DATA OUT     such as 2013-01 ../flights/data out: rows of OUT/MONTH.parquet, verdicts in OUT/MONTH.json
"""

import json
import sys
from pathlib import Path

import great_expectations as gx
from great_expectations import expectations as gxe
from pyspark.sql import SparkSession, functions as f

SUITE = [
    gxe.ExpectTableRowCountToBeBetween(min_value=1),
    gxe.ExpectColumnValuesToNotBeNull(column="carrier"),
    gxe.ExpectColumnValuesToBeInSet(column="origin", value_set=["EWR", "JFK", "LGA"]),
    gxe.ExpectColumnValuesToBeBetween(column="sched_dep_time", min_value=1, max_value=2400),
    gxe.ExpectColumnValuesToBeBetween(column="dep_delay", min_value=-60, max_value=600, mostly=0.999),
    gxe.ExpectColumnValuesToNotBeNull(column="tailnum", mostly=0.98),
    gxe.ExpectColumnValuesToMatchRegex(column="tailnum", regex="^N[0-9]+[A-Z]{0,2}$", mostly=0.9),
    gxe.ExpectCompoundColumnsToBeUnique(
        column_list=["month", "day", "carrier", "flight", "origin", "sched_dep_time"]),
]


def read(spark, file):
    return spark.read.csv(str(file), header=True, nullValue="NA", inferSchema=True)


def validate(flights):
    context = gx.get_context(mode="ephemeral")
    asset = context.data_sources.add_spark("spark").add_dataframe_asset("flights")
    batch = asset.add_batch_definition_whole_dataframe("month").get_batch(batch_parameters={"dataframe": flights})
    return batch.validate(gx.ExpectationSuite("flights", expectations=SUITE))


def delays(flights, airlines):
    return (
        flights.join(airlines, "carrier", "left")
        .groupBy("carrier", f.col("name").alias("carrier_name"), f.make_date("year", "month", "day").alias("flight_date"))
        .agg(
            f.count("*").alias("flights"),
            f.count_if(f.col("dep_time").isNull()).alias("cancelled"),
            f.count_if(f.col("dep_delay") > 15).alias("late"),
            f.avg("dep_delay").alias("avg_dep_delay")))


def main(month, data, out):
    spark = SparkSession.builder.master("local[*]").appName("delays").config("spark.ui.showConsoleProgress", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    flights = read(spark, data / "flights" / f"{month}.csv.gz")
    airlines = read(spark, data / "airlines.csv.gz")

    result = validate(flights)
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{month}.json").write_text(json.dumps(result.to_json_dict(), indent=1))
    print(f"{result.statistics['successful_expectations']} of {len(SUITE)} expectations hold")
    if not result.success:
        sys.exit(1)

    daily = delays(flights, airlines)
    daily.write.mode("overwrite").parquet(str(out / f"{month}.parquet"))
    print(f"{daily.count()} rows written")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
