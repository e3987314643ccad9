import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { sentence } from '../../components/texts';
import { HOUR } from '../../lib/terms/time';
import { drawPopup } from './drawing';
import { NOW, PIXEL, type PopupFixture, type PopupName, popups, redditCapture, TAG } from './fixtures';

const button = (name: string | RegExp) => screen.getByRole('button', { name });
const heading = (name: string | RegExp) => screen.getByRole('heading', { name });
const status = () => screen.getByRole('status');
const alert = () => screen.getByRole('alert');
const sendButton = () => button('Send to Upstack');

const changed = (fixture: PopupFixture, capture: Parameters<typeof redditCapture>[0]): PopupFixture => ({
  ...fixture,
  rows: { ...fixture.rows, captures: [redditCapture(capture)] },
});

describe('every state', () => {
  const headings: Record<PopupName, RegExp> = {
    notConnected: /^Connect your Upstack account$/,
    notConnectedWithCapture: /^Reddit Token captured$/,
    connecting: /^Connect your Upstack account$/,
    connectRefused: /^Connect your Upstack account$/,
    connectSlip: /^Connect your Upstack account$/,
    wrongSite: /^Open your ad manager$/,
    wrongSiteHealthy: /^Reddit · Acme US Healthy$/,
    rightSite: /^Reddit No token on this page yet$/,
    unread: /^Reddit This page hasn’t been read yet$/,
    tokenPage: /^Reddit No token on this page yet$/,
    tokenHidden: /^Reddit This token is already hidden$/,
    draft: /^Reddit No token yet$/,
    pasteRefused: /^Reddit No token yet$/,
    incomplete: /^Reddit Token captured. Pixel ID still missing.$/,
    twoPixels: /^Reddit Token captured. Choose the Pixel ID.$/,
    doubt: /^Reddit Check this before sending$/,
    cutToken: /^Reddit This token cannot be right$/,
    severalTokens: /^Reddit Several tokens on this page$/,
    ready: /^Reddit Ready to send$/,
    readyPinterest: /^Pinterest Ready to send$/,
    readyToReplace: /^Reddit Ready to send$/,
    lastMinutes: /^Reddit Ready to send$/,
    swapped: /^Pinterest Two IDs look swapped$/,
    mismatch: /^Reddit This pixel is not the one in the destination$/,
    alreadyInUse: /^Reddit This token is already in use$/,
    severalWorkspaces: /^Reddit Token captured$/,
    rejected: /^Reddit Upstack did not take it$/,
    exists: /^Reddit Upstack did not take it$/,
    undo: /^Open your ad manager$/,
    dismissed: /^Open your ad manager$/,
    updated: /^Reddit · Acme US Healthy$/,
    twoCaptures: /^Pinterest Ready to send$/,
    sending: /^Sending to Reddit/,
    verifying: /^Sending to Reddit · Acme US$/,
    verifyingPinterest: /^Sending to Pinterest · Acme US$/,
    verifyingLate: /^Sending to Reddit · Acme US$/,
    waiting: /Will try again at \d\d:\d\d/,
    waitingOffline: /You are offline$/,
    needsKey: /Upstack refused your API key$/,
    justHealthy: /^Reddit · Acme US Healthy$/,
    sentUnhealthy: /^Reddit · Acme US Unhealthy$/,
    superseded: /A newer token took its place$/,
    tombstoneLost: /^Reddit Not sent, and not kept$/,
    tombstoneExpired: /^Reddit Not sent, and not kept$/,
    unreadable: /^Some of what was stored cannot be read$/,
    vanished: /^Connect your Upstack account$/,
    healthy: /^Reddit · Acme US Healthy$/,
    healthyRotating: /^Reddit · Acme US Healthy$/,
    recovered: /^Reddit · Acme US Healthy$/,
    unhealthy: /^Reddit · Acme US Unhealthy$/,
    degraded: /^Reddit · Acme US Partly failing$/,
    couldNotCheck: /^Reddit · Acme US Couldn’t check since \d\d:\d\d/,
    unknownWord: /^Reddit · Acme US Unknown$/,
    gone: /^Reddit · Acme US No longer at Upstack$/,
    several: /^2 need attention$/,
    severalFixing: /^2 need attention$/,
    severalNotFound: /^2 need attention$/,
    severalUnfolded: /^2 need attention$/,
    sample: /^Reddit Ready to send$/,
    sampleList: /^2 need attention$/,
    keyRefused: /Upstack refused your API key$/,
    keyMissing: /Enter your API key again$/,
    keysRefused: /^API keys that do not work: 9$/,
    scopeMissing: /Your API key lacks a permission$/,
    offline: /^You are offline$/,
    rotateNewer: /^Reddit Ready to send$/,
    rotateOlder: /^Reddit Check this before sending$/,
    rotateRefused: /^Reddit Not taken. The old token is still in use.$/,
    mismatchConfirmed: /^Reddit Ready to send$/,
    otherClient: /^Reddit This destination belongs to another client$/,
    matchedByIds: /^Reddit Ready to send$/,
    whichWorkspace: /^Reddit Token captured$/,
    others: /^Reddit Use it for other destinations too$/,
    changingIds: /^Sending to Reddit/,
    idsRefused: /Token replaced, IDs not changed yet$/,
    reminderKeep: /^Reddit · Acme US Healthy$/,
    reminderDue: /^Reddit · Acme US Delete the old token in Reddit\.$/,
    reminderUnnamed: /^Pinterest · Bolt Shoes Delete the old token in Pinterest\.$/,
    reminderDone: /^Reddit · Acme US Healthy$/,
    unhealthyMismatch: /^Reddit · Acme US Unhealthy$/,
    platformTrouble: /^Reddit · Acme US Platform has trouble$/,
    upstackSilent: /^Reddit · Acme US Couldn’t check since \d\d:\d\d/,
    agency: /^1 needs attention$/,
    thousands: /^5 need attention$/,
    guideElsewhere: /^Reddit No token on this page yet$/,
    guideRotate: /^Reddit · Acme US Generate a new token$/,
    guideFiveTokens: /^Reddit No token on this page yet$/,
    guideNoAdmin: /^Reddit No token on this page yet$/,
    siteAccess: /^The extension can’t see these sites$/,
    formReady: /^Reddit Ready to send$/,
    turnAllow: /^Reddit Allow access to Upstack’s dashboard$/,
    turnOpen: /^Reddit Open the form in Upstack$/,
    turnOpenCard: /^Reddit Open the form in Upstack$/,
    turnUnfit: /^Reddit Nothing was filled$/,
    turnSave: /^Reddit Filled. Now save it in Upstack.$/,
    turnPressed: /^Reddit Filled. Now save it in Upstack.$/,
    formHealthy: /^Reddit · Acme US Healthy$/,
    dead: /^The extension did not start$/,
    deadWithToken: /^The extension did not start$/,
    longNames: /Donaudampf.*Healthy$/,
  };

  it.each(Object.entries(headings) as [PopupName, RegExp][])(
    '%s has its heading first',
    async (name, text) => {
      await drawPopup(popups[name]);
      // Some parts come a moment later.
      await waitFor(() => expect(screen.getAllByRole('heading', { level: 2 })[0]).toHaveAccessibleName(text));
    },
  );

  it.each(Object.keys(popups) as PopupName[])(
    '%s has a name for every control and one main button',
    async (name) => {
      const complaints = vi.spyOn(console, 'error');
      await drawPopup(popups[name]);
      for (const role of ['button', 'link', 'textbox', 'combobox', 'checkbox', 'radio', 'searchbox']) {
        for (const control of screen.queryAllByRole(role)) expect(control).toHaveAccessibleName();
      }
      expect(document.querySelectorAll('[style]')).toHaveLength(0);
      expect(complaints).not.toHaveBeenCalled();
    },
  );
});

