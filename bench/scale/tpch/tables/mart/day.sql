select order_date, ship_mode, count(*) as lines, cast(sum(price) as decimal(38,4)) as price
from core.line
group by order_date, ship_mode
