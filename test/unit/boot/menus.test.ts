import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { makeMenus, onMenuClick, tickPause } from '../../../lib/boot/menus';
import { matchPatterns, platforms } from '../../../lib/platforms/index';
import { closeDatabase, rows } from '../../../lib/storage/database';
import { readSettings } from '../../../lib/storage/settings';
import { redditConversionToken } from '../../sandbox/tokens';

type Click = Parameters<typeof onMenuClick>[0];
type Tab = Parameters<typeof onMenuClick>[1];

let made: Record<string, { contexts: string[]; documentUrlPatterns?: string[]; checked?: boolean }>;
let opened: number;

beforeEach(() => {
  made = {};
  opened = 0;
  Object.assign(fakeBrowser, {
    contextMenus: {
      removeAll: async () => {
        made = {};
      },
      create: ({ id, ...rest }: { id: string; contexts: string[] }) => {
        made[id] = rest;
      },
      update: async (id: string, change: object) => {
        if (!made[id]) throw new Error('There is no such item');
        Object.assign(made[id], change);
      },
    },
  });
  Object.assign(fakeBrowser.action, {
    openPopup: async () => {
      opened += 1;
    },
  });
});
afterEach(() => closeDatabase({ remove: true }));

const [origin = ''] = platforms.find(({ id }) => id === 'reddit')?.origins ?? [];
const url = `${origin}/any`;
const tab = { id: 7, url } as Tab;
const click = (changes: object) =>
  ({ menuItemId: 'useSelection', frameId: 0, pageUrl: url, ...changes }) as Click;

it('are made for ad pages alone, and for our button', async () => {
  await makeMenus();
  expect(made.useSelection).toMatchObject({ contexts: ['selection'], documentUrlPatterns: matchPatterns });
  const rest = Object.entries(made).filter(([id]) => id !== 'useSelection');
  expect(rest.map(([, { contexts }]) => contexts)).toEqual([['action'], ['action'], ['action']]);
});

it('take a selected token, and bring up what became of it', async () => {
  await onMenuClick(click({ selectionText: redditConversionToken() }), tab);
  expect(await rows.all('captures')).toMatchObject([{ tabId: 7, tokens: [{ provenance: 'paste' }] }]);
  expect(opened).toBe(1);
});

it('take nothing from a frame or from another address', async () => {
  const selectionText = redditConversionToken();
  await onMenuClick(click({ selectionText, frameId: 2 }), tab);
  await onMenuClick(click({ selectionText }), { id: 7, url: `${origin}:9999/` } as Tab);
  expect(await rows.all('captures')).toEqual([]);
  expect(opened).toBe(0);
});

it('pause alerts until tomorrow, and lose the tick when that is over', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  await tickPause(); // before there are menus
  await makeMenus();
  await onMenuClick(click({ menuItemId: 'pause', checked: true }), undefined);
  await tickPause();
  expect(made.pause?.checked).toBe(true);
  vi.setSystemTime(((await readSettings()).pausedUntil ?? 0) + 1);
  await tickPause();
  expect(made.pause?.checked).toBe(false);
  await onMenuClick(click({ menuItemId: 'pause', checked: false }), undefined);
  expect(await readSettings()).not.toHaveProperty('pausedUntil');
  vi.useRealTimers();
});
