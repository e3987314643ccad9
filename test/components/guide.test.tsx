import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { OpenSidePanel } from '../../components/parts';
import { drawPanel, drawPopup } from './drawing';
import { type PopupFixture, panels, popups } from './fixtures';

const steps = (): HTMLElement[] => within(screen.getByRole('list')).getAllByRole('listitem');
const now = (): HTMLElement => {
  const found = steps().filter((step) => step.getAttribute('aria-current') === 'step');
  expect(found).toHaveLength(1);
  return found[0] as HTMLElement;
};

/** The same, with the person's page changed. */
const onPage = (fixture: PopupFixture, changes: object): PopupFixture => ({
  ...fixture,
  rows: { ...fixture.rows, pages: fixture.rows.pages.map((page) => ({ ...page, ...changes })) },
});

describe('the guide', () => {
  it('shows the steps in their order, and ticks those that the page shows to be done', async () => {
    await drawPanel(panels.panelGuide);
    const texts = steps().map(({ textContent }) => textContent);
    expect(texts[0]).toMatch(/^Done: Sign in to Reddit/);
    expect(texts[1]).toMatch(/^Done: .*Events Manager/);
    expect(texts[2]).toMatch(/^Now: Click “Conversions API”/);
    expect(texts[3]).toMatch(/^Next: Click “\+ Generate Access Token”/);
    expect(texts.at(-1)).toMatch(/^Next: Wait until the destination is healthy/);
  });

  it('goes on with the page, and offers the name to type', async () => {
    const { next } = await drawPopup(popups.rightSite);
    expect(now()).toHaveTextContent('Conversions API');
    await next(onPage(popups.rightSite, { screen: 'conversionTokens', landmarks: ['tokenList'] }));
    expect(now()).toHaveTextContent('+ Generate Access Token');
    await next(onPage(popups.rightSite, { screen: 'conversionTokens', landmarks: ['nameDialog'] }));
    expect(within(now()).getByText('Upstack Data')).toBeInTheDocument();
    expect(within(now()).getByRole('button', { name: 'Copy the name' })).toBeInTheDocument();
  });

  it('goes back to the sign-in when the person is signed out', async () => {
    await drawPopup(onPage(popups.rightSite, { screen: 'home', landmarks: ['signIn'] }));
    expect(now()).toHaveTextContent('Sign in to Reddit Ads Manager');
    expect(within(now()).getByRole('link', { name: 'Take me there' })).toHaveAttribute(
      'href',
      'https://ads.reddit.com/',
    );
  });

  it('helps whoever cannot see it, with words and with the guide of Upstack', async () => {
    const { person } = await drawPopup(popups.tokenPage);
    await person.click(within(now()).getByText('I can’t see this'));
    expect(within(now()).getByText(/Without admin rights it is missing/)).toBeVisible();
    expect(within(now()).getByRole('link', { name: 'Open Upstack’s guide' })).toHaveAttribute(
      'href',
      'https://docs.upstackdata.com/guides/reddit-ads/how-to-generate-reddit-conversion-api-token',
    );
  });

  it('says what to do when five tokens exist already', async () => {
    const { commands, person } = await drawPopup(popups.guideFiveTokens);
    expect(now()).toHaveTextContent('Reddit allows five tokens');
    await person.click(screen.getByRole('button', { name: 'Paste a token instead' }));
    expect(commands()).toEqual([{ type: 'capture.draft', platform: 'reddit' }]);
  });

  it('gives who is no admin a message for one, without anything secret', async () => {
    const copied = vi.spyOn(navigator.clipboard, 'writeText');
    const { person } = await drawPopup(popups.guideNoAdmin);
    await person.click(within(now()).getByRole('button', { name: 'Copy a message for an admin' }));
    expect(copied).toHaveBeenCalledWith(expect.stringContaining('in Reddit, with your admin role'));
  });

  it('asks what can be seen of its steps, in each document and on each screen, until it is gone', async () => {
    const { next, send } = await drawPopup(popups.rightSite);
    const asked = (): number => send.mock.calls.filter(([{ type }]) => type === 'guide.follow').length;
    expect(send.mock.calls[0]).toEqual([
      { type: 'guide.follow', tabId: popups.rightSite.rows.pages[0]?.tabId },
    ]);
    await next(onPage(popups.rightSite, { landmarks: ['signIn'], at: 1 }));
    expect(asked()).toBe(1);
    await next(onPage(popups.rightSite, { screen: 'conversionTokens' }));
    expect(asked()).toBe(2);
    await next(onPage(popups.rightSite, { screen: 'conversionTokens', page: 'another' }));
    expect(asked()).toBe(3);
    await next(popups.wrongSite);
    expect(asked()).toBe(3);
  });

  it('leads through a rotation, with its reason and the name of today, until it is stopped', async () => {
    const { commands, person } = await drawPopup(popups.guideRotate);
    expect(screen.getByText(/unhealthy with an authentication error/)).toBeInTheDocument();
    expect(within(now()).getByText('Upstack Data (rotated 2026-11-21)')).toBeInTheDocument();
    await person.click(screen.getByRole('button', { name: 'Stop the guide' }));
    expect(commands()).toEqual([{ type: 'guide.stop', platform: 'reddit' }]);
  });

  it('is there on other sites too once it was asked for', async () => {
    await drawPopup(popups.guideElsewhere);
    expect(now()).toHaveTextContent('Sign in to Reddit Ads Manager');
  });
});

