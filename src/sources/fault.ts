/** What can go wrong at a source, and what can be wrong with one delivery. Neither ends the night. */

/**
 * UNREACHABLE: no answer, or cut off; DENIED: the source and this program do not recognise each other; UNREADABLE: it
 * answers something else than agreed.
 */
export type FaultKind = 'UNREACHABLE' | 'DENIED' | 'UNREADABLE';

/** The source as a whole fails. The message is the end of a sentence, holds no secret and no text of the other side. */
export class SourceFault extends Error {
  constructor(
    readonly kind: FaultKind,
    message: string,
    /** Whether another attempt may help. */
    readonly isTransient = kind === 'UNREACHABLE',
  ) {
    super(message);
    this.name = 'SourceFault';
  }
}

export type DeliveryFaultCode =
  'DELIVERY_GROWING' | 'DELIVERY_TOO_LARGE' | 'DELIVERY_NAMES_REFUSED' | 'DELIVERY_DAMAGED';

/** One delivery is not fetched tonight; the others are. */
export class DeliveryFault extends Error {
  constructor(
    readonly code: DeliveryFaultCode,
    message: string,
  ) {
    super(message);
    this.name = 'DeliveryFault';
  }
}

/** The code of a system error, in capitals; `unknown` when there is none. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code) ? code : 'unknown';
}
