/** A delivery that is refused stops the night before anything is booked: nothing of it is kept. */
import { EXIT, Failure } from '../errors.js';

/** Exit code 3, one sentence: delivery, file and line when it makes sense, what is wrong, what to do. */
export function refusal(delivery: string, place: string, problem: string): Failure {
  const where = place === '' ? '' : `${place}: `;
  return new Failure(
    EXIT.refused,
    `Delivery ${delivery} was refused: ${where}${problem}. Nothing of it was kept; ` +
      `send it again corrected, or pass it over with --skip-delivery ${delivery}.`,
  );
}
