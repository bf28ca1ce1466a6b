/** `twe claims`: what was approved and is not confirmed yet, by age. */
import { byAge, listOpenClaims, openCentsOf } from '../settlement/open-claims.js';
import { formatEuro } from '../money.js';
import { dayAsked, settingsOf, withDatabase, type CommonOptions } from './options.js';
import { createTerminal } from './terminal.js';

export async function claimsCommand(options: CommonOptions): Promise<void> {
  const terminal = createTerminal(false);
  const evening = dayAsked(options);
  const claims = await withDatabase(settingsOf(options), (database) =>
    database.transaction((session) => listOpenClaims(session, evening)),
  );
  if (options.json) {
    terminal.print(JSON.stringify({ version: 1, claims, byAge: byAge(claims) }, null, 2));
    return;
  }
  if (claims.length === 0) terminal.print('Every approved payment and claim is confirmed.');
  for (const claim of claims) {
    const partly = claim.receivedCents === 0 ? '' : `, ${formatEuro(claim.receivedCents)} came in`;
    const returned = claim.returnedCents === 0 ? '' : `, ${formatEuro(claim.returnedCents)} came back`;
    terminal.print(
      `${claim.direction.padEnd(5)} ${claim.reference}  ${claim.ocmwId} ${(claim.name ?? '').padEnd(28).slice(0, 28)} ` +
        `${formatEuro(openCentsOf(claim)).padStart(14)} open  ${String(claim.days).padStart(4)} days  ${claim.batchId}` +
        `${partly}${returned}`,
    );
  }
  for (const { direction, age, count, openCents } of byAge(claims)) {
    terminal.print(
      `${direction.padEnd(5)} ${age.padEnd(8)} days  ${String(count).padStart(5)}  ${formatEuro(openCents).padStart(16)} open`,
    );
  }
}
