/** `twe explain <weo_id>`. */
import type { CommonOptions } from './options.js';

export async function explainCommand(_weoId: string, _options: CommonOptions): Promise<void> {
  await Promise.resolve();
}
