import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { ReasonCode } from '../../lib/platforms/definition';
import { platforms } from '../../lib/platforms/index';
import { HOUR } from '../../lib/terms/time';
import { drawPopup } from './drawing';
import { NOW, type PopupFixture, popups } from './fixtures';

const withReason = (code: ReasonCode, type = 'reddit'): PopupFixture => ({
  ...popups.unhealthy,
  rows: {
    ...popups.unhealthy.rows,
    destinations: popups.unhealthy.rows.destinations.map((row) => ({
      ...row,
      type,
      health: { ...row.health, reason: { code } },
    })),
  },
});

const rowOf = (title: string | RegExp): HTMLElement => {
  const row = screen.getByText(title).closest('li');
  if (!row) throw new Error(`No row ${title}`);
  return row;
};

/** Where the focus goes when the popup opens. */
const main = (): Element[] => [...document.querySelectorAll('article [data-first]')];

describe('an unhealthy destination', () => {
  it('has one sentence of cause, one thing to do, and a list of what was checked', async () => {
    await drawPopup(popups.unhealthy);
    expect(screen.getByText(/^Reddit refused the token/)).toBeInTheDocument();
    expect(main()).toHaveLength(1);
    expect(main()[0]).toHaveTextContent('Generate a new token');
    expect(rowOf('Reddit answers')).toHaveTextContent('Passed · It answered.');
    expect(rowOf(/^Token still listed in Reddit/)).toHaveTextContent('Can’t tell from here');
    expect(rowOf('You are an admin of the ad account')).toHaveTextContent('Can’t tell from here');
    await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent('Unhealthy'));
  });

  it.each(
    platforms.flatMap(({ id, remedies }) =>
      Object.entries(remedies).map(([code, remedy]) => [id, code, remedy]),
    ),
  )(
    'of %s with %s has exactly one main button; a new token only when the token is bad',
    async (id, code, remedy) => {
      await drawPopup(withReason(code as ReasonCode, id));
      expect(main()).toHaveLength(1);
      const suggests = screen.queryByRole('button', { name: 'Generate a new token' });
      if (code === 'token_invalid') expect(suggests).not.toBeNull();
      else expect(suggests).toBeNull();
      expect(remedy === 'rotateToken').toBe(code === 'token_invalid');
    },
  );

  it('begins the rotation with its reason', async () => {
    const { person, commands } = await drawPopup(popups.unhealthy);
    await person.click(screen.getByRole('button', { name: 'Generate a new token' }));
    expect(commands()).toEqual([
      {
        type: 'guide.start',
        platform: 'reddit',
        job: 'rotate',
        workspaceId: 'w1',
        destinationId: 'd1',
        reason: 'authentication',
      },
    ]);
  });

  it('shows the steps of a test that was asked for', async () => {
    await drawPopup(popups.unhealthyMismatch);
    expect(screen.getByText('Account check: failed')).toBeInTheDocument();
    expect(screen.getByText('Test event: left out')).toBeInTheDocument();
    expect(rowOf('Token made for the right ad account')).toHaveTextContent('Failed');
  });

  it('copies for the support what they need, and no hint of a token', async () => {
    const { person } = await drawPopup(popups.unhealthy);
    const copied = vi.spyOn(navigator.clipboard, 'writeText');
    await person.click(screen.getByRole('button', { name: 'Copy details for support' }));
    const [text = ''] = copied.mock.calls[0] ?? [];
    expect(text).toContain('Reason from Upstack: token_invalid');
    expect(text).toContain('Reddit Pixel ID: a2_f7k2m9x4q1zt');
    expect(text).toContain('Upstack Capture: 0.0.0');
    expect(text).not.toMatch(/sha256|•|upstack_|eyJ/);
  });

  it('has a message for an admin where the account is the matter', async () => {
    const { person } = await drawPopup(popups.unhealthyMismatch);
    const copied = vi.spyOn(navigator.clipboard, 'writeText');
    await person.click(screen.getByRole('button', { name: 'Copy a message for an admin' }));
    expect(copied).toHaveBeenCalledWith(expect.stringContaining('account with Pixel ID a2_f7k2m9x4q1zt'));
  });
});

describe('a destination that is healthy again', () => {
  it('says for how long it was not, for a day', async () => {
    await drawPopup(popups.recovered);
    expect(await screen.findByText('Healthy again. Unhealthy for 2 h 10 min.')).toBeInTheDocument();
  });

  it('says no more of it afterwards', async () => {
    const [row] = popups.recovered.rows.destinations;
    if (!row) throw new Error('Nothing has recovered.');
    const health = { ...row.health, recovered: { at: NOW - 25 * HOUR, after: HOUR } };
    await drawPopup({
      ...popups.recovered,
      rows: { ...popups.recovered.rows, destinations: [{ ...row, health }] },
    });
    await screen.findByRole('heading', { name: /Healthy$/ });
    await waitFor(() => expect(document.querySelector('figure, [role="img"]')).not.toBeNull());
    expect(screen.queryByText(/Healthy again/)).toBeNull();
  });
});

describe('the four troubles', () => {
  it('look different, and only the first of them alarms', async () => {
    const looks: Record<string, string> = {};
    for (const name of ['unhealthy', 'platformTrouble', 'upstackSilent', 'keyRefused'] as const) {
      document.body.replaceChildren();
      await drawPopup(popups[name]);
      const [heading] = screen.getAllByRole('heading', { level: 2 });
      looks[name] = heading?.textContent ?? '';
      const advised = screen.queryByRole('button', { name: 'Generate a new token' });
      expect(advised !== null, name).toBe(name === 'unhealthy');
    }
    expect(new Set(Object.values(looks)).size).toBe(4);
    expect(looks.platformTrouble).toContain('Platform has trouble');
    expect(looks.upstackSilent).toContain('Couldn’t check since');
  });

  it('of the platform wait, and can be checked', async () => {
    const { person, commands } = await drawPopup(popups.platformTrouble);
    const checks = screen.getAllByRole('button', { name: 'Check now' });
    expect(checks).toHaveLength(1);
    await person.click(checks[0] as HTMLElement);
    expect(commands()).toEqual([{ type: 'health.checkNow', workspaceId: 'w1', destinationId: 'd1' }]);
  });

  it('of Upstack say that it is not the destination, and what was last known', async () => {
    await drawPopup(popups.upstackSilent);
    expect(screen.getByText(/Upstack has a fault of its own/)).toBeInTheDocument();
    expect(screen.getByText(/Last known: Healthy/)).toBeInTheDocument();
  });
});
