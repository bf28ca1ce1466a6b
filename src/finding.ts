/** Something a human should look at: a line of findings.csv. Never holds a national number. */
export interface Finding {
  readonly severity: 'NOTICE' | 'WARNING' | 'ERROR';
  /** Stable, UPPER_SNAKE. */
  readonly code: string;
  /** '' when it is about no OCMW; likewise `weoId`. */
  readonly ocmwId: string;
  readonly weoId: string;
  readonly subject: string;
  readonly message: string;
}
