import { act, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { CopyButton } from '../../components/CopyButton';

afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

const withClipboard = (writeText: (text: string) => Promise<void>) => {
  document.body.innerHTML = '<p role="status"></p><p role="alert"></p>';
  vi.stubGlobal('navigator', { clipboard: { writeText: vi.fn(writeText) } });
  render(<CopyButton text="the details">Copy details</CopyButton>);
  return screen.getByRole('button');
};

/** Without waiting for time to pass. */
const press = (button: HTMLElement) => act(async () => button.click());

it('a button that copies says so for two seconds, to the ear and to the eye', async () => {
  vi.useFakeTimers();
  const button = withClipboard(async () => {});
  await press(button);
  expect(navigator.clipboard.writeText).toHaveBeenCalledWith('the details');
  expect(button).toHaveAccessibleName('Copied');
  expect(button.querySelector('svg')).not.toBeNull();
  expect(screen.getByRole('status')).toHaveTextContent('Copied');
  act(() => vi.advanceTimersByTime(2000));
  expect(button).toHaveAccessibleName('Copy details');
});

it('a button that could not copy says so, and keeps its name', async () => {
  const button = withClipboard(() => Promise.reject(new Error('The document has no focus.')));
  await press(button);
  expect(button).toHaveAccessibleName('Copy details');
  expect(screen.getByRole('alert')).toHaveTextContent('Couldn’t copy. Try again.');
});