describe('a capture', () => {
  it('is a region with its fields, named as the platform names them', async () => {
    await drawPopup(popups.readyPinterest);
    const region = within(screen.getByRole('region', { name: /Pinterest/ }));
    expect(region.getByRole('textbox', { name: 'Tag ID' })).toHaveValue(TAG);
    expect(region.getByRole('textbox', { name: 'Advertiser ID' })).toBeInTheDocument();
    const key = region.getByRole('group', { name: 'Conversion API key' });
    expect(key).toHaveTextContent('••••••••UAAA');
    expect(key.textContent?.match(/101 characters/g)).toHaveLength(1);
    expect(within(key).queryByRole('textbox')).toBeNull();
    expect(region.getByRole('combobox', { name: 'Destination' })).toHaveDisplayValue('New destination');
    await waitFor(() => expect(status()).toHaveTextContent('Pinterest: Ready to send'));
  });

  it('has no way to see or copy its token', async () => {
    await drawPopup(popups.ready);
    expect(screen.queryByRole('button', { name: /copy|show|reveal/i })).toBeNull();
  });

  it.each([
    ['incomplete', 'idMissing'],
    ['twoPixels', 'idConflict'],
    ['cutToken', 'tokenBad'],
    ['severalTokens', 'chooseToken'],
    ['swapped', 'idsSwapped'],
    ['mismatch', 'idMismatch'],
    ['alreadyInUse', 'alreadyInUse'],
    ['doubt', 'tickChecked'],
    ['draft', 'tokenMissing'],
    ['notConnectedWithCapture', 'notConnected'],
    ['severalWorkspaces', 'chooseWorkspace'],
  ] as const)('%s cannot be sent, and says why in words: %s', async (name, blocker) => {
    await drawPopup(popups[name]);
    expect(sendButton()).toBeDisabled();
    const said = sentence(`blocker.${blocker}`, {
      label: 'Pixel ID',
      platform: 'Reddit',
      one: 'Tag ID',
      other: 'Advertiser ID',
    });
    expect(said).not.toBe('');
    expect(sendButton()).toHaveAccessibleDescription(said);
  });

  it('is sent with one click, and not twice', async () => {
    const { person, commands } = await drawPopup(popups.ready);
    await person.dblClick(sendButton());
    expect(commands()).toEqual([{ type: 'delivery.send', captureId: 'c1' }]);
  });

  it('can be sent by Enter at once after opening, but not by the key that opened the popup', async () => {
    const { person, commands } = await drawPopup(popups.ready);
    expect(sendButton()).toHaveFocus();
    await person.keyboard('{Enter}');
    expect(commands()).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 320));
    fireEvent.keyDown(sendButton(), { key: 'Enter', repeat: true });
    expect(commands()).toEqual([]);
    await person.keyboard('{Enter}');
    expect(commands()).toHaveLength(1);
  });

  it('is sent by an Enter right after the Tab that led to it', async () => {
    const { person, commands } = await drawPopup(popups.ready);
    await person.tab({ shift: true });
    await person.tab();
    expect(sendButton()).toHaveFocus();
    await person.keyboard('{Enter}');
    expect(commands()).toEqual([{ type: 'delivery.send', captureId: 'c1' }]);
  });

  it('sends each change of an id to the background, and keeps what is being typed', async () => {
    const { person, commands, next } = await drawPopup(popups.incomplete);
    const field = screen.getByRole('textbox', { name: 'Pixel ID' });
    await person.type(field, 'a2');
    expect(commands()).toEqual([
      { type: 'capture.setId', captureId: 'c1', kind: 'pixelId', value: 'a' },
      { type: 'capture.setId', captureId: 'c1', kind: 'pixelId', value: 'a2' },
    ]);
    await next(
      changed(popups.incomplete, {
        ids: { pixelId: { candidates: [], value: 'a', byPerson: true, conflict: false } },
      }),
    );
    expect(field).toHaveValue('a2');
  });

  it('offers several ids with their reasons, and chooses none', async () => {
    const { person, commands } = await drawPopup(popups.twoPixels);
    const choice = screen.getByRole('radiogroup', { name: 'Which Pixel ID?' });
    const [first, second] = within(choice).getAllByRole('radio');
    expect(first).not.toBeChecked();
    expect(second).not.toBeChecked();
    expect(first).toHaveAccessibleName(`${PIXEL} From this page’s address`);
    if (first) await person.click(first);
    expect(commands()).toEqual([{ type: 'capture.setId', captureId: 'c1', kind: 'pixelId', value: PIXEL }]);
  });

  it('asks which of several tokens is meant', async () => {
    const { person, commands } = await drawPopup(popups.severalTokens);
    const [, second] = within(screen.getByRole('radiogroup', { name: 'Which token?' })).getAllByRole('radio');
    if (second) await person.click(second);
    expect(commands()).toEqual([
      { type: 'capture.chooseToken', captureId: 'c1', fingerprint: 'sha256:00000000000000a2' },
    ]);
  });

  it('is vouched for by ticks that go to the background', async () => {
    const { person, commands } = await drawPopup(popups.doubt);
    await person.click(screen.getByRole('checkbox', { name: 'I checked it' }));
    await person.click(screen.getByRole('checkbox', { name: 'I generated this token' }));
    await person.click(screen.getByRole('checkbox', { name: 'Use it for other destinations too' }));
    expect(commands()).toEqual(
      ['checked', 'generated', 'others'].map((tick) => ({
        type: 'capture.tick',
        captureId: 'c1',
        tick,
        on: true,
      })),
    );
  });

  it('does not ask for ticks where there is nothing to vouch for', async () => {
    await drawPopup(popups.ready);
    expect(screen.queryByRole('checkbox', { name: 'I checked it' })).toBeNull();
    expect(screen.queryByRole('checkbox', { name: 'I generated this token' })).toBeNull();
  });

  it('shows both ids of a mismatch, with the difference marked', async () => {
    await drawPopup(popups.mismatch);
    expect([...document.querySelectorAll('mark')].map(({ textContent }) => textContent)).toEqual([
      'm9',
      'h3',
    ]);
    await waitFor(() => expect(alert()).toHaveTextContent('This pixel is not the one in the destination'));
  });

  it('swaps two ids with one button', async () => {
    const { person, commands } = await drawPopup(popups.swapped);
    await person.click(button('Swap them'));
    expect(commands()).toEqual([{ type: 'capture.swapIds', captureId: 'c2' }]);
  });

  it('names the workspace with the destination where there are several', async () => {
    const { person, commands } = await drawPopup(popups.severalWorkspaces);
    const picker = screen.getByRole('combobox', { name: 'Destination' });
    expect(within(picker).getByRole('group', { name: 'Bolt Shoes' })).toBeInTheDocument();
    await person.selectOptions(picker, within(picker).getByRole('option', { name: 'Bolt EU' }));
    expect(commands()).toEqual([
      { type: 'capture.chooseDestination', captureId: 'c1', workspaceId: 'w2', destination: 'd9' },
    ]);
  });

  it('says how long its token is kept, and warns when five minutes are left', async () => {
    const { next } = await drawPopup(popups.ready);
    expect(screen.getByText('Kept in memory for 43 minutes. Not sent yet.')).toBeInTheDocument();
    await next(popups.lastMinutes);
    expect(screen.getByText('5 minutes left. Send the token now, or it is dropped.')).toBeInTheDocument();
  });

  it('is discarded, and can be taken back', async () => {
    const { person, commands, next } = await drawPopup(popups.ready);
    await person.click(button('Discard'));
    await next(popups.undo);
    expect(screen.getByText('Final in 8 s.')).toBeInTheDocument();
    await person.click(button('Undo'));
    expect(commands().map(({ type }) => type)).toEqual(['capture.discard', 'capture.undoDiscard']);
  });

  it('offers the existing destination when Upstack has one already', async () => {
    const { person, commands } = await drawPopup(popups.exists);
    expect(button('Use the existing destination')).toHaveFocus();
    await person.click(button('Use the existing destination'));
    expect(commands()).toEqual([
      { type: 'capture.chooseDestination', captureId: 'c1', workspaceId: 'w1', destination: 'd1' },
    ]);
  });

  it('is read from its page again', async () => {
    const { person, commands } = await drawPopup(popups.ready);
    await person.click(button('Read the page again'));
    expect(commands()).toEqual([{ type: 'capture.readAgain', tabId: 7 }]);
  });
});

