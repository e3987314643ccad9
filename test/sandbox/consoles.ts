import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AdPlatform, businessFor, type IssuedToken, type PlatformId, type User } from './ad-accounts';
import type {
  BusinessList,
  ConsoleError,
  GeneratedToken,
  Session,
  TokenList,
  TokenSummary,
} from './consoles-api';
import { type Call, html, json, parseJson, type Reply } from './exchange';

/** The ad consoles: their built pages, and the private endpoints of `consoles-api.ts`. */

export const consoleHosts: Record<string, PlatformId> = {
  'ads.reddit.com': 'reddit',
  'business.pinterest.com': 'pinterest',
  'ads.pinterest.com': 'pinterest',
};

const TOKENS_PER_BUSINESS = 5;

const bundles = fileURLToPath(new URL('../../.output/sandbox/', import.meta.url));

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
};

const summary = (platform: AdPlatform, token: IssuedToken): TokenSummary => ({
  id: token.id,
  name: token.name,
  createdAt: new Date(token.createdAt).toISOString(),
  createdBy: platform.users.find((user) => user.id === token.userId)?.name ?? '',
});

const refuse = (status: number, code: ConsoleError['error']['code'], message: string): Reply =>
  json(status, { error: { code, message } } satisfies ConsoleError);

const notFound = (): Reply => refuse(404, 'not_found', 'There is nothing here.');

const tokenEndpoint = (
  platform: AdPlatform,
  user: User,
  call: Call,
  businessId: string,
  tokenId?: string,
): Reply => {
  const business = platform.businesses.find((one) => one.id === businessId);
  const role = business?.roles.get(user.id);
  if (!business || !role) return notFound();
  const isReddit = platform.id === 'reddit';
  const tokens = platform.tokens.filter(
    (token) =>
      token.deletedAt === undefined &&
      (isReddit ? token.businessId === businessId : token.userId === user.id),
  );

  if (call.method === 'GET' && tokenId === undefined)
    return json(200, {
      tokens: tokens.map((token) => summary(platform, token)).reverse(),
    } satisfies TokenList);
  if (role !== 'admin') return refuse(403, 'role_missing', 'Only an administrator may do this.');

  if (call.method === 'POST' && tokenId === undefined) {
    const body = parseJson(call.body) as { name?: unknown } | null | undefined;
    const name = typeof body?.name === 'string' ? body.name.trim() : '';
    if (isReddit && name === '') return refuse(400, 'name_missing', 'Name the token.');
    if (isReddit && tokens.length >= TOKENS_PER_BUSINESS)
      return refuse(409, 'too_many_tokens', 'A business can hold five tokens. Delete one first.');
    const token = platform.issue({ businessId, userId: user.id, ...(isReddit ? { name } : {}) });
    return json(201, {
      token: { ...summary(platform, token), value: token.value },
    } satisfies GeneratedToken);
  }
  if (call.method === 'DELETE' && tokens.some((token) => token.id === tokenId)) {
    platform.deleteToken(tokenId ?? '');
    return { status: 204 };
  }
  return notFound();
};

const endpoint = (platform: AdPlatform, call: Call): Reply => {
  const [resource, id, more, tokenId, ...rest] = call.path.slice('/sandbox-api/'.length).split('/');
  if (resource === 'session' && id === undefined) {
    if (call.method === 'POST') platform.signedIn ??= platform.users[0];
    if (call.method === 'DELETE') {
      platform.signedIn = undefined;
      return { status: 204 };
    }
  }
  const user = platform.signedIn;
  if (!user) return refuse(401, 'signed_out', 'Sign in first.');
  if (resource === 'session' && id === undefined)
    return json(200, { platform: platform.id, user, variant: platform.variant } satisfies Session);
  if (resource !== 'businesses' || rest.length > 0) return notFound();
  if (id === undefined)
    return json(200, {
      businesses: platform.businesses.flatMap((business) => businessFor(business, user) ?? []),
    } satisfies BusinessList);
  return more === 'tokens' ? tokenEndpoint(platform, user, call, id, tokenId) : notFound();
};

const builtFile = async (bundle: string, path: string): Promise<Buffer | undefined> => {
  const inside = normalize(path);
  if (inside.includes('..')) return undefined;
  return readFile(join(bundles, bundle, inside)).catch(() => undefined);
};

/** Where a signed-in session lies on the real origins: a script's text, localStorage, a cookie, a hidden input. */
const withSession = (page: string, platform: AdPlatform): Reply => {
  const nonce = randomBytes(16).toString('base64');
  const headers = {
    'content-security-policy': [
      "default-src 'self'",
      `script-src 'self' 'nonce-${nonce}'`,
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self' data:",
      "connect-src 'self'",
      "object-src 'none'",
      "base-uri 'self'",
      "frame-ancestors 'self'",
    ].join('; '),
    'x-frame-options': 'SAMEORIGIN',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
  };
  if (!platform.signedIn) return html(page, headers);
  const { sessionToken } = platform;
  const state = JSON.stringify({
    user: { id: platform.signedIn.id },
    session: { accessToken: sessionToken, expiresIn: 86_400 },
  }).replaceAll('<', '\\u003c');
  const script = `<script nonce="${nonce}">window.___STATE___ = ${state}; localStorage.setItem('session', JSON.stringify(window.___STATE___.session));</script>`;
  const input = `<input type="hidden" name="session_token" value="${sessionToken}">`;
  const cookie = platform.id === 'reddit' ? 'token_v2' : '_session_token';
  return html(page.replace('</head>', `${script}</head>`).replace('</body>', `${input}</body>`), {
    ...headers,
    'set-cookie': [
      `${cookie}=${sessionToken}; Path=/; Secure; HttpOnly; SameSite=Lax`,
      `${cookie}_js=${sessionToken}; Path=/; Secure; SameSite=Lax`,
    ],
  });
};

/** A file of a built page, or its index for every path that is no file: the page finds its own way from there. */
export const builtReply = async (bundle: string, call: Call): Promise<Reply> => {
  if (call.method !== 'GET' && call.method !== 'HEAD') return json(405, { message: 'Method not allowed.' });
  const type = contentTypes[extname(call.path)];
  const file = type && type !== contentTypes['.html'] ? await builtFile(bundle, call.path) : undefined;
  if (file && type) return { status: 200, headers: { 'content-type': type }, body: file };
  if (type) return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not found.' };
  const page = await builtFile(bundle, 'index.html');
  return page
    ? html(page.toString('utf8'))
    : {
        status: 503,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: 'This page is not built yet: npx tsx test/sandbox/consoles/build.ts',
      };
};

export const consoleReply = async (platform: AdPlatform, call: Call): Promise<Reply> => {
  if (call.path.startsWith('/sandbox-api/')) return endpoint(platform, call);
  const reply = await builtReply(platform.id, call);
  const isPage = reply.status === 200 && String(reply.headers?.['content-type']).startsWith('text/html');
  return isPage ? withSession(String(reply.body), platform) : reply;
};
