import { idKindsOf } from '../credentials/kinds';
import { mayHoldSecret } from '../credentials/may-hold';
import { Secret } from '../credentials/secret';
import { tokenNamesIn } from '../credentials/token-name';
import { judge } from '../credentials/verdict';
import type { CommandAnswer } from '../messages/commands';
import type { CaptureOffer, PageMarks, PageStatus, ReportAnswer, SeenId } from '../messages/reports';
import type { Platform, SecretKind, Verdict } from '../platforms/definition';
import { platformOf, platforms } from '../platforms/index';
import { rows } from '../storage/database';
import * as dismissal from '../storage/dismissal';
import { isLive } from '../storage/live';
import type { Capture, CapturedToken, IdField, SeenPage } from '../storage/rows';
import { UNDO_TIME } from '../storage/undo-time';
import { without } from '../storage/without';
import { ended, holds, opened, tokenOf, withIds, withSent, withTokens } from './changes';
import { candidatesOf, emptyIds, isOtherAccount, soundIds, takeIds, typedId, valuesDiffer } from './ids';
import { dropUnneeded, secretLife } from './keeping';
import { inTurn } from './turn';
import { keepSecret, readSecret } from './vault';

/**
 * Captures: what was read or pasted, without the secret. A new token is written as a row in state `arriving`, then
 * its secret, then the row is opened, and only then is the report answered: so no secret ever exists without a row,
 * and whatever a killed worker left half done is done again by the content script, which was not answered.
 */

const OK = { ok: true } as CommandAnswer;
const GONE = { ok: false, code: 'gone' } as CommandAnswer;
const INVALID = { ok: false, code: 'invalid' } as CommandAnswer;

const NO_TICKS: Capture['ticks'] = { checked: false, generated: false, others: false };

const secretKindOf = (platform: Platform): SecretKind | undefined =>
  platform.kinds.find((kind): kind is SecretKind => kind.secret);

// ── What content scripts report ────────────────────────────────────────────────────────────────────────────────

interface Sighting {
  secret: Secret;
  token: CapturedToken;
}

/** A reported token as we see it ourselves; nothing if its own kind does not find exactly it. */
const sightingOf = async (
  platform: Platform,
  seen: CaptureOffer['tokens'][number],
  now: number,
): Promise<Sighting | undefined> => {
  const kind = secretKindOf(platform);
  if (kind?.id !== seen.kind) return undefined;
  const { value, removed, verdict } = judge(kind, seen.value);
  if (verdict.level === 'bad' || verdict.keep === false) return undefined;
  if (!kind.find(value).some((match) => match.value === value)) return undefined;
  return sighted(kind, value, {
    removed,
    verdict,
    provenance: seen.gesture ? 'gesture' : 'present',
    warnings: seen.warnings,
    seenAt: now,
  });
};

const sighted = async (
  kind: SecretKind,
  value: string,
  rest: Pick<CapturedToken, 'removed' | 'verdict' | 'provenance' | 'warnings' | 'seenAt'>,
): Promise<Sighting> => {
  const secret = Secret.of(value);
  const issuedAt = kind.issuedAt(value);
  return {
    secret,
    token: {
      fingerprint: await secret.fingerprint(),
      mask: secret.mask,
      length: secret.length,
      ...(issuedAt === undefined ? {} : { issuedAt }),
      ...rest,
    },
  };
};

/** Both are known and differ. Where one is not known, nothing speaks against it. */
const contradicts = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && one !== other;

interface Shown {
  account?: string;
  ids: readonly SeenId[];
}

/** Neither the address nor the page's own switcher says that the two are of different accounts. */
const mayBeSame = (platform: Platform, one: Shown, other: Shown): boolean =>
  !contradicts(one.account, other.account) && !isOtherAccount(platform, one.ids, other.ids);

/** A capture as a page would show it. */
const shownOf = ({ account, ids }: Pick<Capture, 'account' | 'ids'>): Shown => ({
  ...(account === undefined ? {} : { account }),
  ids: candidatesOf(ids),
});

