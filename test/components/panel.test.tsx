import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { csvOf, detailOf, whatOf } from '../../components/history-texts';
import { sentence } from '../../components/texts';
import type { Destination, HistoryEntry } from '../../lib/storage/rows';
import { usualSettings } from '../../lib/storage/settings';
import { redditConversionToken } from '../sandbox/tokens';
import { drawPanel } from './drawing';
import { destination, NOW, panels, workspace } from './fixtures';

beforeEach(() => window.history.replaceState(undefined, '', '#'));

const options = () => screen.getAllByRole('option').filter((one) => one.hasAttribute('data-key'));
const option = (name: RegExp) => screen.getByRole('option', { name });
const mutes = (keys: string[], span = 'hour') => ({ type: 'destination.mute', keys, span });

describe('the tab of destinations', () => {
  it('lists them by workspace, trouble first', async () => {
    await drawPanel(panels.panelDestinations);
    expect(screen.getByRole('listbox', { name: 'Acme Outdoors' })).toBeInTheDocument();
    expect(options()).toHaveLength(27);
    expect(options()[0]).toHaveAccessibleName(/Acme US.*Unhealthy/);
  });

  it('finds by words, by status and by platform, and says when there is nothing', async () => {
    const { person } = await drawPanel(panels.panelDestinations);
    await person.selectOptions(screen.getByRole('combobox', { name: 'Status' }), 'trouble');
    expect(options()).toHaveLength(2);
    await person.selectOptions(screen.getByRole('combobox', { name: 'Platform' }), 'Pinterest');
    expect(options()).toHaveLength(1);
    await person.type(screen.getByRole('searchbox', { name: 'Find a destination' }), 'nobody');
    expect(screen.getByText(sentence('panel.noneFits'))).toBeInTheDocument();
    await person.click(screen.getByRole('button', { name: 'Show all' }));
    expect(options()).toHaveLength(27);
    expect(screen.getByRole('searchbox')).toHaveFocus();
    await person.keyboard('nobody');
    expect(screen.getByText(sentence('destination.notFound'))).toBeInTheDocument();
  });

  it('is worked by keys alone: moves, selects, checks, mutes, opens', async () => {
    const { person, commands } = await drawPanel(panels.panelDestinations);
    options()[0]?.focus();
    await person.keyboard('{ArrowDown}');
    expect(options()[1]).toHaveFocus();
    expect(options().filter(({ tabIndex }) => tabIndex === 0)).toEqual([options()[1]]);
    await person.keyboard('k ');
    expect(options()[0]).toHaveFocus();
    expect(options()[0]).toHaveAttribute('aria-selected', 'true');
    await person.keyboard('jm');
    await person.keyboard(' m');
    expect(commands()).toEqual([mutes(['w1/d2']), mutes(['w1/d1', 'w1/d2'])]);
    await person.keyboard('c');
    expect(commands().slice(2)).toMatchObject([
      { type: 'health.checkNow', destinationId: 'd1' },
      { type: 'health.checkNow', destinationId: 'd2' },
    ]);
    await person.keyboard('{Enter}');
    expect(screen.getByRole('heading', { name: /Bolt Shoes/ })).toBeInTheDocument();
  });

  it('lets letters alone when they are switched off, and keeps arrows and space', async () => {
    const { person, commands } = await drawPanel({
      ...panels.panelDestinations,
      settings: { ...usualSettings, tab: 'destinations', singleKeys: false },
    });
    options()[0]?.focus();
    await person.keyboard('jmc');
    expect(options()[0]).toHaveFocus();
    expect(commands()).toEqual([]);
    await person.keyboard(' {ArrowDown}');
    expect(options()[0]).toHaveAttribute('aria-selected', 'true');
    expect(options()[1]).toHaveFocus();
  });

  it('shows one with its last hours and days, the number of the same log, and what was done', async () => {
    const { person } = await drawPanel(panels.panelDestinations);
    await person.click(option(/Acme US/));
    const pictures = screen.getByRole('region', { name: 'History' });
    expect(within(pictures).getAllByRole('img')).toHaveLength(3);
    expect(
      within(pictures).getByRole('img', {
        name: /^Last 30 days: healthy \d+, unhealthy \d+, not checked \d+/,
      }),
    ).toBeInTheDocument();
    expect(within(pictures).getByText(/^30 days: 9\d(\.\d)?% healthy$/)).toBeInTheDocument();
    expect(within(pictures).getByText('Token replaced')).toBeInTheDocument();
    expect(within(pictures).getByText('Token ••••••••k9Qd.')).toBeInTheDocument();
    await person.click(screen.getByRole('button', { name: 'Back to all destinations' }));
    expect(options()).toHaveLength(27);
  });

  it('reads a bar out segment by segment', async () => {
    const { person } = await drawPanel(panels.panelDestinations);
    await person.click(option(/Acme US/));
    screen.getByRole('group', { name: 'Last 24 hours' }).focus();
    await person.keyboard('{ArrowLeft}');
    expect(screen.getByRole('status')).toHaveTextContent(/: unhealthy for 30 min\./);
    await person.keyboard('{ArrowLeft}'.repeat(20));
    expect(screen.getByRole('status')).toHaveTextContent(/: healthy$/);
  });

  it('lets one that is gone be put away, and brings it back', async () => {
    const { rows, ...panel } = panels.panelDestinations;
    const [first, ...others] = rows.destinations;
    const gone = { ...(first as (typeof rows.destinations)[number]), goneAt: NOW };
    const drawn = (one: Destination) => ({ ...panel, rows: { ...rows, destinations: [one, ...others] } });
    const { person, commands, next } = await drawPanel(drawn(gone));
    await person.click(option(/Acme US/));
    await person.click(screen.getByRole('button', { name: 'Got it' }));
    await next(drawn({ ...gone, dismissed: true, dismissedAt: NOW }));
    expect(options()).toHaveLength(26);
    await person.click(screen.getByRole('button', { name: 'Undo' }));
    expect(commands()).toEqual([
      { type: 'destination.dismiss', key: gone.key },
      { type: 'destination.undoDismiss', key: gone.key },
    ]);
    await next(drawn(gone));
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Got it' })).toBeInTheDocument();
  });

  it('says that one is muted, and ends it', async () => {
    const { person, commands } = await drawPanel(panels.panelMuted);
    expect(option(/Alerts muted/)).toBeInTheDocument();
    await person.click(option(/Acme US/));
    await person.selectOptions(screen.getByRole('combobox', { name: 'Mute alerts' }), 'off');
    expect(commands()).toEqual([mutes(['w1/d1'], 'off')]);
  });

  it('offers for ten seconds to take a mute back, from those that were not muted before', async () => {
    const destinations = panels.panelDestinations.rows.destinations.map((row) =>
      row.id === 'd2' ? { ...row, mute: { since: NOW } } : row,
    );
    const fixture = { ...panels.panelDestinations, rows: { ...panels.panelDestinations.rows, destinations } };
    const { person, commands, next } = await drawPanel(fixture);
    options()[0]?.focus();
    await person.keyboard(' {ArrowDown} m');
    await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('Alerts muted.'));
    await person.click(screen.getByRole('button', { name: 'Undo' }));
    expect(commands()).toEqual([mutes(['w1/d1', 'w1/d2']), mutes(['w1/d1'], 'off')]);
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
    await person.keyboard('m');
    options()[2]?.focus();
    await person.keyboard('m');
    expect(await screen.findByRole('button', { name: 'Undo' })).toBeVisible();
    next({ ...fixture, around: { ...fixture.around, now: NOW + 10_000 } });
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  });

  it('opens what a notice is about', async () => {
    window.history.replaceState(undefined, '', '#destination=w1%2Fd2');
    await drawPanel({ ...panels.panelDestinations, settings: usualSettings });
    expect(screen.getByRole('tab', { name: 'Destinations' })).toHaveAttribute('aria-selected', 'true');
    expect(screen.getByRole('heading', { name: /Bolt Shoes/ })).toBeInTheDocument();
  });

  it('leads back to the row that was opened', async () => {
    const { person } = await drawPanel(panels.panelDestinations);
    options()[2]?.focus();
    await person.keyboard('{Enter}');
    await waitFor(() => expect(screen.getByRole('heading', { name: /Cedar Home/ })).toHaveFocus());
    await person.keyboard('{Escape}');
    expect(options()[2]).toHaveFocus();
    expect(options()[2]).toHaveAccessibleName(/Cedar Home/);
  });

  it('keeps the focus in the list when a selection ends', async () => {
    const { person } = await drawPanel(panels.panelDestinations);
    options()[1]?.focus();
    await person.keyboard(' ');
    await person.click(screen.getByRole('button', { name: 'Select none' }));
    expect(options()[1]).toHaveFocus();
    expect(screen.queryByText('Selected: 1')).toBeNull();
  });

  it('draws a hundred of thousands, those with trouble first, and the next hundred on demand', async () => {
    // Without their pictures, and without asking for roles: both are slow for so many.
    const { history: _history, ...fixture } = panels.panelThousands;
    await drawPanel(fixture);
    const rows = () => [...document.querySelectorAll<HTMLElement>('[role="option"][data-key]')];
    expect(rows()).toHaveLength(100);
    expect(rows().filter(({ textContent }) => textContent?.includes('Unhealthy'))).toHaveLength(5);
    expect(rows()[0]).toHaveTextContent(/Client 8 shop 2.*Unhealthy/);
    const known = new Set(rows());
    fireEvent.click(screen.getByText('Show more (2,900 left)'));
    expect(rows()).toHaveLength(200);
    // Whoever asked goes on where the new ones begin.
    const focused = document.activeElement as HTMLElement;
    expect(rows()).toContain(focused);
    expect(known.has(focused)).toBe(false);
    // Nobody has to page through them to find one.
    fireEvent.change(screen.getByLabelText('Find a destination'), {
      target: { value: 'Client 50 shop 60' },
    });
    expect(rows()).toHaveLength(1);
  });

  it('says in every tab that there is no network', async () => {
    await drawPanel(panels.panelOffline);
    expect(screen.getByRole('heading', { name: sentence('offline.heading') })).toBeInTheDocument();
  });

  it('says in every tab that the background does not answer', async () => {
    await drawPanel(panels.panelDead);
    expect(await screen.findByRole('heading', { name: sentence('dead.heading') })).toBeInTheDocument();
  });

  it('says what to do while there is none', async () => {
    await drawPanel(panels.panelNoDestinations);
    expect(screen.getByText(sentence('panel.noDestinations'))).toBeInTheDocument();
  });
});