describe('the field to paste a token into', () => {
  const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Conversions API access token' });
  // No real token, and none of the shape of one.
  const pasted = 'not a token at all';
  const paste = { type: 'capture.paste', captureId: 'c1', kind: 'conversionToken', value: pasted };

  it('keeps nothing: a paste goes to the background, and the field stays empty', async () => {
    const { person, commands } = await drawPopup(popups.draft);
    await person.click(field());
    await person.paste(pasted);
    expect(commands()).toEqual([paste]);
    expect(field()).toHaveValue('');
    expect(document.body.innerHTML).not.toContain(pasted);
  });

  it('takes what was dropped or filled in at once', async () => {
    const { commands } = await drawPopup(popups.draft);
    fireEvent.input(field(), { target: { value: pasted } });
    expect(commands()).toEqual([paste]);
    expect(field()).toHaveValue('');
  });

  it('takes what was typed, at Enter', async () => {
    const { person, commands } = await drawPopup(popups.draft);
    await person.type(field(), 'abc');
    expect(commands()).toEqual([]);
    await person.keyboard('{Enter}');
    expect(commands()).toEqual([{ ...paste, value: 'abc' }]);
    expect(field()).toHaveValue('');
  });

  it('tells of nothing, too, so that it can be said', async () => {
    const { person, commands } = await drawPopup(popups.draft);
    await person.click(field());
    await person.paste('');
    await person.keyboard('{Enter}');
    expect(commands()).toEqual([
      { ...paste, value: '' },
      { ...paste, value: '' },
    ]);
    await person.click(document.body);
    expect(commands()).toHaveLength(2);
  });

  it('is no place for browsers to remember or check the spelling of', async () => {
    await drawPopup(popups.draft);
    expect(field()).toHaveAttribute('autocomplete', 'off');
    expect(field()).toHaveAttribute('spellcheck', 'false');
    expect(field()).toHaveAttribute('autocapitalize', 'off');
  });

  it('says why a paste was not kept, and what was cleaned away', async () => {
    await drawPopup(popups.pasteRefused);
    expect(field()).toHaveAccessibleDescription('Cut off: 612 of 812 characters. Removed line breaks.');
  });

  it('opens beside a captured token on request, and closes when it is left empty', async () => {
    const { person, commands } = await drawPopup(popups.ready);
    await person.click(button('Paste a token instead'));
    expect(field()).toHaveFocus();
    await person.tab();
    expect(screen.queryByRole('textbox', { name: 'Conversions API access token' })).toBeNull();
    expect(commands()).toEqual([]);
  });
});