/** Sent, discarded or run out: such a token is not taken again until the person asks to read the page again. */
const isDoneWith = async (fingerprint: string, captures: readonly Capture[]): Promise<boolean> => {
  const ended = captures.filter((capture) => holds(capture, fingerprint) && !isLive(capture));
  if (ended.some(({ forgotten }) => forgotten)) return false;
  if (ended.some(({ state }) => state === 'discarded' || state === 'expired')) return true;
  const deliveries = await rows.all('deliveries');
  return deliveries.some(
    (delivery) =>
      delivery.fingerprint === fingerprint && delivery.outcome !== 'rejected' && delivery.outcome !== 'lost',
  );
};

/** Puts the secret beside the row that names it. */
const keepBeside = async ({ secret, token }: Sighting): Promise<void> =>
  keepSecret(token.fingerprint, secret, token.seenAt + (await secretLife()));

/** The same for a row that has named it before: its end counts from then. */
const keepStill = async ({ secret, token }: Sighting, known: CapturedToken | undefined): Promise<void> => {
  if ((await readSecret(token.fingerprint)) !== undefined) return;
  await keepBeside({ secret, token: { ...token, ...known } });
};

/** A further look at a token that is waiting: nothing doubles, and what was left half done is done. */
const seeAgain = async (
  platform: Platform,
  capture: Capture,
  sighting: Sighting,
  seen: { account?: string; ids: SeenId[] },
): Promise<void> => {
  // Past its time it is for the sweep to end.
  if (capture.expiresAt <= sighting.token.seenAt) return;
  await keepStill(sighting, tokenOf(capture, sighting.token.fingerprint));
  await rows.change('captures', capture.id, (row) => {
    const here = row.state === 'arriving' ? opened(row) : row;
    // It stays bound to the account it was made in, whatever the page shows by now.
    if (row.account !== seen.account || isOtherAccount(platform, candidatesOf(row.ids), seen.ids))
      return here;
    return withIds(here, takeIds(platform, row.ids, seen.ids, 'unite'));
  });
};

/**
 * A second token on the same page and account is a choice, and never our own. Addresses that name no account may show
 * another one's token, so what ids it came with count as well.
 */
const join = async (
  platform: Platform,
  capture: Capture,
  sighting: Sighting,
  ids: readonly SeenId[],
): Promise<void> => {
  const life = await secretLife();
  await rows.change('captures', capture.id, (row) => ({
    ...withTokens(
      withIds(row, takeIds(platform, row.ids, ids, 'unite')),
      [...row.tokens, sighting.token],
      row.tokens.length === 0 ? sighting.token.fingerprint : undefined,
    ),
    expiresAt: Math.max(row.expiresAt, sighting.token.seenAt + life),
  }));
  await keepBeside(sighting);
};

/** Nothing that is shown speaks for an id of this kind. */
const isByAddressAlone = ({ candidates }: IdField): boolean =>
  candidates.every(({ reasons }) => reasons.every(({ code }) => code === 'address'));

/**
 * The page said what it is: to stand there, or in a list, says too little of what can be seen no more. Wider than what a
 * look takes as told (see lib/capture/ids): there it hides the others, here it adds to what a person chooses from.
 */
const isTold = ({ reasons, selected }: SeenId): boolean =>
  selected || reasons.some(({ code, label }) => label !== undefined || (code !== 'page' && code !== 'table'));

/**
 * Ids that other looks have found, for what this one did not show: the same tab first, then the same account. What the
 * same document told of before counts beside its address, since what the token came in may hide it.
 */
const fromPages = async (
  platform: Platform,
  ids: Capture['ids'],
  place: { tabId: number; page: string; account?: string },
): Promise<Capture['ids']> => {
  const pages = (await rows.all('pages')).filter((page) => page.platform === platform.id);
  const shown = shownOf({ ...place, ids });
  const here = pages.filter((page) => page.tabId === place.tabId && mayBeSame(platform, page, shown));
  const elsewhere = pages.filter(
    ({ tabId, account }) => tabId !== place.tabId && account !== undefined && account === place.account,
  );
  const before = here
    .filter(({ page }) => page === place.page)
    .flatMap((page) => page.ids)
    .filter((id) => isTold(id) && ids[id.kind] && isByAddressAlone(ids[id.kind] as IdField));
  return [...here, ...elsewhere].reduce(
    (filled, page) => takeIds(platform, filled, page.ids, 'fill'),
    takeIds(platform, ids, before, 'unite'),
  );
};

