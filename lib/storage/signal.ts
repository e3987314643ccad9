import type { Rows } from './rows';

const CHANNEL = 'rows';
const SWITCH = 'switch';

export type StoreName = keyof Rows;

let outgoing: BroadcastChannel | undefined;

/** Tells every context of the extension, this one too, that a store has changed. Carries no row. */
export const announce = (store: StoreName): void => {
  outgoing ??= new BroadcastChannel(CHANNEL);
  outgoing.postMessage(store);
};

/**
 * Calls the listener with the name of each store that changes, until the returned function is called.
 * Not `storage.onChanged`: that would hand the values of `storage.session`, the secrets, to every page of ours.
 */
export const onRowsChanged = (listener: (store: StoreName) => void): (() => void) => {
  const incoming = new BroadcastChannel(CHANNEL);
  incoming.onmessage = (event: MessageEvent<StoreName>) => listener(event.data);
  return () => incoming.close();
};

/** Tells every page of ours that other rows hold from now on: sample data, or the person's own again. */
export const announceSwitch = (): void => {
  const channel = new BroadcastChannel(SWITCH);
  channel.postMessage('switched');
  channel.close();
};

/** Calls the listener when other rows hold. For as long as the page is there. */
export const onSwitch = (listener: () => void): void => {
  new BroadcastChannel(SWITCH).onmessage = listener;
};
