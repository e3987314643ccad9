import type { Secret } from '../credentials/secret';
import type { Delivery, Fault, Problem, Turn } from '../storage/rows';
import type { Answer, Saved } from '../upstack/client';
import type { RemoteDestination } from '../upstack/decode';

/**
 * The seam between the ways in which a delivery can reach Upstack. A delivery knows the name of its route; nothing
 * else does.
 */
export interface Route {
  /** The question comes before the first attempt, since it brings what an attempt needs. */
  asksFirst(delivery: Delivery): boolean;
  /** One attempt. The row says `sending` before it is called, and what it gives is the attempt's end. */
  save(delivery: Delivery, secret: Secret): Promise<Answer<Saved> | PersonsTurn>;
  /** One attempt at the ids of a destination whose token is replaced. Needs no secret. */
  changeIds?(delivery: Delivery): Promise<Answer<Saved>>;
  /**
   * What became of earlier attempts. `ours`: fingerprints of other deliveries of ours to the same destination, which
   * are no stranger's change.
   */
  ask(delivery: Delivery, ours: readonly string[]): Promise<Asked>;
  /** Where the person does it all by hand: one value into the field that they have chosen. */
  place?(delivery: Delivery, kind: string, secret: Secret): Promise<Fault[]>;
  /** What the delivery has made, by the person's own word. */
  byWord?(delivery: Delivery): Promise<RemoteDestination>;
}

/** It goes on only when the person has done something; then the question is put again. */
export interface PersonsTurn {
  turn: Turn;
}

export type Asked =
  | ({ found: 'turn' } & PersonsTurn)
  | ({ found: 'applied' } & Saved)
  | { found: 'absent'; etag?: string }
  /** Something else stands there: `destination`, if it is one that the person can choose instead. */
  | { found: 'taken'; problem: Problem; destination?: RemoteDestination }
  /** Somebody else has put another token there in the meantime. */
  | { found: 'overtaken' }
  | { found: 'unknown'; problem: Problem };