describe('a send', () => {
  it('shows its steps in order, with what could not be verified said in words', async () => {
    await drawPopup(popups.verifyingPinterest);
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'Saved at Upstack',
      'Format',
      'Token check',
      'Account check',
      'Test event',
      'Tag ID: cannot be confirmed from here',
      'Waiting for Healthy. Usually under 5 minutes. 1:12',
    ]);
  });

  it('is not called healthy before the far end proved it', async () => {
    await drawPopup(popups.verifying);
    expect(screen.queryByText('Healthy', { exact: true })).toBeNull();
  });

  it('says how long the proof took, and is put away', async () => {
    const { person, commands } = await drawPopup(popups.justHealthy);
    expect(screen.getByText('Verified healthy in 1 min 40 s.')).toBeInTheDocument();
    await person.click(button('Done'));
    expect(commands()).toEqual([{ type: 'delivery.dismiss', deliveryId: 'x1' }]);
  });

  it('that waits says until when and why, and can be tried at once', async () => {
    const { person, commands } = await drawPopup(popups.waiting);
    expect(screen.getByText(sentence('problem.unavailable'))).toBeInTheDocument();
    await person.click(button('Try again now'));
    expect(commands()).toEqual([{ type: 'delivery.retryNow', deliveryId: 'x1' }]);
  });

  it('that was refused names the step that failed and its cause', async () => {
    await drawPopup(popups.rejected);
    const item = screen.getByRole('listitem');
    expect(item).toHaveTextContent(
      `Token check: failed. ${sentence('platforms.reddit.cause.token_invalid')}`,
    );
    expect(screen.getByText('req_7Hk2')).toBeInTheDocument();
    await waitFor(() => expect(alert()).toHaveTextContent('Upstack did not take it'));
  });

  it('that waits for a key goes on with a new one', async () => {
    const { person, commands } = await drawPopup(popups.needsKey);
    expect(screen.getByText(sentence('workspace.sendWaits'))).toBeInTheDocument();
    await person.type(screen.getByRole('textbox', { name: 'API key' }), 'upstack_another');
    await person.click(button('Replace key'));
    expect(commands()).toEqual([
      { type: 'workspace.replaceKey', workspaceId: 'w1', apiKey: 'upstack_another' },
    ]);
    expect(screen.getByRole('textbox', { name: 'API key' })).toHaveValue('');
  });

  it('no longer says how soon it usually is healthy once it takes longer', async () => {
    const { next } = await drawPopup(popups.verifying);
    expect(screen.getByText(/Usually under 5 minutes\./)).toBeInTheDocument();
    await next(popups.verifyingLate);
    expect(screen.getByText(/^Still waiting for Healthy\./)).toBeInTheDocument();
    expect(screen.queryByText(/Usually under 5 minutes\./)).toBeNull();
  });

  it('whose token is gone leaves a tombstone that says what to do', async () => {
    const { person, commands } = await drawPopup(popups.tombstoneExpired);
    expect(screen.getByText(sentence('tombstone.next', { platform: 'Reddit' }))).toBeInTheDocument();
    await person.click(button('Got it'));
    expect(commands()).toEqual([{ type: 'delivery.dismiss', deliveryId: 'x1' }]);
  });

  it('is told again where “Got it” is taken back', async () => {
    const { person, commands, next } = await drawPopup(popups.tombstoneLost);
    await person.click(button('Got it'));
    await next(popups.dismissed);
    expect(screen.queryByRole('button', { name: 'Got it' })).toBeNull();
    expect(screen.getByRole('status')).toHaveTextContent('Marked as read.');
    expect(screen.getByText('Final in 8 s.')).toBeInTheDocument();
    await person.click(button('Undo'));
    expect(commands()).toEqual([
      { type: 'capture.dismiss', captureId: 'c1' },
      { type: 'capture.undoDismiss', captureId: 'c1' },
    ]);
    await next(popups.tombstoneLost);
    expect(button('Got it')).toBeInTheDocument();
  });

  it.each([
    ['delivery', { type: 'delivery.undoDismiss', deliveryId: 'x1' }],
    ['storage', { type: 'quarantine.undoDismiss' }],
  ] as const)('is brought back also where it was of a %s', async (from, wanted) => {
    const put = { dismissed: true, dismissedAt: NOW - 2_000 } as const;
    const { rows, ...fixture } = popups.tombstoneExpired;
    const deliveries = from === 'delivery' ? rows.deliveries.map((row) => ({ ...row, ...put })) : [];
    const quarantine = from === 'storage' ? [{ store: 'history', key: 'k', at: 1, raw: 1, ...put }] : [];
    const { person, commands } = await drawPopup({ ...fixture, rows: { ...rows, deliveries, quarantine } });
    await person.click(button('Undo'));
    expect(commands()).toEqual([wanted]);
  });
});

