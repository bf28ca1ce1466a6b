-- What the runs of the evening $1 wrote, in order: documents of a night (step export) or statements. Grain: run and step.
-- until: the end of the step before it, which is what the documents show; as text, to the microsecond.
-- folders: what an export published; findings: everything that the step told; law_overrides: null when the keys of its law were not kept.
select
  run.run_id,
  run.run_no,
  run.job,
  written.step,
  coalesce(before.finished_at, written.finished_at)::text as until,
  written.finished_at::text as finished,
  run.law_digest,
  law.overrides as law_overrides,
  run.program_version,
  (written.counts->>'folders')::integer as folders,
  written.counts->'findings' as findings
from twe.run
join twe.run_step as written using (run_id)
left join twe.law using (law_digest)
left join lateral (
  select max(earlier.finished_at) as finished_at
  from twe.run_step as earlier
  where earlier.run_id = run.run_id and earlier.finished_at < written.finished_at
) as before on true
where run.business_date = $1
  and written.step in ('export', 'statements')
order by written.finished_at, run.run_no
