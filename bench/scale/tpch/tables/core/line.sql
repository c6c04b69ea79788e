select
  l_orderkey as order_key,
  l_linenumber as line_number,
  o_custkey as customer,
  o_orderdate as order_date,
  l_shipdate as ship_date,
  l_shipmode as ship_mode,
  l_quantity as quantity,
  cast(l_extendedprice * (1 - l_discount) as decimal(38,4)) as price,
  l_comment as comment
from raw.lineitem
join raw.orders on o_orderkey = l_orderkey
