select
  customer,
  count(distinct order_key) as orders,
  count(*) as lines,
  cast(sum(price) as decimal(38,4)) as price,
  min(order_date) as first_day,
  max(order_date) as last_day
from core.line
group by customer
