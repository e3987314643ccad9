import { readSettings } from '../lib/storage/settings';

/** Where a letter is a letter. */
const TEXT = 'input:not([type="checkbox"], [type="radio"]), textarea, select';
/** What a person goes through line by line. */
const LINES = '[role="option"], li > button, tbody tr[tabindex]';

const focusOn = (selector: string): void => document.querySelector<HTMLElement>(selector)?.focus();

const move = (step: number): void => {
  const lines = [...document.querySelectorAll<HTMLElement>(LINES)];
  const at = lines.indexOf(document.activeElement as HTMLElement);
  lines[at < 0 ? 0 : at + step]?.focus();
};

/**
 * What single keys do on all pages of ours, where nothing nearer to the focus has dealt with them: see the list at the
 * question mark. A letter may be a command of somebody's screen reader or voice control, so they can be switched off.
 */
export const pressKey = async (event: KeyboardEvent): Promise<void> => {
  const { key, target, defaultPrevented, ctrlKey, metaKey, altKey } = event;
  const at = target as Element;
  if (defaultPrevented || ctrlKey || metaKey || altKey) return;
  if (key === 'Escape') {
    at.closest('form, fieldset')?.querySelector<HTMLElement>('[data-cancel]')?.click();
    return;
  }
  if (at.matches(TEXT) || !(await readSettings()).singleKeys || document.querySelector('dialog')) return;
  switch (key) {
    case '?':
      await (await import('./KeyList')).showKeys();
      break;
    case '/':
      focusOn('input[type="search"]');
      break;
    case 'c':
      document.querySelector<HTMLElement>('[data-check]')?.click();
      break;
    case 'j':
      move(1);
      break;
    case 'k':
      move(-1);
      break;
  }
};
