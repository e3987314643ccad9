import type { Case, Lair, Stranger } from '../case';

/** What lies around on a page besides what it shows: litter, other extensions, frames, and restlessness. */

const add = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  set: (element: HTMLElementTagNameMap[Tag]) => void,
): void => {
  const element = document.createElement(tag);
  set(element);
  document.body.append(element);
};

/** Leaves a value in a place where nobody sees it. */
export const leave: Record<Lair, (value: string) => void> = {
  comment: (value) => document.body.append(document.createComment(` ${value} `)),
  template: (value) => add('template', ({ content }) => content.append(value)),
  noscript: (value) => add('noscript', (element) => element.append(value)),
  title: (value) => {
    document.title = value;
  },
  metaTag: (value) =>
    add('meta', (meta) => {
      meta.name = 'token';
      meta.content = value;
    }),
  scriptText: (value) =>
    add('script', (script) => script.append(`window.pageState = { session: ${JSON.stringify(value)} };`)),
  scriptJson: (value) =>
    add('script', (script) => {
      script.type = 'application/json';
      script.append(JSON.stringify({ session: { accessToken: value } }));
    }),
  styleText: (value) =>
    add('style', (style) => style.append(`.zoo-unused { background: url("data:,${value}") }`)),
  cssContent: (value) => add('style', (style) => style.append(`body::after { content: "${value}" }`)),
  dataAttribute: (value) =>
    add('div', (element) => {
      element.dataset.token = value;
      element.append('i');
    }),
  titleAttribute: (value) =>
    add('abbr', (element) => {
      element.title = value;
      element.append('i');
    }),
  altAttribute: (value) =>
    add('img', (element) => {
      // A picture that loads: of one that does not, the browser would draw the text.
      element.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
      element.alt = value;
    }),
  ariaLabel: (value) =>
    add('button', (element) => {
      element.ariaLabel = value;
      element.append('i');
    }),
  hiddenInput: (value) =>
    add('input', (element) => {
      element.type = 'hidden';
      element.value = value;
    }),
  hiddenArea: (value) =>
    add('textarea', (element) => {
      element.hidden = true;
      element.value = value;
    }),
  closedSelect: (value) =>
    add('select', (element) => {
      element.append(new Option('–', '', true, true), new Option(value, value));
      element.style.width = '6em';
    }),
  datalist: (value) => add('datalist', (element) => element.append(new Option(value, value))),
  canvasFallback: (value) => add('canvas', (element) => element.append(value)),
  iframeFallback: (value) => add('iframe', (element) => element.append(value)),
  localStorage: (value) => localStorage.setItem('token', value),
  sessionStorage: (value) => sessionStorage.setItem('token', value),
  cookie: (value) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API tells the page of it only later
    document.cookie = `token=${value}; secure`;
  },
  global: (value) => {
    Object.assign(window, { accessToken: value });
  },
  history: (value) =>
    history.replaceState(
      { token: value },
      '',
      `${location.pathname}${location.search}#access_token=${value}`,
    ),
};

/** Draws a value as another extension's interface would: in a node that is not the page's. */
export const drawStranger = ({ kind, value }: { kind: Stranger; value: string }): void => {
  const host = document.createElement(kind === 'knownElement' ? 'com-1password-menu' : 'div');
  const root = host.attachShadow({ mode: 'open' });
  const box = document.createElement('div');
  box.textContent = value;
  box.style.cssText = 'position: fixed; right: 0; bottom: 0; width: 20em; background: white';
  if (kind === 'extensionStyle') {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = `chrome-extension://${'abcdefghijklmnop'.repeat(2)}/overlay.css`;
    root.append(link);
  }
  root.append(box);
  if (kind === 'besideBody') document.documentElement.append(host);
  else document.body.append(host);
};

export const drawFrame = ({ url, sandbox }: NonNullable<Case['frame']>, query: string): void =>
  add('iframe', (frame) => {
    frame.style.cssText = 'width: 90%; height: 12em';
    if (sandbox !== undefined) frame.setAttribute('sandbox', sandbox);
    frame.src = `${url}${query}&part=frame`;
  });

/** A page that is never still: rows come and go and texts change, as in a console that polls. */
export const keepBusy = (isOver: () => boolean): void => {
  const box = document.createElement('div');
  box.style.cssText = 'height: 100px; overflow: auto';
  document.body.append(box);
  const work = (): void => {
    if (isOver()) return;
    for (let index = 0; index < 60; index += 1) {
      const row = document.createElement('div');
      row.innerHTML = '<span>Impressions</span> <b>12,345</b> <i>0.5 %</i>';
      box.append(row);
    }
    while (box.childElementCount > 300) box.firstElementChild?.remove();
    for (const bold of box.querySelectorAll('b')) bold.textContent = String(Math.round(Math.random() * 1e6));
    setTimeout(work, 16);
  };
  work();
};
