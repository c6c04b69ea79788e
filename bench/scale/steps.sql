select s.phase, s.table_namespace || '.' || s.table_name as table_name, s.rows_out, s.bytes_out,
       extract(epoch from s.finished_at - s.started_at)::float8 as seconds,
       extract(epoch from r.ended_at - r.created_at)::float8 as run_seconds
  from afp.step s join afp.run r on r.id = s.run_id
 order by s.started_at