const arrive = async (
  platform: Platform,
  sighting: Sighting,
  place: { tabId: number; page: string; account?: string; ids: SeenId[] },
): Promise<void> => {
  const { tabId, page, account, ids } = place;
  const { fingerprint, seenAt } = sighting.token;
  const capture: Capture = {
    v: 1,
    id: crypto.randomUUID(),
    platform: platform.id,
    origin: 'page',
    tabId,
    page,
    ...(account === undefined ? {} : { account }),
    createdAt: seenAt,
    expiresAt: seenAt + (await secretLife()),
    tokens: [sighting.token],
    chosen: fingerprint,
    ids: await fromPages(platform, takeIds(platform, emptyIds(platform), ids, 'unite'), place),
    ticks: NO_TICKS,
    state: 'arriving',
  };
  await rows.put('captures', capture);
  await keepBeside(sighting);
  await rows.change('captures', capture.id, opened);
};

/** The token is here again: a tombstone that says otherwise goes, and the leave to take it once more is used up. */
const putBehind = async (fingerprint: string, captures: readonly Capture[]): Promise<void> => {
  for (const capture of captures) {
    if (isLive(capture) || !holds(capture, fingerprint)) continue;
    await rows.change('captures', capture.id, (row) => ({
      ...without(row, 'forgotten', 'dismissedAt'),
      ...(row.state === 'lost' ? { dismissed: true } : {}),
    }));
  }
};

const takeSighting = async (
  platform: Platform,
  sighting: Sighting,
  place: { tabId: number; page: string; account?: string; ids: SeenId[] },
): Promise<void> => {
  const captures = await rows.all('captures');
  const { fingerprint } = sighting.token;
  const waiting = captures.filter((capture) => capture.platform === platform.id && isLive(capture));

  const same = waiting.find((capture) => holds(capture, fingerprint));
  if (same) {
    await seeAgain(platform, same, sighting, place);
    // The worker may have died when it was taken anew, before what spoke of its loss was put behind.
    return putBehind(fingerprint, captures);
  }
  if (await isDoneWith(fingerprint, captures)) {
    // It may have been taken anew and sent before anybody came to put that behind.
    const isSent = captures.some((capture) => capture.state === 'sent' && holds(capture, fingerprint));
    if (isSent) await putBehind(fingerprint, captures);
    return;
  }

  const neighbour = waiting.find(
    (capture) =>
      capture.state === 'open' && capture.page === place.page && mayBeSame(platform, shownOf(capture), place),
  );
  await (neighbour ? join(platform, neighbour, sighting, place.ids) : arrive(platform, sighting, place));
  await putBehind(fingerprint, captures);
};

/** Takes what a page shows. The answer is `ok` only when all that was worth keeping is kept. */
export const takeOffer = (offer: CaptureOffer, tabId: number): Promise<ReportAnswer> =>
  inTurn(async () => {
    const platform = platformOf(offer.platform);
    if (!platform || (offer.account !== undefined && mayHoldSecret(platform, offer.account))) {
      return { ok: false, code: 'invalid' };
    }
    const now = Date.now();
    const place = {
      tabId,
      page: offer.page,
      ...(offer.account === undefined ? {} : { account: offer.account }),
      ids: soundIds(platform, offer.ids),
    };
    const sightings = await Promise.all(offer.tokens.map((seen) => sightingOf(platform, seen, now)));
    for (const sighting of sightings) {
      if (sighting) await takeSighting(platform, sighting, place);
    }
    return sightings.some((sighting) => sighting !== undefined)
      ? { ok: true }
      : { ok: false, code: 'invalid' };
  });

/** Marks that we know, and names that are ours: a content script is not believed to send no more than that. */
const marksOf = (
  platform: Platform,
  { landmarks, names }: PageMarks,
): Pick<SeenPage, 'landmarks' | 'names' | 'namesAt'> => {
  const known = platform.landmarks.map(({ id }) => id).filter((id) => landmarks.includes(id));
  const showsList = platform.tokenList !== undefined && known.includes(platform.tokenList.landmark);
  const ours = names.filter((name) => tokenNamesIn(name).includes(name));
  return { landmarks: known, ...(showsList ? { names: ours, namesAt: Date.now() } : {}) };
};

