import { openDatabase } from '/work/main/src/db/database.js';
import { loadSettings } from '/work/main/src/config.js';
import { explain } from '/work/main/src/inspect/explain/explain.js';
import { carriedBy } from '/work/main/src/runs/steps.js';
const s = loadSettings({ cwd: '/tmp', env: {...process.env, TWE_HOME: '/tmp/explain-xyz'} });
const db = await openDatabase({ databaseUrl: undefined, home: '/tmp/explain-xyz' });
const ids = process.argv[2] ? process.argv.slice(2) : (await db.rows<{weo_id:string}>('select distinct weo_id from twe.weo_version order by 1')).map(r=>r.weo_id);
let ok=0, bad=0; const times:number[]=[];
for (const id of ids) { const t=performance.now(); try { const e = await explain(db, id, {law:s.law, lawOverrides:s.lawOverrides, lawDigest:s.lawDigest, carried: carriedBy(s.law)}); ok++; if (ids.length<4) console.log(JSON.stringify(e,null,1).slice(0,6000)); } catch (x) { bad++; if (bad<15) console.log(id, (x as Error).stack?.split('\n').slice(0,4).join('\n')); } times.push(performance.now()-t);}
times.sort((a,b)=>a-b); console.log({ok,bad, median: times[times.length>>1], p99: times[Math.floor(times.length*0.99)], max: times.at(-1)});
await db.close();
