import type { Verdict } from '../platforms/definition';
import type { Capture, Destination, IdField, RefusedPaste, Workspace } from '../storage/rows';

/**
 * What a capture amounts to at this moment: one pure answer that the popup draws and that the background asks again
 * before it sends, so that the two can never disagree.
 */

/** Why Send is not enabled. The sentence is `blocker.<code>`. The first is the one to deal with. */
export type Blocker =
  | { code: 'notConnected' }
  | { code: 'workspaceNotUsable'; workspaceId: string }
  | { code: 'chooseWorkspace' }
  | { code: 'tokenMissing' }
  | { code: 'chooseToken' }
  | { code: 'tokenBad' }
  | { code: 'idMissing'; kind: string }
  | { code: 'chooseId'; kind: string }
  /** The address and the page name different values. */
  | { code: 'idConflict'; kind: string }
  | { code: 'idBad'; kind: string }
  /** Two ids look as if they stood in each other's field; `capture.swapIds` mends it. */
  | { code: 'idsSwapped'; kinds: readonly [string, string] }
  | { code: 'chooseDestination' }
  /** The destination has other ids than the page. */
  | { code: 'idMismatch'; kind: string; ours: string; theirs: string }
  /** The destination already uses exactly this token. */
  | { code: 'alreadyInUse' }
  /** "I checked it" is wanted, for the reasons in `doubts`. */
  | { code: 'tickChecked' }
  /** "I generated this token" is wanted: not seen to appear after a gesture, or older than a day. */
  | { code: 'tickGenerated' };

export interface FieldReview {
  kind: string;
  secret: boolean;
  label: string;
  /** Of a secret: mask, length, removed and so on are in the chosen token. */
  verdict?: Verdict;
  id?: IdField;
  refused?: RefusedPaste;
}

export interface DestinationChoice {
  /** `new`, or the destination's id at Upstack. */
  value: string;
  name: string;
  /** Its ids are those of the capture. */
  matches: boolean;
  /** It already uses the chosen token. */
  sameToken: boolean;
}

export interface Review {
  captureId: string;
  platform: string;
  fields: FieldReview[];
  /** Undefined: there is none, or several and none is meant. */
  workspaceId?: string;
  choices: DestinationChoice[];
  /** The value of the choice in force: the person's, or the one proposed because its ids match. */
  destination?: string;
  job: 'create' | 'rotate';
  /** Doubts that "I checked it" is about, as `kind` and verdict. */
  doubts: { kind: string; verdict: Verdict }[];
  /** Empty: Send is enabled. */
  blockers: Blocker[];
}

export type ReviewOf = (
  capture: Capture,
  workspaces: readonly Workspace[],
  destinations: readonly Destination[],
  now: number,
) => Review;
