import type { Responder } from '../../sandbox/exchange';
import { type Sandbox, startSandbox } from '../../sandbox/server';
import { buildPages } from './build';
import { type Case, type Library, libraries } from './case';
import { furtherHosts } from './make-case';

export interface ZooServer {
  sandbox: Sandbox;
  /** Puts a case on its hosts, until it is taken away. */
  put(zooCase: Case): void;
  take(zooCase: Case): void;
  close(): Promise<void>;
}

/** The address at which a browser meets a case. */
export const addressOf = ({ url, from, framedBy, seed }: Case): string =>
  `${framedBy ?? from ?? url}?zoo=${seed}${framedBy ? '&part=outer' : ''}`;

const hosts = ['ads.reddit.com', 'ads.pinterest.com', 'business.pinterest.com', 'frames.example'];
const foreignHosts = ['ads-reddit-com.example', 'ads-pinterest-com.example', 'ads.pinterest.com.example'];

const isLibrary = (name: string | undefined): name is Library =>
  libraries.some((library) => library === name);

/** Plays the pages of all cases on the origins that they name, each drawn by its library. */
export const startZooServer = async (log: (line: string) => void): Promise<ZooServer> => {
  const built = await buildPages(log);
  const sandbox = await startSandbox({ hosts: furtherHosts });
  const cases = new Map<number, Case>();

  const open = { 'access-control-allow-origin': '*' };
  const file = (type: string, body: string, cache: string) => ({
    status: 200,
    headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': cache, ...open },
    body,
  });
  const answer: Responder = ({ path, query }) => {
    const [, folder, name, part] = path.split('/');
    if (folder === 'zoo' && name === 'cases') {
      const found = cases.get(Number.parseInt(part ?? '', 10));
      return found ? file('application/json', JSON.stringify(found), 'no-store') : { status: 404 };
    }
    if (folder === 'zoo' && isLibrary(name)) {
      const { script, style } = built[name];
      return part === 'page.js'
        ? file('text/javascript', script, 'max-age=600')
        : file('text/css', style, 'max-age=600');
    }
    const zooCase = cases.get(Number(query.get('zoo')));
    if (!zooCase) return { status: 404, body: 'No such case.' };
    const { library, words, url, seed } = zooCase;
    const style = built[library].style && `<link rel="stylesheet" href="/zoo/${library}/page.css">`;
    if (query.get('part') === 'outer') {
      const framed = `<iframe src="${url}?zoo=${seed}" width="900" height="700"></iframe>`;
      return file('text/html', `<!doctype html><title>Outer</title>${framed}`, 'no-store');
    }
    return file(
      'text/html',
      `<!doctype html><html lang="${words.language}"><head><meta charset="utf-8"><title>${words.heading}</title>
<link rel="icon" href="data:,">${style}</head>
<body><script type="module" crossorigin src="/zoo/${library}/page.js"></script></body></html>`,
      'no-store',
    );
  };
  for (const host of new Set([...hosts, ...furtherHosts, ...foreignHosts])) sandbox.serve(host, '/*', answer);

  return {
    sandbox,
    put: (zooCase) => {
      cases.set(zooCase.seed, zooCase);
    },
    take: ({ seed }) => {
      cases.delete(seed);
    },
    close: () => sandbox.close(),
  };
};