const markedBy = ({ landmarks, names, namesAt }: SeenPage) => ({
  ...(landmarks && { landmarks }),
  ...(names && { names }),
  ...(namesAt && { namesAt }),
});

/** Ids seen earlier on the same account in the same tab are still known: the person walks from screen to screen. */
const rememberPage = async (
  platform: Platform,
  status: PageStatus,
  ids: SeenId[],
  tabId: number,
): Promise<void> => {
  const before = await rows.get('pages', tabId);
  // Some addresses name no account: such a screen belongs to the one that was in force before it.
  const same =
    before?.platform === status.platform && mayBeSame(platform, before, { ...status, ids })
      ? before
      : undefined;
  const account = status.account ?? same?.account;
  const known = same?.ids ?? [];
  const earlier = known.filter(
    ({ kind, value }) => !ids.some((id) => id.kind === kind && id.value === value),
  );
  // Of another screen they would say what cannot be seen any more.
  const marks = same?.page === status.page && same.screen === status.screen ? markedBy(same) : {};
  const page: SeenPage = {
    v: 1,
    tabId,
    platform: status.platform,
    page: status.page,
    ...(account === undefined ? {} : { account }),
    ...(platform.pages.some(({ id }) => id === status.screen) ? { screen: status.screen as string } : {}),
    ids: [...ids, ...earlier].slice(0, 60),
    ...marks,
    at: Date.now(),
  };
  await rows.put('pages', page);
};

/** The waiting captures that a status may speak of: of its own tab, else the one of its account, else the only one. */
const addressees = (waiting: readonly Capture[], status: PageStatus, tabId: number): Capture[] => {
  const fitting = waiting.filter(({ account }) => !contradicts(account, status.account));
  const here = fitting.filter((capture) => capture.tabId === tabId);
  if (here.length > 0) return here;
  const sameAccount = fitting.filter(({ account }) => account !== undefined && account === status.account);
  if (sameAccount.length > 0) return sameAccount;
  return waiting.length === 1 ? fitting : [];
};

/** Takes where the person is, and gives ids to captures that still lack them. */
export const takeStatus = (status: PageStatus, tabId: number): Promise<ReportAnswer> =>
  inTurn(async () => {
    const platform = platformOf(status.platform);
    if (!platform || (status.account !== undefined && mayHoldSecret(platform, status.account))) {
      return { ok: false, code: 'invalid' };
    }
    const ids = soundIds(platform, status.ids);
    await rememberPage(platform, status, ids, tabId);
    if (ids.length === 0) return { ok: true };

    const waiting = (await rows.all('captures')).filter(
      (capture) => capture.platform === platform.id && capture.state === 'open',
    );
    for (const { id } of addressees(waiting, status, tabId)) {
      await rows.change('captures', id, (row) => {
        if (isOtherAccount(platform, candidatesOf(row.ids), ids)) return undefined;
        const samePlace = row.tabId === tabId && row.account === status.account;
        const next = withIds(row, takeIds(platform, row.ids, ids, samePlace ? 'unite' : 'fill'));
        // From here on it belongs to the account that its ids came from.
        const account = row.account ?? status.account;
        return valuesDiffer(row.ids, next.ids) && account !== undefined ? { ...next, account } : next;
      });
    }
    return { ok: true };
  });

/** Takes by what a person sees where they are, of the document and on the screens that we know of. */
export const takeMarks = (marks: PageMarks, tabId: number): Promise<ReportAnswer> =>
  inTurn(async () => {
    const platform = platformOf(marks.platform);
    let taken = false;
    await rows.change('pages', tabId, (row) => {
      taken = row.page === marks.page && row.platform === platform?.id && row.screen !== undefined;
      if (!taken || !platform) return undefined;
      return { ...without(row, 'landmarks', 'names', 'namesAt'), ...marksOf(platform, marks) };
    });
    return taken ? { ok: true } : { ok: false, code: 'invalid' };
  });

// ── What the person does in a review ───────────────────────────────────────────────────────────────────────────

