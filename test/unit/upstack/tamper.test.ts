import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { Secret } from '../../../lib/credentials/secret';
import { type Access, createUpstackClient, type UpstackClient, upstack } from '../../../lib/upstack/client';
import { API_ORIGIN } from '../../../lib/upstack/origin';
import { sampleNetwork } from '../../../lib/upstack/sample';
import { pinterestKey } from '../../sandbox/tokens';
import { sequence } from '../../sequence';
import { access, destination, health, json } from './network';

const EVIL = 'evil.example';

/** What may stand where a part of an address, a header or a row is expected. */
const evils = [
  `https://${EVIL}`,
  `//${EVIL}`,
  `\\\\${EVIL}`,
  `@${EVIL}/`,
  `.${EVIL}/`,
  `:443@${EVIL}`,
  `:8443/`,
  `https://api.upstackdata.com@${EVIL}/`,
  `/../../..//${EVIL}`,
  `/..\\..\\//${EVIL}`,
  '..',
  '%2e%2e/%2e%2e/',
  `%2f%2f${EVIL}`,
  `?next=https://${EVIL}`,
  `#@${EVIL}`,
  `\r\nHost: ${EVIL}`,
  `\t//${EVIL}`,
  `\u2044\u2044${EVIL}`,
  `javascript:fetch('//${EVIL}')`,
  `data:text/html,//${EVIL}`,
  '',
  '\u0000',
];

/** Each call of the client, with what is given in the place of everything that a caller may give. */
const calls = (client: UpstackClient, given: string): (() => Promise<unknown>)[] => {
  const own: Access = { key: access.key, pixelId: given };
  const token = Secret.of(pinterestKey());
  return [
    () => client.getAccount(own),
    () => client.listDestinations(access),
    () => client.getDestination(access, given),
    () =>
      client.createDestination(
        access,
        { type: given, name: given, config: { [given]: given }, token },
        given,
      ),
    () => client.patchDestination(access, given, given, { name: given }),
    () => client.rotateAccessToken(access, given, given, token, given),
    () => client.validateDestination(access, given, given),
    () => client.listHealth(own, given),
  ];
};

/** Names under which somebody might hope to find the address of the API. */
const settings = ['apiOrigin', 'API_ORIGIN', 'baseUrl', 'endpoint', 'host', 'proxy', 'server', 'policy'];

const ATTEMPTS = Number(process.env.TAMPER_ATTEMPTS ?? 1_000);

describe('attempts to send it elsewhere', () => {
  let hosts: Map<string, number>;
  let bent: string[];
  let given: string;

  beforeEach(() => {
    hosts = new Map();
    bent = [];
    vi.stubGlobal('navigator', { onLine: true });
    vi.stubGlobal('fetch', async (url: string, { signal: _signal, ...init }: RequestInit) => {
      const request = new Request(url, init); // refuses what a browser would refuse
      const { origin, pathname, username } = new URL(request.url);
      hosts.set(origin, (hosts.get(origin) ?? 0) + 1);
      const { redirect, credentials, cache, referrerPolicy } = request;
      const isAsBuilt =
        [redirect, credentials, cache, referrerPolicy].join() === 'error,omit,no-store,no-referrer';
      if (!isAsBuilt || username !== '' || !pathname.startsWith('/accounts/')) bent.push(url);
      const body = {
        destination: destination({ dashboardUrl: given, etag: given }),
        destinations: [destination({ dashboardUrl: given })],
        nextCursor: url.includes('cursor') ? null : given,
        items: [health()],
        account: { name: given },
      };
      const isHeader = /^[\x20-\x7e]*$/.test(given);
      return json(body, {
        headers: isHeader ? { Location: given, Link: given, Refresh: `0;url=${given}` } : {},
      });
    });
  });

  it(`${ATTEMPTS}: every call goes to the one host, with its flags, under the API’s own path`, async () => {
    const random = sequence(12);
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      given = pick(evils) + (random() < 0.5 ? pick(evils) : '');
      const planted = { [pick(settings)]: given };
      for (const area of ['local', 'session', 'sync'] as const) await fakeBrowser.storage[area].set(planted);
      // What a header cannot hold is refused before it is sent; that is a network trouble to us.
      await pick(calls(upstack, given))();
    }
    expect([...hosts.keys()]).toEqual([API_ORIGIN]);
    expect(hosts.get(API_ORIGIN)).toBeGreaterThan(ATTEMPTS / 2);
    expect(bent).toEqual([]);
  });

  it('would be seen by the same measure if one of them came through', async () => {
    for (given of evils) await fetch(API_ORIGIN + given, {}).catch(() => undefined);
    expect([...hosts.keys()].filter((origin) => origin.endsWith(EVIL))).not.toEqual([]);
    expect(hosts.size).toBeGreaterThan(2);
    expect(bent.length).toBeGreaterThan(0);
  });
});

describe('a redirect, by real servers', () => {
  let foreign: string[];
  const servers: Server[] = [];
  const open = async (listener: Parameters<typeof createServer>[1]): Promise<string> => {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done);
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((done) => {
        server.close(done);
      });
    }
  });

  /** A client on a server that sends every call elsewhere. */
  const redirected = async (status: number, change: (init: RequestInit) => RequestInit) => {
    foreign = [];
    const elsewhere = await open((request, response) => {
      foreign.push(`${request.method} ${request.url}`);
      response.setHeader('Content-Type', 'application/json');
      response.end(
        JSON.stringify({ destination: destination(), destinations: [], nextCursor: null, items: [health()] }),
      );
    });
    const first = await open((request, response) => {
      response.writeHead(status, { Location: elsewhere + request.url });
      response.end();
    });
    return createUpstackClient(
      {
        fetch: (url, init) => fetch(url.replace(API_ORIGIN, first), change(init)),
        now: () => Date.now(),
        online: () => true,
      },
      sampleNetwork,
    );
  };

  it.each([301, 302, 303, 307, 308])('%i is an error: nothing reaches where it leads', async (status) => {
    const client = await redirected(status, (init) => init);
    for (const call of calls(client, 'dst_1')) {
      expect(await call()).toMatchObject({ ok: false, problem: { kind: 'unreachable' } });
    }
    expect(foreign).toEqual([]);
  });

  it('would be followed by calls without that flag, and then not be believed', async () => {
    const client = await redirected(307, (init) => ({ ...init, redirect: 'follow' }));
    for (const call of calls(client, 'dst_1')) {
      expect(await call()).toMatchObject({ ok: false, problem: { kind: 'garbled' } });
    }
    expect(foreign).toHaveLength(8);
  });
});
