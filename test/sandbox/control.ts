import { type Call, html, json, parseJson, type Reply } from './exchange';
import type { Effect, Match } from './scenarios';
import type { Troubles } from './troubles';
import type { Upstack } from './upstack';
import { reasonCodes } from './upstack-state';

/**
 * The switches for a human, at https://sandbox.localhost/ (in the browser that `npm start` opens) or on 127.0.0.1:
 *
 *   GET    /            a page of buttons
 *   POST   /switch/<name>
 *   POST   /scenarios   {match, effect, times?}    DELETE /scenarios
 */

const API = '/accounts/api/*';

const effects: Record<string, Effect> = {
  slow: { kind: 'delay', ms: 5_000 },
  'no answer': { kind: 'never' },
  'connection reset': { kind: 'reset' },
  'applied, then reset': { kind: 'reset', applied: true },
  '401 key refused': { kind: 'problem', status: 401 },
  '403 scope missing': { kind: 'problem', status: 403 },
  '409 exists': { kind: 'problem', status: 409 },
  '422 credential rejected': { kind: 'problem', status: 422 },
  '429 for 60 seconds': { kind: 'problem', status: 429, retryAfter: '60' },
  '503 unavailable': { kind: 'problem', status: 503, retryAfter: '30' },
  'HTML answer': { kind: 'html' },
  'garbled JSON': { kind: 'garbled' },
  'huge answer': { kind: 'huge' },
  'redirect elsewhere': { kind: 'redirect', to: 'https://elsewhere.example/' },
  'unknown health word': { kind: 'unknownHealth', word: 'sleeping' },
  'forgets Idempotency-Key': { kind: 'ignoreIdempotencyKey' },
};

export const createControl = (upstack: Upstack, troubles: Troubles) => {
  const switches: Record<string, () => void> = {
    'all well again': () => {
      upstack.scenario.clear();
      upstack.health.settleMs = 2_000;
      troubles.mend();
    },
    'healthy after 4 minutes': () => {
      upstack.health.settleMs = 240_000;
    },
    ...Object.fromEntries(
      Object.entries(effects).map(([name, effect]) => [
        `until cleared: ${name}`,
        () => void upstack.scenario.always({ path: API }, effect),
      ]),
    ),
    ...Object.fromEntries(
      reasonCodes.map((reason) => [
        `every destination: ${reason}`,
        () => {
          for (const destination of upstack.destinations())
            if (destination.type === 'reddit' || destination.type === 'pinterest')
              troubles.makeUnhealthy(destination.id, reason);
        },
      ]),
    ),
  };

  const page = (): Reply => {
    const buttons = Object.keys(switches).map(
      (name) =>
        `<form method="post" action="/switch/${encodeURIComponent(name)}"><button>${name}</button></form>`,
    );
    const active = upstack.scenario.active.map((one) => `<li>${one.effect.kind}, met ${one.hits} times</li>`);
    return html(
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox</title><h1>Sandbox switches</h1><ul>${active.join('')}</ul>${buttons.join('')}</html>`,
    );
  };

  return (call: Call): Reply => {
    if (call.method === 'GET' && call.path === '/') return page();
    const name = call.path.startsWith('/switch/')
      ? decodeURIComponent(call.path.slice('/switch/'.length))
      : '';
    const chosen = switches[name];
    if (call.method === 'POST' && chosen) {
      chosen();
      return { status: 303, headers: { location: '/' } };
    }
    if (call.path === '/scenarios' && call.method === 'DELETE') {
      upstack.scenario.clear();
      return { status: 204 };
    }
    if (call.path === '/scenarios' && call.method === 'POST') {
      const wanted = parseJson(call.body) as { match?: Match; effect?: Effect; times?: number } | undefined;
      if (!wanted?.effect?.kind) return json(400, { message: 'Say {match, effect, times?}.' });
      const match = wanted.match ?? {};
      const scenario =
        wanted.times === undefined
          ? upstack.scenario.always(match, wanted.effect)
          : upstack.scenario.next(wanted.times, match, wanted.effect);
      return json(201, { id: scenario.id });
    }
    return json(404, { message: 'There is no such switch.' });
  };
};
