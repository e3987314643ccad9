import type { Secret } from '../credentials/secret';
import type { Delivery, Problem } from '../storage/rows';
import type { Answer, Saved } from '../upstack/client';
import type { RemoteDestination } from '../upstack/decode';

/**
 * The seam between the ways in which a delivery can reach Upstack. A delivery knows the name of its route; nothing
 * else does.
 */
export interface Route {
  /** One attempt. The row says `sending` before it is called, and what it gives is the attempt's end. */
  save(delivery: Delivery, secret: Secret): Promise<Answer<Saved>>;
  /**
   * What became of earlier attempts. `ours`: fingerprints of other deliveries of ours to the same destination, which
   * are no stranger's change.
   */
  ask(delivery: Delivery, ours: readonly string[]): Promise<Asked>;
}

export type Asked =
  | ({ found: 'applied' } & Saved)
  | { found: 'absent'; etag?: string }
  /** Something else stands there: `destination`, if it is one that the person can choose instead. */
  | { found: 'taken'; problem: Problem; destination?: RemoteDestination }
  /** Somebody else has put another token there in the meantime. */
  | { found: 'overtaken' }
  | { found: 'unknown'; problem: Problem };