/** Changes a capture that is open for review. The callback's undefined is `invalid`. */
const review = (captureId: string, next: (row: Capture) => Capture | undefined): Promise<CommandAnswer> =>
  inTurn(async () => {
    let answer = GONE;
    await rows.change('captures', captureId, (row) => {
      if (row.state !== 'open') return undefined;
      const after = next(row);
      answer = after ? OK : INVALID;
      return after;
    });
    return answer;
  });

/** A review to paste into. One that is still empty is used again. `tabId`: the page that it is about. */
export const draft = async (platformId: string, tabId?: number): Promise<CommandAnswer> => {
  const platform = platformOf(platformId);
  return platform ? { ok: true, id: await draftOf(platform, tabId) } : INVALID;
};

const draftOf = (platform: Platform, tabId?: number): Promise<string> =>
  inTurn(async () => {
    const started = (await rows.all('captures')).find(
      ({ platform: id, origin, state, tokens }) =>
        id === platform.id && origin === 'paste' && state === 'open' && tokens.length === 0,
    );
    if (started && (tabId === undefined || tabId === started.tabId)) return started.id;
    const now = Date.now();
    // Where pages of several accounts are open, whose ids would they be?
    const pages = (await rows.all('pages')).filter(
      (page) => page.platform === platform.id && (tabId === undefined || page.tabId === tabId),
    );
    const [only, ...others] = pages;
    const seen = others.length === 0 ? only : undefined;
    const tab = tabId ?? seen?.tabId;
    const capture: Capture = {
      v: 1,
      id: crypto.randomUUID(),
      platform: platform.id,
      origin: 'paste',
      ...(tab === undefined ? {} : { tabId: tab }),
      ...(seen ? { page: seen.page } : {}),
      ...(seen?.account === undefined ? {} : { account: seen.account }),
      createdAt: now,
      expiresAt: now + (await secretLife()),
      tokens: [],
      ids: takeIds(platform, emptyIds(platform), seen?.ids ?? [], 'unite'),
      ticks: NO_TICKS,
      state: 'open',
    };
    await rows.put('captures', capture);
    return capture.id;
  });

/**
 * Not for this platform's field, whatever its own rules make of it: another platform's token, or what another
 * platform would not even hold, such as a sign-in token.
 */
const belongsElsewhere = (platform: Platform, value: string): boolean =>
  platforms.some((other) => {
    const kind = other.id === platform.id ? undefined : secretKindOf(other);
    if (!kind) return false;
    return judge(kind, value).verdict.keep === false || kind.find(value).length > 0;
  });

const refuse = (capture: Capture, kind: string, verdict: Verdict, removed: string[]): Capture => ({
  ...capture,
  refused: { kind, verdict, removed, at: Date.now() },
});

/** Forgets the refusal of a field that has got a value. */
const accepted = (capture: Capture, kind: string): Capture =>
  capture.refused?.kind === kind ? without(capture, 'refused') : capture;

const pasteToken = async (
  platform: Platform,
  kind: SecretKind,
  capture: Capture,
  text: string,
): Promise<void> => {
  const { value, removed, verdict } = judge(kind, text);
  const isOthers = verdict.keep !== false && belongsElsewhere(platform, text);
  const refusal: Verdict | undefined = isOthers
    ? { level: 'bad', code: 'otherPlatform', keep: false }
    : verdict.level === 'bad' || verdict.keep === false
      ? verdict
      : undefined;
  if (refusal) {
    await rows.change('captures', capture.id, (row) => refuse(row, kind.id, refusal, removed));
    return;
  }
  const now = Date.now();
  const sighting = await sighted(kind, value, {
    removed,
    verdict,
    provenance: 'paste',
    warnings: [],
    seenAt: now,
  });
  const { token } = sighting;
  const known = tokenOf(capture, token.fingerprint);
  const life = await secretLife();
  await rows.change('captures', capture.id, (row) => {
    const next = withTokens(row, known ? row.tokens : [...row.tokens, token], token.fingerprint);
    return { ...accepted(next, kind.id), expiresAt: known ? row.expiresAt : now + life };
  });
  await (known ? keepStill(sighting, known) : keepBeside(sighting));
};

