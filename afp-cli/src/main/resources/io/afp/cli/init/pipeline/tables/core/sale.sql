-- The columns here are those of sale.yaml, in the same order. A run is given the start of its interval and the end.
select
  orders.order_id,
  orders.day,
  orders.sku,
  products.name as product,
  products.category,
  orders.channel,
  orders.quantity,
  cast(orders.quantity * products.price as decimal(12, 2)) as amount
from raw.orders
join raw.products on products.sku = orders.sku
where orders.day >= :interval_start and orders.day < :interval_end