it('a guide goes on after a send that Upstack did not take, and makes way elsewhere for one that it did', async () => {
  const sent = panels.panelRotated.rows.deliveries;
  const after = (outcome: 'rejected' | 'healthy'): PopupFixture => ({
    ...popups.guideRotate,
    rows: {
      ...popups.guideRotate.rows,
      deliveries: sent.map((row) => ({ ...row, outcome, dismissed: true })),
    },
  });
  const { next } = await drawPopup(after('rejected'));
  expect(screen.getByRole('button', { name: 'Stop the guide' })).toBeInTheDocument();
  expect(now()).toHaveTextContent('Give it this name');
  const healthy = after('healthy');
  await next({ ...healthy, rows: { ...healthy.rows, pages: [] } });
  expect(screen.queryByRole('button', { name: 'Stop the guide' })).toBeNull();
});

describe('the side panel', () => {
  it('begins with the ad managers, and leads on from there', async () => {
    const { commands, person } = await drawPanel(panels.panelStart);
    document.addEventListener('click', (event) => event.preventDefault(), { once: true }); // stays here
    await person.click(screen.getByRole('link', { name: 'Open Reddit Events Manager' }));
    expect(commands()).toEqual([{ type: 'guide.start', platform: 'reddit', job: 'create' }]);
  });

  it('shows what was captured and the steps beside it', async () => {
    await drawPanel(panels.panelReview);
    expect(screen.getByRole('button', { name: 'Send to Upstack' })).toBeEnabled();
    expect(now()).toHaveTextContent('Check what was captured, and send it.');
  });

  it('leads to the old token once the new one is healthy', async () => {
    await drawPanel(panels.panelRotated);
    expect(now()).toHaveTextContent('Delete the old token, once Upstack says it is safe.');
    expect(within(now()).getByText('Upstack Data')).toBeInTheDocument();
    expect(within(now()).getByRole('link', { name: 'Take me there' })).toHaveAttribute(
      'href',
      expect.stringContaining('/events-manager/conversion-tokens'),
    );
  });
});

describe('the way to the side panel', () => {
  it('is there where the browser has one, and opens it in the window of the popup', async () => {
    const open = vi.fn(async () => {});
    Object.assign(fakeBrowser, { sidePanel: { open } });
    Object.assign(fakeBrowser.windows, { getCurrent: async () => ({ id: 3 }) });
    const { person } = await drawPopup(popups.healthy);
    await person.click(await screen.findByRole('button', { name: 'Open side panel' }));
    expect(open).toHaveBeenCalledWith({ windowId: 3 });
  });

  it('is not there where the browser has none', async () => {
    await OpenSidePanel.bring();
    await drawPopup(popups.healthy);
    expect(screen.queryByRole('button', { name: 'Open side panel' })).toBeNull();
  });
});
