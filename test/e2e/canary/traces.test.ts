import { expect, it } from 'vitest';
import { pinterestKey } from '../../sandbox/tokens';
import { sentTwice } from './traces';

const token = pinterestKey();
const save = (at: number, status?: number, more: object = {}) => ({
  method: 'POST',
  host: 'api.upstackdata.com',
  path: '/accounts/api/event-destinations',
  query: '',
  headers: {},
  body: JSON.stringify({ config: { tagId: '1' }, credentials: { accessToken: token } }),
  at,
  ...(status === undefined ? {} : { status }),
  ...more,
});
const question = (at: number) => save(at, 200, { method: 'GET', body: '' });

it.each([
  ['one that was saved', [save(0, 201), save(3_000, 201)]],
  ['one that may have been saved', [save(0, 503), save(3_000, 201)]],
  ['one that was cut off, by us', [save(0), save(2_000, 201)]],
  ['one that was asked for before it was sent', [question(0), save(1, 503), save(3_000, 201)]],
  ['one that was asked for before it came last', [save(0, 503), question(1), save(2, 503), save(3, 201)]],
])('notices a save that comes again after %s', (_what, requests) => {
  expect(sentTwice([token], { requests })).toHaveLength(1);
});

it.each([
  ['one that was refused', [save(0, 429), save(3_000, 201)]],
  ['one that was asked for', [save(0), question(2_000), save(2_100, 201)]],
  ['one for other ids', [save(0, 201), save(100, 201, { body: `other ids ${token}` })]],
  ['one that broke, by the browser itself', [save(0), save(90, 201)]],
])('says nothing of a save that comes after %s', (_what, requests) => {
  expect(sentTwice([token], { requests })).toEqual([]);
});