describe('what cannot be read any more', () => {
  it('is told once for each kind, the most important first, until the person has read it', async () => {
    const { person, commands, next } = await drawPopup(popups.unreadable);
    const name = sentence('unreadable.heading');
    const card = screen.getByRole('heading', { name }).closest('article');
    const told = [...(card?.querySelectorAll('p') ?? [])].map((paragraph) => paragraph.textContent);
    const kinds = ['about', 'captures', 'settings', 'destinations', 'others'];
    expect(told).toEqual(kinds.map((kind) => sentence(`unreadable.${kind}`)));
    await person.click(button('Got it'));
    expect(commands()).toEqual([{ type: 'quarantine.dismiss' }]);
    const { rows } = popups.unreadable;
    const read = rows.quarantine.map((row) => ({ ...row, dismissed: true as const }));
    await next({ ...popups.unreadable, rows: { ...rows, quarantine: read } });
    expect(screen.queryByRole('heading', { name })).toBeNull();
  });

  it('is told apart from a database that is gone as a whole', async () => {
    await drawPopup(popups.vanished);
    expect(screen.getByText(sentence('unreadable.database'))).toBeInTheDocument();
    expect(screen.queryByText(sentence('unreadable.about'))).toBeNull();
  });
});

describe('a destination', () => {
  it('that is ill says its cause and what to do', async () => {
    await drawPopup(popups.unhealthy);
    expect(screen.getByText(sentence('platforms.reddit.cause.token_invalid'))).toBeInTheDocument();
    expect(screen.getByText(sentence('remedy.rotateToken'))).toBeInTheDocument();
    await waitFor(() => expect(alert()).toHaveTextContent('Reddit · Acme US'));
  });

  it('that has been ill for days says since which, not only since what time', async () => {
    const [destination] = popups.unhealthy.rows.destinations;
    if (!destination) throw new Error('No destination');
    const since = (illSince: number): PopupFixture => ({
      ...popups.unhealthy,
      rows: {
        ...popups.unhealthy.rows,
        destinations: [{ ...destination, health: { ...destination.health, illSince } }],
      },
    });
    const { next } = await drawPopup(since(NOW - 60_000));
    expect(screen.getByText(/^Since \d\d:\d\d( [AP]M)? · Checked/)).toBeVisible();
    await next(since(NOW - 50 * HOUR));
    expect(screen.getByText(/^Since .*19.*\d\d:\d\d( [AP]M)? · Checked/)).toBeVisible();
  });

  it('whose event data is refused is not told to get a new token', async () => {
    await drawPopup(popups.degraded);
    expect(screen.queryByText(sentence('remedy.rotateToken'))).toBeNull();
    expect(screen.getByText(sentence('remedy.openDashboard'))).toBeInTheDocument();
  });

  it('that could not be checked is neither green nor ill, and says what was known', async () => {
    await drawPopup(popups.couldNotCheck);
    expect(screen.getByText(/Last known: Healthy,/)).toHaveTextContent('Last known: Healthy, 3 h ago');
    expect(screen.queryByRole('heading', { name: /Healthy$/ })).toBeNull();
    expect(alert()).toHaveTextContent('');
  });

  it('is asked after at once, and then rests for ten seconds', async () => {
    const { person, commands } = await drawPopup(popups.healthy);
    vi.spyOn(Date, 'now').mockReturnValue(popups.healthy.around.now);
    await person.click(button('Check now'));
    await person.click(button('Check again in 10 s'));
    expect(commands()).toEqual([{ type: 'health.checkNow', workspaceId: 'w1', destinationId: 'd1' }]);
  });

  it('among many is found by name, with the healthy folded away', async () => {
    const { person } = await drawPopup(popups.several);
    expect(screen.getByText('Healthy: 23')).toBeInTheDocument();
    await person.type(screen.getByRole('searchbox', { name: 'Find a destination' }), 'bolt');
    const found = within(screen.getByRole('article', { name: '2 need attention' })).getAllByRole('listitem');
    expect(found.map(({ textContent }) => textContent)).toEqual([expect.stringContaining('Bolt Shoes')]);
    await person.type(screen.getByRole('searchbox', { name: 'Find a destination' }), ' and nobody');
    expect(screen.getByText(sentence('destination.notFound'))).toBeInTheDocument();
  });

  it('among thousands is drawn with a hundred others, and the next hundred on demand', async () => {
    // Roles are not asked for: slow for so many.
    await drawPopup(popups.thousands);
    const rows = () => document.querySelectorAll('details li');
    expect(rows()).toHaveLength(0);
    fireEvent.click(screen.getByText('Healthy: 2,995'));
    await waitFor(() => expect(rows()).toHaveLength(100));
    fireEvent.click(screen.getByText('Show more (2,895 left)'));
    expect(rows()).toHaveLength(200);
    expect(screen.getByText('Show more (2,795 left)')).toBeInTheDocument();
    // Nobody has to page through them to find one.
    fireEvent.change(screen.getByLabelText('Find a destination'), {
      target: { value: 'Client 50 shop 60' },
    });
    expect(rows()).toHaveLength(1);
    expect(screen.queryByText(/^Show more/)).toBeNull();
  });
});

