import { afterEach, beforeEach, expect, it } from 'vitest';
import { chooseForAccount, forgetAccount } from '../../../lib/destinations/account-choices';
import { checkRowsWith, closeDatabase, rows } from '../../../lib/storage/database';
import { isSoundRow } from '../../../lib/storage/schemas';
import { destination } from '../health/rows';

const ACCOUNT = 'reddit/a2_account';
const GONE = { ok: false, code: 'gone' };
const choice = { v: 1, key: ACCOUNT, workspaceId: 'w1', at: 1 } as const;

beforeEach(async () => {
  checkRowsWith(isSoundRow);
  await rows.put('accountChoices', choice);
  await rows.put('accountChoices', { ...choice, key: 'reddit/a2_other' });
  for (const key of ['w1/d1', 'w2/d2']) {
    const [workspaceId = '', id = ''] = key.split('/');
    await rows.put('destinations', destination({}, { key, id, workspaceId }));
  }
});

afterEach(() => closeDatabase({ remove: true }));

it('the destination of an ad account is set, and left to the ids of the page again', async () => {
  expect(await chooseForAccount(ACCOUNT, 'd1')).toEqual({ ok: true });
  expect(await rows.get('accountChoices', ACCOUNT)).toEqual({ ...choice, destination: 'd1' });
  expect(await chooseForAccount(ACCOUNT, undefined)).toEqual({ ok: true });
  expect(await rows.get('accountChoices', ACCOUNT)).toEqual(choice);
});

it('one of another workspace, or of none, is not taken', async () => {
  expect(await chooseForAccount(ACCOUNT, 'd2')).toEqual(GONE);
  expect(await chooseForAccount(ACCOUNT, 'd9')).toEqual(GONE);
  expect(await chooseForAccount('reddit/a2_unknown', 'd1')).toEqual(GONE);
  expect(await rows.get('accountChoices', ACCOUNT)).toEqual(choice);
});

it('an ad account is forgotten, and no other', async () => {
  expect(await forgetAccount(ACCOUNT)).toEqual({ ok: true });
  expect(await forgetAccount(ACCOUNT)).toEqual(GONE);
  expect((await rows.all('accountChoices')).map(({ key }) => key)).toEqual(['reddit/a2_other']);
});
