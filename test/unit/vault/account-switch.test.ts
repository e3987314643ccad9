import { expect, test } from 'vitest';
import type { SeenId } from '../../../lib/messages/reports';
import { rows } from '../../../lib/storage/database';
import { takeOffer, takeStatus } from '../../../lib/vault/captures';
import { pinterestKey } from '../../sandbox/tokens';
import { captures, freshStart, id, later, offerOf, statusOf, theCapture } from './story';

/** Pages whose addresses name no account: their switcher alone tells which one they show. */

freshStart();

const [ONE, OTHER] = ['549755813999', '549755814888'] as const;
const [TAG, OTHER_TAG] = ['2611340119999', '2611340118888'] as const;

const viewing = (advertiser: string): SeenId =>
  id('advertiserId', advertiser, { reasons: [{ code: 'switcher', label: 'Viewing:' }], selected: true });
const tag = (value: string): SeenId => id('tagId', value, { reasons: [{ code: 'label', label: 'Tag ID' }] });

const offer = (token: string, ids: SeenId[]) => {
  const { account: _account, ...rest } = offerOf(token, { platform: 'pinterest', ids });
  return takeOffer(rest, 7);
};
const status = (ids: SeenId[]) => {
  const { account: _account, ...rest } = statusOf(ids, { platform: 'pinterest' });
  return takeStatus(rest, 7);
};
const idsOf = ({ ids }: { ids: Record<string, { value?: string }> }) => [
  ids.advertiserId?.value,
  ids.tagId?.value,
];

test('a token that waits stays bound to the account that was shown when it appeared', async () => {
  await offer(pinterestKey(), [viewing(ONE)]);
  await status([viewing(OTHER), tag(OTHER_TAG)]);
  expect(idsOf(await theCapture())).toEqual([ONE, undefined]);
  // The control: what the same account shows later belongs to it.
  await status([viewing(ONE), tag(TAG)]);
  expect(idsOf(await theCapture())).toEqual([ONE, TAG]);
});

test('so it does when it is shown again, under the other account', async () => {
  const token = pinterestKey();
  await offer(token, [viewing(ONE)]);
  await offer(token, [viewing(OTHER), tag(OTHER_TAG)]);
  expect(idsOf(await theCapture())).toEqual([ONE, undefined]);
});

test('a second token under another account is no choice beside the first', async () => {
  await offer(pinterestKey(), [viewing(ONE)]);
  later(1);
  await offer(pinterestKey(), [viewing(OTHER)]);
  expect((await captures()).map(idsOf)).toEqual([
    [ONE, undefined],
    [OTHER, undefined],
  ]);
});

test.each(['before', 'with'])(
  'ids of the account before are not given to a token of the next, switched %s it',
  async (when) => {
    await status([viewing(ONE), tag(TAG)]);
    if (when === 'before') await status([viewing(OTHER)]);
    await offer(pinterestKey(), [viewing(OTHER)]);
    expect(idsOf(await theCapture())).toEqual([OTHER, undefined]);
  },
);

test('a page forgets the ids of the account before', async () => {
  await status([viewing(ONE), tag(TAG)]);
  await status([tag(TAG)]);
  expect((await rows.get('pages', 7))?.ids.map(({ value }) => value)).toEqual([TAG, ONE]);
  await status([viewing(OTHER)]);
  expect((await rows.get('pages', 7))?.ids.map(({ value }) => value)).toEqual([OTHER]);
});