describe('connecting', () => {
  const fields = () => ({
    apiKey: screen.getByRole('textbox', { name: 'API key' }),
    pixelId: screen.getByRole('textbox', { name: 'Upstack pixel ID' }),
    name: screen.getByRole('textbox', { name: 'Workspace name' }),
    remember: screen.getByRole('checkbox', { name: 'Keep me connected on this device' }),
  });
  const uuid = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';

  it('sends what was typed, and keeps the person connected unless they say otherwise', async () => {
    const { person, commands } = await drawPopup(popups.notConnected);
    const { apiKey, pixelId, name, remember } = fields();
    expect(apiKey).toHaveFocus();
    expect(remember).toBeChecked();
    await person.type(apiKey, 'upstack_something');
    await person.type(pixelId, ` ${uuid} `);
    await person.type(name, 'Acme');
    await person.click(remember);
    await person.click(button('Connect'));
    expect(commands()).toEqual([
      {
        type: 'workspace.connect',
        apiKey: 'upstack_something',
        pixelId: uuid,
        name: 'Acme',
        remember: false,
      },
    ]);
  });

  it('asks for what is missing, and puts the focus there', async () => {
    const { person, commands } = await drawPopup(popups.notConnected);
    await person.click(button('Connect'));
    const { apiKey, pixelId } = fields();
    expect(apiKey).toHaveAccessibleDescription(sentence('connect.keyMissing'));
    expect(apiKey).toHaveFocus();
    await person.type(apiKey, 'upstack_something');
    await person.type(pixelId, PIXEL);
    await person.click(button('Connect'));
    expect(pixelId).toHaveAccessibleDescription(sentence('connect.pixelNoUuid'));
    expect(pixelId).toHaveFocus();
    expect(commands()).toEqual([]);
  });

  it('is asked for once more where the background ended half-way, and then says so', async () => {
    const { person, send } = await drawPopup(popups.notConnected, { ok: false, code: 'failed' });
    const { apiKey, pixelId } = fields();
    await person.type(apiKey, 'upstack_something');
    await person.type(pixelId, uuid);
    await person.click(button('Connect'));
    expect(send).toHaveBeenCalledTimes(2);
    expect(send.mock.calls[1]).toEqual(send.mock.calls[0]);
    await waitFor(() => expect(alert()).toHaveTextContent(sentence('answer.failed')));
    expect(apiKey).toHaveValue('upstack_something');

    send.mockResolvedValueOnce({ ok: false, code: 'invalid' });
    await person.click(button('Connect'));
    expect(send, 'an answer is an answer').toHaveBeenCalledTimes(3);
  });

  it('that was refused says why, and keeps what was typed', async () => {
    await drawPopup(popups.connectRefused);
    expect(screen.getByText(sentence('problem.keyRefused'))).toBeInTheDocument();
    expect(fields().pixelId).toHaveValue(uuid);
    await waitFor(() => expect(alert()).toHaveTextContent(sentence('problem.keyRefused')));
  });

  it('is prefilled by the organisation, which may also forbid to keep the key', async () => {
    const policy = { rememberKeys: false, workspaces: [{ name: 'Acme US', pixelId: uuid }] };
    vi.spyOn(fakeBrowser.storage.managed, 'get').mockImplementation(async () => policy);
    const { person, commands } = await drawPopup(popups.notConnected);
    const { apiKey, pixelId, name, remember } = fields();
    await waitFor(() => expect(pixelId).toHaveValue(uuid));
    expect(name).toHaveValue('Acme US');
    expect(remember).toBeDisabled();
    expect(remember).not.toBeChecked();
    await person.type(apiKey, 'upstack_something');
    await person.click(button('Connect'));
    expect(commands()).toEqual([
      {
        type: 'workspace.connect',
        apiKey: 'upstack_something',
        pixelId: uuid,
        name: 'Acme US',
        remember: false,
      },
    ]);
  });

  it('offers what the organisation prepared, and leaves the choice to the person', async () => {
    const other = uuid.replace('1b', '2c');
    const workspaces = [
      { name: 'Acme US', pixelId: uuid },
      { name: 'Bolt', pixelId: other },
    ];
    vi.spyOn(fakeBrowser.storage.managed, 'get').mockImplementation(async () => ({ workspaces }));
    const { person } = await drawPopup(popups.notConnected);
    const pixelId = await screen.findByRole('combobox', { name: 'Upstack pixel ID' });
    const name = screen.getByRole('textbox', { name: 'Workspace name' });
    expect(document.querySelectorAll('datalist option')).toHaveLength(2);
    expect(pixelId).toHaveValue('');
    await person.type(pixelId, other);
    expect(name).toHaveValue('Bolt');
    await person.clear(name);
    await person.type(name, 'Mine');
    expect(name).toHaveValue('Mine');
  });

  it('with something that is no key says so at the field', async () => {
    await drawPopup(popups.connectSlip);
    expect(fields().apiKey).toHaveAccessibleDescription(sentence('connect.keyMalformed'));
  });
});

