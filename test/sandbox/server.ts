/**
 * One local TLS server that plays every host of the story: the two ad consoles, the platforms' event APIs, the
 * Upstack API and Upstack's dashboard. The browser maps the host names to it (`resolverRules`) and trusts its key (`spki`), so that the
 * build under test is the build that ships. All state is in memory and gone with the process.
 *
 *   exchange.ts        a request and an answer            scenarios.ts    troubles on the wire
 *   ad-accounts.ts     what the ad platforms know         troubles.ts     troubles in the world
 *   consoles.ts        their consoles                     control.ts      switches for a human
 *   platform-apis.ts   their event APIs                   call.ts         a client for tests in Node
 *   upstack*.ts        the Upstack API                    contract.ts     the judge of it
 *   dashboard*         Upstack's dashboard                tokens.ts       tokens built at run time
 */
import { createHash, X509Certificate } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { type AdPlatform, createAdPlatform, type PlatformId } from './ad-accounts';
import { consoleHosts, consoleReply } from './consoles';
import { contract } from './contract';
import { createControl } from './control';
import { createDashboard, type Dashboard } from './dashboard';
import {
  type Call,
  type Clock,
  createClock,
  html,
  pathMatches,
  type Reply,
  type Responder,
  readCall,
  writeReply,
} from './exchange';
import { createPlatformApis, eventHosts, type PlatformApis } from './platform-apis';
import { type ApplyOptions, answerUnder } from './scenarios';
import { createTroubles, type Troubles } from './troubles';
import { createUpstack, type Upstack } from './upstack';

interface RecordedRequest {
  method: string;
  host: string;
  path: string;
  query: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  at: number;
  /** Absent while it runs, and where the connection broke or nobody answered. */
  status?: number;
}

export interface Sandbox {
  readonly port: number;
  /** For `--host-resolver-rules`: every host played here, and nothing else exists. */
  readonly resolverRules: string;
  /** For `--ignore-certificate-errors-spki-list`. */
  readonly spki: string;
  /** PEM, for clients in Node. */
  readonly certificate: string;
  /** For a later sandbox that takes the place of this one, in a browser that knows this one's address. */
  readonly place: Place;
  readonly clock: Clock;
  readonly upstack: Upstack;
  readonly platforms: Record<PlatformId, AdPlatform>;
  readonly apis: PlatformApis;
  readonly dashboard: Dashboard;
  readonly troubles: Troubles;
  /** Everything that came in, with bodies: it may hold tokens, so drop it when it is not needed. */
  readonly requests: RecordedRequest[];
  dropRecords(): void;
  /**
   * Puts a page of a test's own on a host, in front of whatever is played there. `path` may end with `*`. A text is
   * HTML. Gives back what takes the page away.
   */
  serve(host: string, path: string, content: string | Responder): () => void;
  /** Throws when an answer of ours broke the contract. */
  close(): Promise<void>;
}

const UPSTACK_API = 'api.upstackdata.com';
const UPSTACK_DASHBOARD = 'app.upstackdata.com';
const CONTROL_HOSTS = ['sandbox.localhost', 'localhost', '127.0.0.1'];

/** `.example` is reserved, so any name under it can stand for a foreign or hostile host. */
const FOREIGN_HOSTS = '*.example';
/** Clients that check names accept no wildcard for a whole top level, so Node reaches foreign hosts here. */
const FOREIGN_HOSTS_IN_NODE = '*.sandbox.example';

const playedHosts = [...Object.keys(consoleHosts), ...eventHosts, UPSTACK_API, UPSTACK_DASHBOARD];

/** An address with the key that is trusted there. */
interface Place {
  port: number;
  pem: { private: string; cert: string };
}

export interface SandboxOptions {
  /** That of a sandbox which is closed. */
  place?: Place | undefined;
  /** Further host names for pages put there by `serve`. */
  hosts?: readonly string[];
}