describe('the tabs', () => {
  it('are remembered', async () => {
    const { person, commands } = await drawPanel(panels.panelHistory);
    expect(screen.getByRole('tab', { name: 'History' })).toHaveAttribute('aria-selected', 'true');
    await person.click(screen.getByRole('tab', { name: 'Set up' }));
    expect(commands()).toEqual([{ type: 'settings.change', change: { tab: 'setUp' } }]);
    expect(location.hash).toBe('#setUp');
  });

  it('are moved between by arrow keys, and are one stop for Tab', async () => {
    const { person } = await drawPanel(panels.panelHistory);
    screen.getByRole('tab', { name: 'History' }).focus();
    await person.keyboard('{ArrowRight}');
    const first = screen.getByRole('tab', { name: 'Set up' });
    expect(first).toHaveFocus();
    expect(first).toHaveAttribute('aria-selected', 'true');
    await person.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(screen.getByRole('tab', { name: 'Destinations' })).toHaveFocus();
    await person.tab();
    expect(screen.queryAllByRole('tab').some((tab) => tab === document.activeElement)).toBe(false);
  });
});

describe('the tab of history', () => {
  it('shows workspaces by day, and every change in words', async () => {
    const { person } = await drawPanel(panels.panelHistory);
    const grid = screen.getByRole('table', { name: 'Workspaces by day' });
    expect(within(grid).getByRole('row', { name: /Acme Outdoors/ })).toBeInTheDocument();
    expect(screen.getAllByText('Turned unhealthy')).toHaveLength(3);
    await person.selectOptions(screen.getByRole('combobox', { name: 'Show' }), 'w1/h1');
    expect(screen.getAllByText('Turned unhealthy')).toHaveLength(1);
  });

  it('names the workspace of each change, and marks it by its colour, only where there are several', async () => {
    /** Beside a name, and never instead of it. */
    const marked = (selector: string) =>
      [...document.querySelectorAll<HTMLElement>(`${selector} [data-colour]`)].map(
        ({ dataset, parentElement }) => `${dataset.colour} ${parentElement?.textContent}`,
      );
    await drawPanel(panels.panelHistory);
    expect(screen.queryByText('Reddit · Acme US · Acme Outdoors')).toBeNull();
    expect(marked('body')).toEqual([]);
    expect(screen.getAllByText('Reddit · Acme US')[0]).toBeVisible();
    cleanup();
    const workspaces = [workspace(), workspace({ id: 'w2', name: 'Bolt Shoes', colour: 'pink' })];
    const destinations = [destination(), destination({ key: 'w2/d1', workspaceId: 'w2' })];
    const rows = { ...panels.panelHistory.rows, workspaces, destinations };
    const { person } = await drawPanel({ ...panels.panelHistory, rows });
    expect(screen.getAllByText('Reddit · Acme US · Acme Outdoors')[0]).toBeVisible();
    expect(marked('p')[0]).toBe('blue Reddit · Acme US · Acme Outdoors');
    expect(marked('header')).toHaveLength(1);
    expect(marked('th')).toEqual(['blue Acme Outdoors', 'pink Bolt Shoes']);
    await person.click(screen.getByRole('tab', { name: 'Destinations' }));
    expect(marked('h2')).toEqual(['blue Acme Outdoors', 'pink Bolt Shoes']);
  });

  it('pages through thousands of lines', async () => {
    const { rows, ...fixture } = panels.panelHistoryThousands;
    await drawPanel({ ...fixture, rows: { ...rows, destinations: [] } });
    const lines = () => [...document.querySelectorAll('tbody tr[tabindex]')];
    expect(lines()).toHaveLength(50);
    fireEvent.click(screen.getByText(/^Show more \(\d,\d{3} left\)$/));
    expect(lines()).toHaveLength(100);
    expect(lines()[50]).toHaveFocus();
  });

  it('says that nothing happened yet', async () => {
    await drawPanel(panels.panelNoHistory);
    expect(screen.getByText(sentence('history.empty'))).toBeInTheDocument();
  });
});

