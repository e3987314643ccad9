import { rows } from '../storage/database';

/** Where captures of an ad account go, as the person has set it by hand; sending sets it by itself. */

type Done = { ok: true } | { ok: false; code: 'gone' };
const GONE: Done = { ok: false, code: 'gone' };

/** `destination`: id at Upstack, in the workspace of the choice; without it the ids of the page decide. */
export const chooseForAccount = async (key: string, destination: string | undefined): Promise<Done> => {
  const choice = await rows.get('accountChoices', key);
  const isThere =
    destination === undefined || (await rows.get('destinations', `${choice?.workspaceId}/${destination}`));
  if (!choice || !isThere) return GONE;
  await rows.change('accountChoices', key, ({ destination: _before, ...row }) => ({
    ...row,
    ...(destination === undefined ? {} : { destination }),
  }));
  return { ok: true };
};

/** The next capture of that account is looked at as if it were the first. */
export const forgetAccount = async (key: string): Promise<Done> => {
  if (!(await rows.get('accountChoices', key))) return GONE;
  await rows.remove('accountChoices', key);
  return { ok: true };
};
