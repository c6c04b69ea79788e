select
  day,
  category,
  count(*) as orders,
  sum(quantity) as quantity,
  cast(sum(amount) as decimal(22, 2)) as amount
from core.sale
where day >= :interval_start and day < :interval_end
group by day, category