describe('the exported file', () => {
  const names = { destinations: [destination()], workspaces: [workspace({ name: '=HYPERLINK("x")' })] };
  const at = Date.UTC(2026, 10, 1);
  const entry = (changes: Partial<HistoryEntry>): HistoryEntry => ({
    v: 1,
    id: 'e',
    at,
    workspaceId: 'w1',
    what: 'sent',
    ...changes,
  });

  it('has a line for each entry, newest first, and no formula', () => {
    const lines = csvOf(
      [entry({}), entry({ at: at + 1, destinationId: 'd1', what: 'rotated' })],
      names,
    ).split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toBe(
      `"2026-11-01T00:00:00.001Z","'=HYPERLINK(""x"")","Reddit · Acme US","Token replaced",""`,
    );
  });

  it('has no token in it, whatever things are called', () => {
    const token = redditConversionToken();
    const file = csvOf([entry({ destinationId: 'd1' })], {
      ...names,
      destinations: [destination({ name: `Acme ${token}` })],
    });
    expect(file).toContain('(left out)');
    expect(file).not.toContain(token.slice(0, 12));
  });

  it.each<[Partial<HistoryEntry>, string, string]>([
    [{ what: 'health', facts: { to: 'healthy' } }, 'First seen: Healthy', ''],
    [
      {
        what: 'health',
        destinationId: 'd1',
        facts: { from: 'healthy', to: 'unhealthy', reason: 'token_invalid' },
      },
      'Turned unhealthy',
      'platforms.reddit.cause.token_invalid',
    ],
    [{ what: 'health', facts: { from: 'degraded', to: 'healthy' } }, 'Healthy again', ''],
    [{ what: 'health', facts: { from: 'healthy', to: 'pending' } }, 'Now: Not checked yet', ''],
    [{ what: 'late' }, 'Not healthy within 5 minutes of a send', ''],
    [{ what: 'sent', facts: { mask: '••••k9Qd' } }, 'Token sent', 'Token ••••k9Qd.'],
  ])('says what happened: %j', (changes, what, detail) => {
    expect(whatOf(entry(changes))).toBe(what);
    expect(detailOf(entry(changes), names)).toBe(sentence(detail, {}, detail));
  });
});
