import { act, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { NowContext, RelativeTime } from '../../components/RelativeTime';
import { useNow } from '../../components/use-surroundings';
import { MINUTE } from '../../lib/terms/time';
import { NOW } from './fixtures';

const Seen = () => (
  <NowContext value={useNow(1000)}>
    <RelativeTime at={NOW} />
  </NowContext>
);

const hide = (hidden: boolean) =>
  act(() => {
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
    document.dispatchEvent(new Event('visibilitychange'));
  });

const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('how long ago goes on while it is in sight, rests while it is not, and is right again at once', () => {
  vi.useFakeTimers({ now: NOW });
  render(<Seen />);
  const time = screen.getByText('just now');
  expect(time).toHaveAttribute('datetime', new Date(NOW).toISOString());
  expect(time).toHaveAttribute('title', expect.stringContaining('2026'));
  pass(2 * MINUTE);
  expect(time).toHaveTextContent('2 min ago');
  hide(true);
  pass(3 * MINUTE);
  expect(time).toHaveTextContent('2 min ago');
  hide(false);
  expect(time).toHaveTextContent('5 min ago');
});
