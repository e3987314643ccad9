import { readdirSync, readFileSync } from 'node:fs';
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { say } from '../../components/live-regions';
import { drawPopup } from './drawing';
import { popups } from './fixtures';

const status = () => screen.getByRole('status');
const alert = () => screen.getByRole('alert');

describe('the live regions', () => {
  const pages = readdirSync('entrypoints', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  it.each(pages.map(({ name }) => name))(
    'stand in the HTML of %s, empty and outside of what is drawn',
    (name) => {
      const html = readFileSync(`entrypoints/${name}/index.html`, 'utf8').replace(/<link.*>/g, '');
      const { body } = new DOMParser().parseFromString(html, 'text/html');
      for (const role of ['status', 'alert']) {
        const [region, ...others] = body.querySelectorAll(`[role="${role}"]`);
        expect(others).toEqual([]);
        expect(region?.textContent).toBe('');
        expect(region?.closest('#root')).toBeNull();
      }
    },
  );

  it('say trouble as an alert while it stands, and a recovery as a status', async () => {
    const { next } = await drawPopup(popups.unhealthy);
    await waitFor(() => expect(alert()).toHaveTextContent(/Acme US\. Unhealthy/));
    expect(status()).toBeEmptyDOMElement();
    await next(popups.healthy);
    await waitFor(() => expect(status()).toHaveTextContent(/Acme US\. Healthy/));
    expect(alert()).toBeEmptyDOMElement();
  });

  it('say each step of a send', async () => {
    const { next } = await drawPopup(popups.sending);
    await waitFor(() => expect(status()).not.toBeEmptyDOMElement());
    const first = status().textContent;
    await next(popups.verifying);
    await waitFor(() => expect(status().textContent).not.toBe(first));
    expect(alert()).toBeEmptyDOMElement();
  });

  it('do not repeat themselves while nothing changes but the time', async () => {
    const { next } = await drawPopup(popups.ready);
    await waitFor(() => expect(status()).toHaveTextContent('Ready to send'));
    const changes: unknown[] = [];
    const observer = new MutationObserver((records) => changes.push(...records));
    observer.observe(status(), { childList: true, characterData: true, subtree: true });
    await next({
      ...popups.ready,
      around: { ...popups.ready.around, now: popups.ready.around.now + 60_000 },
    });
    expect(await screen.findByText(/42 minutes/)).toBeVisible();
    expect(changes).toEqual([]);
    say('status', 'Copied');
    await waitFor(() => expect(changes).not.toEqual([]));
    observer.disconnect();
  });

  it('show what was done to the eye for a while, whatever is said meanwhile', async () => {
    vi.useFakeTimers();
    const note = () => document.querySelector('.shown.status');
    await drawPopup(popups.healthy);
    say('status', 'Saved.', { shown: true });
    say('status', 'Copied');
    expect(note()).toHaveTextContent('Saved.');
    vi.advanceTimersByTime(5_900);
    say('status', 'Saved again.', { shown: true });
    vi.advanceTimersByTime(5_900);
    expect(note()).toHaveTextContent('Saved again.');
    vi.advanceTimersByTime(200);
    expect(note()).toBeNull();
    vi.useRealTimers();
  });

  it('show what was not taken until the person does something else', async () => {
    const { person } = await drawPopup(popups.healthy);
    const note = () => document.querySelector('.shown.alert');
    say('alert', 'It was not taken.', { shown: true });
    await person.click(screen.getByRole('heading', { name: /Healthy/ }));
    expect(note()).toHaveTextContent('It was not taken.');
    await person.click(screen.getByRole('button', { name: 'Check now' }));
    expect(note()).toBeNull();
  });

  it('say the same words a second time as news', async () => {
    await drawPopup(popups.healthy);
    say('alert', 'It was not taken.');
    const first = alert().textContent;
    say('alert', 'It was not taken.');
    expect(alert().textContent).not.toBe(first);
    expect(alert()).toHaveTextContent('It was not taken.');
  });
});
