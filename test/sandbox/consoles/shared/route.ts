import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

/** The path of the address, followed as the single-page application moves. */
export const usePath = () => useSyncExternalStore(subscribe, () => location.pathname);

/** Goes to another page of the application; no request is made, as on the real consoles. */
export function navigate(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', path);
  else history.replaceState(null, '', path);
  for (const listener of listeners) listener();
}

/** For links: a plain click stays in the application; a click with a modifier key is left to the browser. */
export function follow(event: {
  preventDefault(): void;
  currentTarget: EventTarget;
  metaKey?: boolean;
  ctrlKey?: boolean;
}) {
  if (event.metaKey || event.ctrlKey) return;
  const { href } = event.currentTarget as HTMLAnchorElement;
  const url = new URL(href, location.href);
  if (url.origin !== location.origin) return;
  event.preventDefault();
  navigate(url.pathname);
}
