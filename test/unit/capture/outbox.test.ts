import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Outbox, openOutbox } from '../../../lib/capture/outbox';
import type { CaptureOffer, PageStatus, Report, ReportAnswer } from '../../../lib/messages/reports';

/** What was sent, in turn, and what each is answered: `silence` is a background that died over it. */
let sent: Report[];
let answers: (ReportAnswer | 'silence' | 'failure' | undefined)[];
let outbox: Outbox;

const yes: ReportAnswer = { ok: true };

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  answers = [];
  outbox = openOutbox((report) => {
    sent.push(report);
    const answer = answers.length > 0 ? answers.shift() : yes;
    if (answer === 'silence') return new Promise(() => {});
    return answer === 'failure' ? Promise.reject(new Error('gone')) : Promise.resolve(answer);
  });
});

afterEach(() => vi.useRealTimers());

const offer = (value: string): CaptureOffer => ({
  type: 'capture.offer',
  platform: 'reddit',
  page: 'page',
  tokens: [{ kind: 'conversionToken', value, gesture: true, warnings: [] }],
  ids: [],
});

const status = (screen: string): PageStatus => ({
  type: 'page.status',
  platform: 'reddit',
  page: 'page',
  screen,
  ids: [],
});

describe('what a page reports', () => {
  it('is sent at once, one offer after the other', async () => {
    outbox.offer(offer('one'));
    outbox.offer(offer('two'));
    expect(sent).toEqual([offer('one')]);
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([offer('one'), offer('two')]);
  });

  it('does not let a token wait for a background that never answered something less', () => {
    answers = ['silence'];
    outbox.status(status('list'));
    outbox.offer(offer('one'));
    expect(sent).toEqual([status('list'), offer('one')]);
  });

  it.each([
    ['nobody answers', undefined],
    ['the background has gone', 'failure'],
    ['it is asked to come again', { ok: false, code: 'again' }],
  ] as const)('is sent again, the same, where %s, at growing distances', async (_, answer) => {
    answers = [answer, answer, answer];
    outbox.offer(offer('one'));
    await vi.advanceTimersByTimeAsync(99);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(199);
    expect(sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1 + 400);
    expect(sent).toEqual([offer('one'), offer('one'), offer('one'), offer('one')]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(4);
  });

  it('is sent again where there was no answer for five seconds', async () => {
    answers = ['silence'];
    outbox.offer(offer('one'));
    await vi.advanceTimersByTimeAsync(5_099);
    expect(sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual([offer('one'), offer('one')]);
  });

  it('is not said again once it was refused', async () => {
    answers = [{ ok: false, code: 'refused' }];
    outbox.offer(offer('one'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(1);
  });

  it('tells of a page only what is new, and of what waits only the newest', async () => {
    answers = ['failure'];
    outbox.status(status('list'));
    outbox.status(status('list'));
    await vi.advanceTimersByTimeAsync(0);
    answers = ['failure'];
    outbox.status(status('dialog'));
    outbox.status(status('token'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toEqual([status('list'), status('dialog'), status('token')]);
    outbox.status(status('token'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toHaveLength(3);
  });

  it('ends with the script', async () => {
    answers = ['failure', undefined];
    outbox.offer(offer('one'));
    outbox.status(status('list'));
    outbox.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(2);
  });
});