const makeCertificate = (hosts: readonly string[]): Promise<Place['pem']> =>
  generate([{ name: 'commonName', value: 'Sandbox' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + 7 * 24 * 60 * 60 * 1000),
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...[...hosts, FOREIGN_HOSTS_IN_NODE, 'sandbox.localhost', 'localhost'].map((value) => ({
            type: 2 as const,
            value,
          })),
          { type: 7 as const, ip: '127.0.0.1' },
        ],
      },
    ],
  });

export const startSandbox = async ({ place, hosts = [] }: SandboxOptions = {}): Promise<Sandbox> => {
  const clock = createClock();
  const platforms = {
    reddit: createAdPlatform('reddit', clock),
    pinterest: createAdPlatform('pinterest', clock),
  };
  const apis = createPlatformApis(platforms, clock.now);
  const upstack = createUpstack(contract(), apis, clock);
  const troubles = createTroubles(platforms, apis, upstack);
  const dashboard = createDashboard(upstack, apis, clock);
  const control = createControl(upstack, troubles);
  const requests: RecordedRequest[] = [];
  const pages: { host: string; path: string; respond: Responder }[] = [];
  const closing = new AbortController();

  const play = async (call: Call, options: ApplyOptions): Promise<Reply> => {
    const page = pages.find((one) => one.host === call.host && pathMatches(one.path, call.path));
    if (page) return page.respond(call);
    if (call.host === UPSTACK_API) return upstack.reply(call, options);
    if (eventHosts.includes(call.host)) return apis.reply(call);
    if (call.path === '/favicon.ico') return { status: 204 }; // browsers ask for it unbidden
    if (call.host === UPSTACK_DASHBOARD) return dashboard.reply(call);
    const platform = consoleHosts[call.host];
    if (platform) return consoleReply(platforms[platform], call);
    if (CONTROL_HOSTS.includes(call.host)) return control(call);
    return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Nothing is played here.' };
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await readCall(request);
    const record: RecordedRequest = {
      method: call.method,
      host: call.host,
      path: call.path,
      query: call.query.toString(),
      headers: call.headers,
      body: call.body,
      at: Date.now(),
    };
    requests.push(record);
    const effects = upstack.scenario.take(call);
    const reply = await answerUnder(effects, (options) => play(call, options), closing.signal);
    if (reply === 'never') return;
    if (reply === 'reset') {
      request.socket.destroy();
      return;
    }
    record.status = reply.status;
    writeReply(response, reply);
  };

  const allHosts = [...playedHosts, ...hosts];
  const pem = place?.pem ?? (await makeCertificate(allHosts));

  const server = createServer({ key: pem.private, cert: pem.cert }, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (closing.signal.aborted || request.destroyed) return;
      console.error('The sandbox failed:', error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(place?.port ?? 0, '127.0.0.1', resolve);
  });
  const listening = (server.address() as AddressInfo).port;
  const publicKey = new X509Certificate(pem.cert).publicKey.export({ type: 'spki', format: 'der' });

  return {
    port: listening,
    spki: createHash('sha256').update(publicKey).digest('base64'),
    resolverRules: [
      ...[...allHosts, FOREIGN_HOSTS, 'sandbox.localhost'].map(
        (host) => `MAP ${host} 127.0.0.1:${listening}`,
      ),
      'MAP * ~NOTFOUND',
      'EXCLUDE 127.0.0.1',
      'EXCLUDE localhost',
    ].join(','),
    certificate: pem.cert,
    place: { port: listening, pem },
    clock,
    upstack,
    platforms,
    apis,
    dashboard,
    troubles,
    requests,

    dropRecords() {
      requests.length = 0;
      upstack.received.length = 0;
      apis.calls.length = 0;
    },

    serve(host, path, content) {
      const respond: Responder = typeof content === 'string' ? () => html(content) : content;
      const page = { host, path, respond };
      pages.unshift(page);
      return () => {
        const index = pages.indexOf(page);
        if (index >= 0) pages.splice(index, 1);
      };
    },

    async close() {
      closing.abort();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (upstack.violations.length > 0)
        throw new Error(`The sandbox broke the contract:\n${upstack.violations.join('\n')}`);
    },
  };
};
