import * as z from 'zod/mini';
import type { Problem, ProblemKind } from '../storage/rows';
import { HOUR } from '../terms/time';
import { id, ifReadable, pointer, readSteps, requestId } from './decode';

/** No server puts us off for longer than this. */
export const LONGEST_WAIT = HOUR;

const CODES = [
  'key_invalid',
  'scope_missing',
  'pixel_mismatch',
  'not_found',
  'invalid_request',
  'destination_exists',
  'credential_rejected',
  'stale_version',
  'precondition_required',
  'idempotency_key_missing',
  'idempotency_in_progress',
  'idempotency_mismatch',
  'rate_limited',
  'unavailable',
  'internal',
] as const;

/**
 * The time before which Retry-After wants no call, in ms since 1970: seconds or an HTTP date, at most an hour ahead.
 * Anything else says nothing.
 */
export const retryAtOf = (header: string | null, now: number): number | undefined => {
  const text = header?.trim() ?? '';
  // `Date.parse` takes almost any text for a date, so only what looks like an HTTP date reaches it.
  const isDate = text.length <= 40 && /^[A-Z][a-z]+,? .*\d{2}:\d{2}:\d{2}/.test(text);
  const at = /^\d+$/.test(text) ? now + Number(text) * 1000 : isDate ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.min(Math.max(at, now), now + LONGEST_WAIT);
};

/** Status first; the code only tells the meanings of one status apart. */
const kindOf = (status: number, code: string | undefined): ProblemKind => {
  if (status >= 500) return 'unavailable';
  switch (status) {
    case 400:
    case 413:
      return 'invalidRequest';
    case 401:
      return 'keyRefused';
    case 403:
      return code === 'pixel_mismatch' ? 'pixelMismatch' : 'scopeMissing';
    case 404:
      return 'notFound';
    case 407: // A proxy on the way wants a password: Upstack was not reached.
      return 'unreachable';
    case 408:
      return 'timeout';
    case 409:
      return code === 'idempotency_in_progress' ? 'unavailable' : 'exists';
    case 412:
    case 428:
      return 'stale';
    case 422:
      return code === 'idempotency_mismatch' ? 'invalidRequest' : 'rejected';
    case 429:
      return 'rateLimited';
    default:
      return status >= 400 ? 'unknown' : 'garbled';
  }
};

const problemBody = z.object({
  code: ifReadable(z.enum(CODES)),
  requestId: ifReadable(requestId),
  existingId: ifReadable(id),
  errors: ifReadable(z.array(z.object({ pointer: ifReadable(pointer) })).check(z.maxLength(20))),
  validation: z.optional(z.unknown()),
});

export interface Refusal {
  status: number;
  retryAfter: string | null;
  /** The parsed JSON body, if it was JSON. */
  body: unknown;
  /** There was a body, and it was not JSON: whoever answered is not Upstack's API. */
  foreign: boolean;
}

/** A refusal in our words. Sentences of the server are not kept: they might repeat what was sent. */
export const problemOf = (refusal: Refusal, now: number): Problem => {
  const { status, foreign } = refusal;
  const retryAt = retryAtOf(refusal.retryAfter, now);
  const wait = retryAt === undefined ? {} : { retryAt };
  if (foreign && status < 500 && status !== 429 && status !== 407 && status !== 408) {
    return { kind: 'garbled', status, ...wait };
  }
  const { code, requestId, existingId, errors, validation } = problemBody.safeParse(refusal.body).data ?? {};
  const pointers = errors?.flatMap((error) => error.pointer ?? []) ?? [];
  const steps = readSteps(validation);
  return {
    kind: kindOf(status, code),
    status,
    ...(code === undefined ? {} : { code }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(existingId === undefined ? {} : { existingId }),
    ...(pointers.length === 0 ? {} : { pointers }),
    ...(steps === undefined ? {} : { steps }),
    ...wait,
  };
};
