import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { repaintBadge } from '../../../lib/health/paint';
import { closeDatabase, rows } from '../../../lib/storage/database';
import { HOUR } from '../../../lib/terms/time';
import { capture, delivery, destination, NOW, workspace } from './rows';

const CLOCK = { hour: '2-digit', minute: '2-digit' } as const;

/** What the button shows, by tab; `everywhere` is where no tab has a sign of its own. */
let text: Record<string, string>;
let title: string;
let paints: number;
let siteAccess: boolean;
let closed: number[];

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  // A worker has one; Node 20 has not. The texts are English, so a French browser's dates are not.
  vi.stubGlobal('navigator', { language: 'fr' });
  text = {};
  paints = 0;
  siteAccess = true;
  closed = [];
  const nothing = async (): Promise<void> => undefined;
  vi.spyOn(browser.action, 'setBadgeText').mockImplementation((async (sign: {
    tabId?: number;
    text: string;
  }) => {
    if (sign.tabId !== undefined && closed.includes(sign.tabId)) throw new Error('No tab with this id.');
    if (sign.tabId === undefined) paints += 1;
    text[sign.tabId ?? 'everywhere'] = sign.text;
  }) as never);
  vi.spyOn(browser.action, 'setTitle').mockImplementation((async (sign: { title: string }) => {
    title = sign.title;
  }) as never);
  for (const verb of ['setBadgeBackgroundColor', 'setBadgeTextColor'] as const)
    vi.spyOn(browser.action, verb).mockImplementation(nothing as never);
  vi.spyOn(browser.permissions, 'contains').mockImplementation((async () => siteAccess) as never);
});

afterEach(async () => {
  vi.useRealTimers();
  await closeDatabase({ remove: true });
});

describe('the badge', () => {
  it('says NEW on the tab whose token waits, and goes from there when it does not wait any more', async () => {
    await rows.put('captures', capture({ tabId: 7 }));
    await repaintBadge();
    expect(text).toEqual({ everywhere: '', 7: 'NEW' });
    await rows.put('captures', capture({ tabId: 7, state: 'sent' }));
    await repaintBadge();
    expect(text).toEqual({ everywhere: '', 7: '' });
  });

  it('shows on such a tab, once it is over there, what all others show', async () => {
    await rows.put('captures', capture({ tabId: 7, state: 'sent' }));
    await rows.put('deliveries', delivery({ state: 'sending' }));
    await repaintBadge();
    expect(text).toEqual({ everywhere: '…', 7: '…' });
  });

  it('is painted although a tab has been closed', async () => {
    closed = [7];
    await rows.put('captures', capture({ id: 'c1', tabId: 7 }));
    await rows.put('captures', capture({ id: 'c2', tabId: 8 }));
    await repaintBadge();
    expect(text).toEqual({ everywhere: '', 8: 'NEW' });
  });

  it('says so where access to the sites has been taken away', async () => {
    siteAccess = false;
    await repaintBadge();
    expect(text.everywhere).toBe('KEY');
  });

  it('tells of illness by the rows that are there', async () => {
    await rows.put('workspaces', workspace());
    await rows.put('destinations', destination({ state: 'unhealthy', incidentAt: NOW, illSince: NOW }));
    await repaintBadge();
    expect(text.everywhere).toBe('!1');
  });

  it('says when all was well, in the language of its texts', async () => {
    const checkedAt = NOW - HOUR;
    await rows.put('workspaces', workspace({ poll: { nextAt: NOW, misses: 0, lastAnsweredAt: checkedAt } }));
    await rows.put('destinations', destination());
    await repaintBadge();
    expect(title).toContain(new Intl.DateTimeFormat('en', CLOCK).format(checkedAt));
  });

  it('has the last word: what is written while it paints is painted as well, in one further round', async () => {
    const first = repaintBadge();
    const others = [repaintBadge(), repaintBadge()];
    await rows.put('captures', capture({ tabId: 7 }));
    await Promise.all([first, ...others, repaintBadge()]);
    expect(text[7]).toBe('NEW');
    expect(paints).toBeLessThanOrEqual(3);
  });
});
