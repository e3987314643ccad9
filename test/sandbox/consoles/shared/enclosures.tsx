/** Two places in which consoles hide what they draw from a simple search of the page. */
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { ConsoleVariant } from '../../consoles-api';

/** Draws into an open shadow root. */
function InShadow({ children }: { children: ReactNode }) {
  const host = useRef<HTMLDivElement>(null);
  const [shadow, setShadow] = useState<ShadowRoot>();
  useLayoutEffect(() => {
    if (host.current) setShadow(host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' }));
  }, []);
  return <div ref={host}>{shadow && createPortal(children, shadow)}</div>;
}

/** Draws into a frame of the same origin. */
function InFrame({ title, height, children }: { title: string; height: number; children: ReactNode }) {
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

interface EnclosedProps {
  place: ConsoleVariant['tokenIn'];
  /** Of the frame, for those who cannot see it; and how high it is, in pixels. */
  title: string;
  height: number;
  /** Style rules of the page do not reach into a shadow root or a frame. */
  css: string;
  children: ReactNode;
}

/** Draws where the variant wants it: in a shadow root, in a frame, or right here. */
export function Enclosed({ place, title, height, css, children }: EnclosedProps) {
  const carried = <style>{css}</style>;
  if (place === 'shadow') {
    return (
      <InShadow>
        {carried}
        {children}
      </InShadow>
    );
  }
  if (place === 'frame') {
    return (
      <InFrame title={title} height={height}>
        {carried}
        {children}
      </InFrame>
    );
  }
  return children;
}
