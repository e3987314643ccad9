/** Two places in which consoles hide what they draw from a simple search of the page. */
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';

/** Draws into an open shadow root. */
export function InShadow({ children }: { children: ReactNode }) {
  const host = useRef<HTMLDivElement>(null);
  const [shadow, setShadow] = useState<ShadowRoot>();
  useLayoutEffect(() => {
    if (host.current) setShadow(host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' }));
  }, []);
  return <div ref={host}>{shadow && createPortal(children, shadow)}</div>;
}

/** Draws into a frame of the same origin. */
export function InFrame({ title, height, children }: { title: string; height: number; children: ReactNode }) {
  const [body, setBody] = useState<HTMLElement>();
  return (
    <>
      <iframe
        title={title}
        srcDoc="<!doctype html><html><body style='margin:0'></body></html>"
        style={{ border: 0, width: '100%', height }}
        onLoad={(event) => setBody(event.currentTarget.contentDocument?.body)}
      />
      {body && createPortal(children, body)}
    </>
  );
}
