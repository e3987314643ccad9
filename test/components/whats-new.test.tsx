import { screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { OpenSidePanel } from '../../components/parts';
import { SEEN } from '../../components/WhatsNew';
import { drawPopup } from './drawing';
import { popups } from './fixtures';

/** Every page that is drawn here is of this version. */
const HERE = '0.0.0';

const NEWS = `What’s new in ${HERE}`;
const line = () => screen.queryByRole('link', { name: NEWS });

beforeEach(async () => {
  localStorage.clear();
  await OpenSidePanel.bring();
});

it('is told of after an update, and of nothing at the first opening or without one', async () => {
  await drawPopup(popups.healthy);
  expect(line()).toBeNull();
  expect(localStorage.getItem(SEEN)).toBe(HERE);
  localStorage.setItem(SEEN, '0.0.0-before');
  document.body.replaceChildren();
  await drawPopup(popups.healthy);
  expect(line()).toBeInTheDocument();
  // Shown again for as long as it was neither read nor closed.
  expect(localStorage.getItem(SEEN)).toBe('0.0.0-before');
});

it.each(['link', 'button'] as const)('is over for good once its %s was pressed', async (role) => {
  localStorage.setItem(SEEN, '0.0.0-before');
  const { person } = await drawPopup(popups.healthy);
  // Nobody serves the page here.
  document.addEventListener('click', (event) => event.preventDefault(), { once: true });
  expect(line()).toHaveAttribute('href', '/whats-new.html');
  await person.click(screen.getByRole(role, { name: role === 'link' ? NEWS : 'Close' }));
  expect(line()).toBeNull();
  expect(localStorage.getItem(SEEN)).toBe(HERE);
});

it('is not told by a browser that keeps nothing for us', async () => {
  const keeps = vi.spyOn(globalThis, 'localStorage', 'get').mockImplementation(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  await drawPopup(popups.healthy);
  keeps.mockRestore();
  expect(line()).toBeNull();
});
