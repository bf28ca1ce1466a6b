/** The pseudonym key that the suite gives to every program on a server (.config/vitest.config.ts), as environment. */
export function keyOfTests(): { TWE_PSEUDONYM_KEY: string } {
  return { TWE_PSEUDONYM_KEY: process.env['TWE_PSEUDONYM_KEY']! };
}
