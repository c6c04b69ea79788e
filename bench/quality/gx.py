"""The rules of bench/quality in Great Expectations on PySpark, over the same rows; called by bench/quality/gx."""

import sys
import time

import great_expectations as gx
import great_expectations.expectations as gxe
from pyspark.sql import SparkSession

BETWEEN = {
    "l_quantity": (1, 50),
    "l_discount": (0, 0.1),
    "l_tax": (0, 0.08),
    "l_linenumber": (1, 7),
    "l_extendedprice": (0, 200000),
}
IN_SET = {
    "l_returnflag": ["A", "N", "R"],
    "l_linestatus": ["O", "F"],
    "l_shipmode": ["AIR", "FOB", "MAIL", "RAIL", "REG AIR", "SHIP", "TRUCK"],
    "l_shipinstruct": ["COLLECT COD", "DELIVER IN PERSON", "NONE", "TAKE BACK RETURN"],
}
COMPLETE = ["l_orderkey", "l_partkey", "l_suppkey", "l_linenumber", "l_quantity", "l_shipdate"]
DAYS = "SELECT * FROM {batch} WHERE l_shipdate < DATE'1992-01-01' OR l_shipdate > DATE'1998-12-31'"
DEAR = "SELECT * FROM {batch} WHERE l_extendedprice < l_quantity * 900"


def rules(keyed):
    """Twenty rules and two numbers of distinct values, which are exact here; with the key where it is asked for."""
    yield from (gxe.ExpectColumnValuesToNotBeNull(column=c) for c in COMPLETE)
    for column, (least, most) in BETWEEN.items():
        yield gxe.ExpectColumnValuesToBeBetween(column=column, min_value=least, max_value=most)
    yield gxe.UnexpectedRowsExpectation(unexpected_rows_query=DAYS)
    for column, values in IN_SET.items():
        yield gxe.ExpectColumnValuesToBeInSet(column=column, value_set=values)
    yield gxe.ExpectColumnValuesToMatchRegex(column="l_shipmode", regex="^[A-Z ]+$")
    yield gxe.ExpectColumnValueLengthsToBeBetween(column="l_comment", min_value=1, max_value=44)
    yield gxe.ExpectColumnPairValuesAToBeGreaterThanB(column_A="l_receiptdate", column_B="l_shipdate")
    yield gxe.UnexpectedRowsExpectation(unexpected_rows_query=DEAR)
    for column in ("l_partkey", "l_suppkey"):
        yield gxe.ExpectColumnUniqueValueCountToBeBetween(column=column, min_value=1)
    if keyed:
        yield gxe.ExpectCompoundColumnsToBeUnique(column_list=["l_orderkey", "l_linenumber"])


def validation(context, batch, keyed):
    name = "with the key" if keyed else "without the key"
    suite = context.suites.add(gx.ExpectationSuite(name=name, expectations=list(rules(keyed))))
    return context.validation_definitions.add(gx.ValidationDefinition(name=name, data=batch, suite=suite))


def main(parquet, times):
    spark = SparkSession.builder.getOrCreate()
    rows = spark.read.parquet(parquet)
    context = gx.get_context(mode="ephemeral")
    asset = context.data_sources.add_spark("spark").add_dataframe_asset("lineitem")
    batch = asset.add_batch_definition_whole_dataframe("all")
    for keyed in (False, True):
        validate = validation(context, batch, keyed)
        seconds = []
        for _ in range(times + 1):
            start = time.monotonic()
            result = validate.run(batch_parameters={"dataframe": rows})
            seconds.append(time.monotonic() - start)
            failed = [r.expectation_config.type for r in result.results if not r.success]
            assert not failed, failed
        counted = sorted(seconds[1:])
        print(f"| {validate.name} | {len(result.results)} rules | {counted[len(counted) // 2]:.2f} s | {counted} |", flush=True)


main(sys.argv[1], int(sys.argv[2]))