describe('where there is nothing yet', () => {
  it('offers the way to each platform, and a paste', async () => {
    const { person, commands } = await drawPopup(popups.wrongSite);
    expect(screen.getByRole('link', { name: 'Open Reddit Events Manager' })).toHaveAttribute(
      'target',
      '_blank',
    );
    await person.click(button('Paste a token: Pinterest'));
    expect(commands()).toEqual([{ type: 'capture.draft', platform: 'pinterest' }]);
  });

  it('leads from an ad page to the page that makes tokens, and not away from it', async () => {
    const { next } = await drawPopup(popups.rightSite);
    expect(screen.getByRole('link', { name: 'Take me to Conversions API' })).toHaveAttribute(
      'href',
      expect.stringContaining(PIXEL),
    );
    await next(popups.tokenPage);
    expect(screen.queryByRole('link', { name: 'Take me to Conversions API' })).toBeNull();
    expect(button('Read the page again')).toBeInTheDocument();
  });
});

describe('a background that does not answer', () => {
  it('can be restarted', async () => {
    await drawPopup(popups.dead);
    expect(button('Reload extension')).toBeEnabled();
    await waitFor(() => expect(alert()).toHaveTextContent('The extension did not start'));
  });

  it('cannot be restarted while a token waits, and says why', async () => {
    await drawPopup(popups.deadWithToken);
    expect(button('Reload extension')).toBeDisabled();
    expect(button('Reload extension')).toHaveAccessibleDescription(sentence('dead.tokenWaits'));
  });
});

