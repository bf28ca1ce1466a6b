/** What the night should tell a human about the deliveries themselves. Never holds a national number. */
export interface FeedFinding {
  readonly severity: 'WARNING' | 'NOTICE';
  readonly code:
    | 'EMPTY_FEED_FOLDER'
    | 'NOT_A_DELIVERY'
    | 'UNKNOWN_FILE'
    | 'DELIVERY_DUPLICATE'
    | 'DELIVERY_NOT_SKIPPED'
    | 'DELIVERY_UNREADABLE'
    | 'DELIVERY_LATE'
    | 'DELIVERY_SKIPPED'
    | 'DELIVERY_WAITS'
    | 'GUARD_ACCEPTED'
    | 'GUARD_NOT_NEEDED'
    | 'RECORD_VANISHED';
  /** '' when it is about no OCMW; likewise `weoId`. */
  readonly ocmwId: string;
  readonly weoId: string;
  readonly subject: string;
  readonly message: string;
}

/** A finding about a delivery, a file or a folder. */
export function finding(
  severity: FeedFinding['severity'],
  code: FeedFinding['code'],
  subject: string,
  message: string,
): FeedFinding {
  return { severity, code, ocmwId: '', weoId: '', subject, message };
}