/** An id field is readable and stored, so a text that could hold a token is not put there. */
const takeTypedId = (
  platform: Platform,
  row: Capture,
  kindId: string,
  typed: string,
): Capture | undefined => {
  const kind = idKindsOf(platform).find(({ id }) => id === kindId);
  if (!kind) return undefined;
  const { value, removed, verdict } = judge(kind, typed);
  const tooLong = value.length > kind.maxLength || (value === '' && verdict.code === 'tooLong');
  if (tooLong || verdict.keep === false || platforms.some((other) => mayHoldSecret(other, value))) {
    return refuse(row, kindId, verdict, removed);
  }
  return accepted(withIds(row, { ...row.ids, [kindId]: typedId(kind, row.ids[kindId], typed) }), kindId);
};

/** An id typed or chosen. Empty clears it. */
export const setId = (captureId: string, kind: string, value: string): Promise<CommandAnswer> =>
  review(captureId, (row) => {
    const platform = platformOf(row.platform);
    return platform && takeTypedId(platform, row, kind, value);
  });

/** A value pasted into our page. It is kept only if its verdict allows; the row says what became of it. */
export const paste = async (captureId: string, kindId: string, text: string): Promise<CommandAnswer> => {
  const capture = await rows.get('captures', captureId);
  const platform = capture && platformOf(capture.platform);
  if (!platform) return GONE;
  const kind = secretKindOf(platform);
  if (kind?.id !== kindId) return setId(captureId, kindId, text);
  return inTurn(async () => {
    const row = await rows.get('captures', captureId);
    if (row?.state !== 'open') return GONE;
    await pasteToken(platform, kind, row, text);
    return OK;
  });
};

/**
 * A text that the person has selected on an ad page and says is its token: a paste, with the page that it was made on.
 * One that waits already is left as it is.
 */
export const takeSelection = async (
  platformId: string,
  tabId: number,
  text: string,
): Promise<CommandAnswer> => {
  const platform = platformOf(platformId);
  const kind = platform && secretKindOf(platform);
  if (!kind) return INVALID;
  const fingerprint = await Secret.of(judge(kind, text).value).fingerprint();
  const waiting = (await rows.all('captures')).find(
    (capture) => capture.state === 'open' && holds(capture, fingerprint),
  );
  if (waiting) return { ok: true, id: waiting.id };
  return paste(await draftOf(platform, tabId), kind.id, text);
};

/** Exchanges the two ids of a platform that has two. */
export const swapIds = (captureId: string): Promise<CommandAnswer> =>
  review(captureId, (row) => {
    const platform = platformOf(row.platform);
    const [one, other, ...more] = platform ? idKindsOf(platform) : [];
    if (!one || !other || more.length > 0) return undefined;
    return withIds(row, {
      ...row.ids,
      [one.id]: typedId(one, row.ids[one.id], row.ids[other.id]?.value ?? ''),
      [other.id]: typedId(other, row.ids[other.id], row.ids[one.id]?.value ?? ''),
    });
  });

export const chooseToken = (captureId: string, fingerprint: string): Promise<CommandAnswer> =>
  review(captureId, (row) =>
    holds(row, fingerprint) ? withTokens(row, row.tokens, fingerprint) : undefined,
  );

export const tick = (captureId: string, name: keyof Capture['ticks'], on: boolean): Promise<CommandAnswer> =>
  review(captureId, (row) => ({ ...row, ticks: { ...row.ticks, [name]: on } }));

/** `destination` is `new`, or the id of a destination of that workspace. */
export const chooseDestination = async (
  captureId: string,
  workspaceId: string,
  destination: string,
): Promise<CommandAnswer> => {
  const workspace = await rows.get('workspaces', workspaceId);
  const known = destination === 'new' || (await rows.get('destinations', `${workspaceId}/${destination}`));
  if (!workspace || !known) return GONE;
  return review(captureId, (row) => {
    const same = row.workspaceId === workspaceId && row.destination === destination;
    // What was checked was checked against another one.
    return { ...row, workspaceId, destination, ticks: same ? row.ticks : { ...row.ticks, checked: false } };
  });
};