describe('sites that are switched off', () => {
  it('are named, and asked for from the click', async () => {
    const request = vi.fn(async () => true);
    Object.assign(fakeBrowser.permissions, { request });
    const { person } = await drawPopup(popups.siteAccess);
    expect(screen.getByText(/ads\.reddit\.com, api\.upstackdata\.com/)).toBeInTheDocument();
    await waitFor(() => expect(alert()).toHaveTextContent(sentence('siteAccess.heading')));
    await person.click(button('Turn on access'));
    expect(request).toHaveBeenCalledExactlyOnceWith({
      origins: ['https://ads.reddit.com/*', 'https://api.upstackdata.com/*'],
    });
  });

  it('come after a capture that can be sent', async () => {
    const { rows, around } = popups.ready;
    await drawPopup({ rows, around: { ...around, sitesOff: ['https://ads.pinterest.com/*'] } });
    expect(screen.getAllByRole('heading', { level: 2 }).map((one) => one.textContent)).toEqual([
      expect.stringContaining('Ready to send'),
      expect.stringContaining('can’t see these sites'),
    ]);
  });
});

describe('a command that was not taken', () => {
  it('is said, to the ear and to the eye', async () => {
    const { person } = await drawPopup(popups.ready, { ok: false, code: 'failed' });
    await person.click(button('Discard'));
    await waitFor(() => expect(alert()).toHaveTextContent(sentence('answer.failed')));
    expect(document.querySelector('.shown.alert')).toHaveTextContent(sentence('answer.failed'));
  });
});

describe('the focus', () => {
  it('stays where the person put it while the rest changes', async () => {
    const { person, next } = await drawPopup(popups.incomplete);
    await person.click(screen.getByRole('textbox', { name: 'Pixel ID' }));
    await next(popups.ready);
    expect(screen.getByRole('textbox', { name: 'Pixel ID' })).toHaveFocus();
  });

  it('moves to the new heading when what had it is gone', async () => {
    const { person, next } = await drawPopup(popups.ready);
    await person.click(sendButton());
    await next(popups.verifying);
    await waitFor(() => expect(heading(/^Sending to Reddit/)).toHaveFocus());
  });
});
