import { useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import { Button } from './Button';
import css from './KeyList.module.css';

interface Shortcut {
  keys: string;
  /** What it does. */
  text: string;
}

/** In pages of ours. */
const ownKeys = (): Shortcut[] => [
  { keys: '?', text: i18n.t('keys.list') },
  { keys: '/', text: i18n.t('keys.search') },
  { keys: '↑ ↓, j k', text: i18n.t('keys.move') },
  { keys: i18n.t('keys.enter'), text: i18n.t('keys.open') },
  { keys: i18n.t('keys.space'), text: i18n.t('keys.select') },
  { keys: 'c', text: i18n.t('keys.check') },
  { keys: 'm', text: i18n.t('keys.mute') },
  { keys: 'Esc', text: i18n.t('keys.close') },
];

/** Those that the person can change in the browser. */
const readShortcuts = async (): Promise<Shortcut[]> =>
  (await browser.commands.getAll()).flatMap(({ name, description, shortcut }) =>
    shortcut
      ? {
          keys: shortcut,
          text: name === '_execute_action' ? i18n.t('keys.popup') : description || i18n.t('panel.open'),
        }
      : [],
  );

const Rows = ({ rows }: { rows: readonly Shortcut[] }) => (
  <dl className={css.keys}>
    {rows.map((row) => (
      <div key={row.keys}>
        <dt>
          <kbd dir="ltr">{row.keys}</kbd>
        </dt>
        <dd>{row.text}</dd>
      </div>
    ))}
  </dl>
);

export const KeyList = ({ shortcuts, onClose }: { shortcuts: readonly Shortcut[]; onClose: () => void }) => {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className={css.dialog} aria-labelledby="keys-heading" onClose={onClose}>
      <h2 id="keys-heading">{i18n.t('keys.heading')}</h2>
      <Rows rows={ownKeys()} />
      {shortcuts.length > 0 && (
        <>
          <h3>{i18n.t('keys.anywhere')}</h3>
          <Rows rows={shortcuts} />
        </>
      )}
      <p>{i18n.t('keys.change')}</p>
      <Button autoFocus onClick={() => dialog.current?.close()}>
        {i18n.t('keys.closeList')}
      </Button>
    </dialog>
  );
};

/** Over the page, until it is closed; then the focus is where it was. */
export const showKeys = async (): Promise<void> => {
  const shortcuts = await readShortcuts();
  if (document.querySelector('dialog')) return;
  const { activeElement } = document;
  const place = document.createElement('div');
  document.body.append(place);
  const root = createRoot(place);
  const close = () => {
    root.unmount();
    place.remove();
    if (activeElement instanceof HTMLElement) activeElement.focus();
  };
  // At once: a second press must find it there.
  flushSync(() => root.render(<KeyList shortcuts={shortcuts} onClose={close} />));
};