/** The ids of a destination are to become those of the capture. It is bound to the values that the person saw. */
export const confirmIds = async (
  captureId: string,
  workspaceId: string,
  destinationId: string,
  on: boolean,
): Promise<CommandAnswer> => {
  const destination = await rows.get('destinations', `${workspaceId}/${destinationId}`);
  if (!destination) return GONE;
  return review(captureId, (row) => {
    const platform = platformOf(row.platform);
    if (!platform || platform.id !== destination.type) return undefined;
    if (!on) return without(row, 'confirmed');
    const to = Object.fromEntries(
      idKindsOf(platform).flatMap(({ id, field }) => {
        const value = row.ids[id]?.value;
        return value ? [[field, value]] : [];
      }),
    );
    const confirmed = { key: destination.key, from: destination.config, to };
    return { ...row, workspaceId, destination: destinationId, confirmed };
  });
};

/** The secret stays until the undo has run out, see the sweep. A second press finds done what it asks for. */
export const discard = async (captureId: string): Promise<CommandAnswer> => {
  const answer = await review(captureId, (row) => ({
    ...row,
    state: 'discarding',
    discardAt: Date.now() + UNDO_TIME,
  }));
  return (await rows.get('captures', captureId))?.state === 'discarding' ? OK : answer;
};

export const undoDiscard = (captureId: string): Promise<CommandAnswer> =>
  inTurn(async () => {
    let answer = GONE;
    await rows.change('captures', captureId, (row) => {
      if (row.state !== 'discarding' || (row.discardAt ?? 0) <= Date.now()) return undefined;
      answer = OK;
      return opened(row);
    });
    return answer;
  });

/** The person has read the tombstone. */
export const dismiss = (captureId: string): Promise<CommandAnswer> =>
  inTurn(async () => {
    const after = await dismissal.dismiss(
      'captures',
      captureId,
      ({ state }) => state === 'lost' || state === 'expired',
    );
    return after?.dismissed ? OK : GONE;
  });

export const undoDismiss = (captureId: string): Promise<CommandAnswer> =>
  inTurn(async () => ((await dismissal.undoDismiss('captures', captureId)) ? OK : GONE));

/** Lets the tokens of a tab be taken again, whatever became of them. */
export const forgetEnded = (tabId: number): Promise<void> =>
  inTurn(async () => {
    for (const capture of await rows.all('captures')) {
      if (capture.tabId !== tabId) continue;
      await rows.change('captures', capture.id, (row) => {
        if (row.state === 'discarding') return opened(row);
        return isLive(row) ? undefined : { ...row, forgotten: true };
      });
    }
  });

// ── What deliveries do ─────────────────────────────────────────────────────────────────────────────────────────

/** A delivery row exists and has taken over. False if the capture was not open: somebody else sends it. */
export const markSent = (captureId: string): Promise<boolean> =>
  inTurn(async () => {
    let taken = false;
    await rows.change('captures', captureId, (row) => {
      if (row.state !== 'open') return undefined;
      taken = true;
      return ended(row, 'sent', Date.now());
    });
    return taken;
  });

/** A delivery was refused: if the secret still lives, the person may correct and send again. */
export const reopen = (captureId: string): Promise<boolean> =>
  inTurn(async () => {
    const capture = await rows.get('captures', captureId);
    if (capture?.state !== 'sent') return capture?.state === 'open';
    const alive = await Promise.all(capture.tokens.map(({ fingerprint }) => readSecret(fingerprint)));
    if (!alive.some((secret) => secret !== undefined)) return false;
    const after = await rows.change('captures', captureId, (row) =>
      row.state === 'sent' ? opened(row) : undefined,
    );
    return after?.state === 'open';
  });

/**
 * The API has taken the token, or its delivery has ended for good. Its secret is dropped, unless the person wants it
 * for other destinations too: then the capture is open again, for the next one. `sent`: where it has gone. `isLast`:
 * that was the last one that it was wanted for.
 */
export const releaseSecret = (
  captureId: string,
  sent?: NonNullable<Capture['sent']>[number],
  isLast = false,
): Promise<void> =>
  inTurn(async () => {
    const after = await rows.change('captures', captureId, (row) => {
      if (row.state !== 'sent') return undefined;
      const next = sent ? withSent(row, sent) : row;
      const goesOn = !isLast && row.ticks.others && row.expiresAt > Date.now();
      return goesOn ? without(opened(next), 'destination', 'confirmed') : next;
    });
    if (after && !isLive(after)) await dropUnneeded(after);
  });
