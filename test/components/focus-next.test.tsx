import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useFocusNext } from '../../components/use-focus-next';

/** A list whose rows are drawn only after it was asked for, and a count that may change at any moment. */
const List = ({ handles }: { handles: { count?: () => void; show?: (row: string) => void } }) => {
  const [count, setCount] = useState(0);
  const [rows, setRows] = useState<string[]>([]);
  const { inside, focusNext } = useFocusNext((list: HTMLUListElement, row: string) =>
    list.querySelector(`[data-row="${row}"]`),
  );
  handles.count = () => setCount(count + 1);
  handles.show = (row) => {
    setRows([...rows, row]);
    focusNext(row);
  };
  return (
    <>
      <output>{count}</output>
      {rows.length > 0 && (
        <ul ref={inside}>
          {rows.map((row) => (
            <li key={row} data-row={row} tabIndex={-1}>
              {row}
            </li>
          ))}
        </ul>
      )}
    </>
  );
};

const host = document.createElement('div');
const root = () => createRoot(host);
let drawn: ReturnType<typeof root>;

// As in a browser: pictures come when they come, and nobody waits for what follows them.
beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false);
  document.body.append(host);
  drawn = root();
});
afterEach(() => {
  drawn.unmount();
  host.remove();
  vi.unstubAllGlobals();
});

const focused = () => document.activeElement?.getAttribute('data-row');

test('a key pressed just when another picture was drawn still moves the focus, and does so once', async () => {
  const handles: Parameters<typeof List>[0]['handles'] = {};
  drawn.render(<List handles={handles} />);
  await vi.waitFor(() => expect(host.textContent).toBe('0'));

  // The moment after a picture stands and before what follows it has run.
  const pressed = new Promise<void>((resolve) => {
    const observer = new MutationObserver(() => {
      observer.disconnect();
      handles.show?.('one');
      resolve();
    });
    observer.observe(host, { subtree: true, characterData: true, childList: true });
  });
  handles.count?.();
  await pressed;
  await vi.waitFor(() => expect(focused()).toBe('one'));

  (document.activeElement as HTMLElement).blur();
  handles.count?.();
  await vi.waitFor(() => expect(host.textContent).toBe('2one'));
  expect(focused()).toBeNull();
  handles.show?.('two');
  await vi.waitFor(() => expect(focused()).toBe('two'));
});
