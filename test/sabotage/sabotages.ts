import { inBrowser } from './browser-proof';
import type { Edit, Sabotage } from './sabotage';
import { inNode } from './unit-proof';
import { inZoo } from './zoo-proof';

/** Without it a second call for the same row goes out. */
const beginsTwice: Edit = {
  file: 'lib/deliveries/machine.ts',
  find: /if \(open \|\| row\.state === 'needsKey' \|\| row\.state === 'person'\) return undefined;/,
  replace: "if (row.state === 'needsKey' || row.state === 'person') return undefined;",
};

const nearlyUpstack = inBrowser('test/e2e/dashboard/hostile.spec.ts', 'more than sixty forms');

/** Every defence that is known to be proven by a test that fails without it. */
export const sabotages: readonly Sabotage[] = [
  {
    name: 'scope-check',
    breaks: 'Any token with the right header is taken for a conversion token, a sign-in token too.',
    edits: [
      {
        file: 'lib/platforms/reddit/token.ts',
        find: /const isForConversions = \(claims: Claims \| undefined\): boolean =>\n[\s\S]*?;\n/,
        replace: 'const isForConversions = (claims: Claims | undefined): boolean => claims !== undefined;\n',
      },
    ],
    prove: inZoo(
      'captured',
      ({ platform, theme }) =>
        platform === 'reddit' &&
        /^wrong: (session|app|moreScopes|otherScope|allScopes|lifeOfADay|lifeOfAMonth)$/.test(theme),
    ),
  },
  {
    name: 'visibility-check',
    breaks: 'What nobody can see is read as if it were shown.',
    edits: [
      {
        file: 'lib/capture/visible.ts',
        find: /(const isUnveiled = [^;]*?=>)[^;]*;/,
        replace: '$1 true;',
      },
      {
        file: 'lib/capture/visible.ts',
        find: /(const isWithinReach = \([^)]*\): boolean => \{\n)/,
        replace: '$1if (element) return true;\n',
      },
    ],
    prove: inZoo('captured', ({ theme }) =>
      /^hidden: (opacityAlmostZero|offLeft|offTop|translated|clipRect|clipPathInset|zeroHeight|onePixel|movedOutOfBox|ariaHidden)$/.test(
        theme,
      ),
    ),
  },
  {
    name: 'origin-check',
    breaks: 'Other ports, and host names with a trailing dot, pass for the console.',
    edits: [
      ['index', 'platforms'],
      ['readings', 'readings'],
    ].map(([file, list]) => ({
      file: `lib/platforms/${file}.ts`,
      find: new RegExp(`${list}\\.find\\(\\(\\{ origins \\}\\) => origins\\.includes\\(origin\\)\\)`),
      replace: `${list}.find(({ origins }) => origins.some((known) => new URL(known).hostname === new URL(origin).hostname.replace(/\\.$/, '')))`,
    })),
    prove: inZoo('captured', ({ theme }) => /^host: (ads|business)\.\w+\.com(\.|:\d+)$/.test(theme)),
  },
  {
    name: 'ambiguity-rule',
    breaks: 'Of several ids the first is taken, and a page that disagrees with its address is not told of.',
    edits: [
      {
        file: 'lib/vault/ids.ts',
        find: /const \[only, \.\.\.others\] = candidates\.length === 1 \? candidates : selected;/,
        replace: 'const [only] = [...selected, ...candidates]; const others: unknown[] = [];',
      },
    ],
    prove: inZoo(
      'idWrong',
      ({ theme, words }) => words.language === 'en' && /^(severalLabelled|tableUnselected)$/.test(theme),
      2, // each waits in vain for its ids to come right
    ),
  },
  {
    name: 'sender-gate',
    breaks: "A console in a frame of a stranger's page may report.",
    edits: [
      {
        file: 'lib/messages/gate.ts',
        find: / {2}if \(originOf\(tab\.url\) !== origin\) return STRANGER;\n/,
        replace: '',
      },
    ],
    prove: inNode('test/unit/messages/gate.test.ts'),
  },
  {
    name: 'sweeper',
    breaks: 'A secret that nobody needs any more stays until the browser is closed.',
    edits: [
      {
        file: 'lib/vault/sweep.ts',
        find: /if \(!alive\.has\(fingerprint\) \|\| !needed\.has\(fingerprint\)\) await dropSecret\(fingerprint\);/,
        replace: '',
      },
    ],
    prove: inNode('test/unit/vault/sweep.test.ts'),
  },
  {
    name: 'redirects',
    breaks: 'A redirect is followed, with the token in its body.',
    edits: [{ file: 'lib/upstack/client.ts', find: /redirect: 'error'/, replace: "redirect: 'follow'" }],
    prove: inNode('test/unit/upstack/client.test.ts'),
  },
  {
    name: 'never-on-disk',
    breaks: 'The token is put into storage.local as well.',
    edits: [
      {
        file: 'lib/vault/vault.ts',
        find: /(await browser\.storage\.session\.set\((\{ \[await keyOf\(fingerprint\)\]: kept \})\);)/,
        replace: '$1 await browser.storage.local.set($2);',
      },
    ],
    prove: inNode('test/unit/vault/vault.test.ts'),
  },
  {
    name: 'one-key',
    breaks: 'Every attempt has an Idempotency-Key of its own.',
    edits: [
      {
        file: 'lib/deliveries/routes/api.ts',
        find: /delivery\.idempotencyKey,/,
        replace: 'crypto.randomUUID(),',
      },
    ],
    prove: inNode('test/unit/deliveries/drain.test.ts'),
  },
  {
    name: 'ask-first',
    breaks: 'After an unclear end it is sent again without asking what is there.',
    edits: [
      {
        file: 'lib/deliveries/routes/api.ts',
        find: /(ask: async \(delivery, ours\) => \{\n)/,
        replace: "$1if (delivery.job === 'create') return { found: 'absent' };\n",
      },
    ],
    prove: inNode('test/unit/deliveries/kill-everywhere.test.ts'),
  },
  {
    name: 'lock',
    breaks: 'Two who press Send, or two wakes, act on the same delivery at once.',
    edits: [
      beginsTwice,
      {
        file: 'lib/deliveries/send.ts',
        find: /world\.exclusively\('send', async/,
        replace: "((_name: string, task: () => Promise<Sent>) => task())('send', async",
      },
      {
        file: 'lib/deliveries/drain.ts',
        find: /world\.exclusively\('deliveries', async/,
        replace: "((_name: string, task: () => Promise<void>) => task())('deliveries', async",
      },
    ],
    prove: inNode('test/unit/deliveries/drain.test.ts'),
  },
  {
    name: 'unknown-health',
    breaks: 'A word of health that nobody knows is read as healthy.',
    edits: [
      {
        file: 'lib/upstack/decode.ts',
        find: /z\.transform\(\(\) => 'unknown' as const\)/,
        replace: "z.transform(() => 'healthy' as const)",
      },
    ],
    prove: inNode('test/unit/upstack/decode.test.ts'),
  },
  {
    name: 'mask',
    breaks: 'The mask shows the token.',
    edits: [
      {
        file: 'lib/credentials/secret.ts',
        find: /value\.length < 20 \? BULLETS : BULLETS \+ value\.slice\(-SHOWN\)/,
        replace: 'BULLETS + value',
      },
    ],
    prove: inNode('test/unit/credentials/secret.test.ts'),
  },
  {
    name: 'dashboard-origin',
    breaks: "Another port, or a trailing dot, passes for Upstack's dashboard.",
    edits: [
      {
        file: 'lib/dashboard/fill.ts',
        find: /location\.origin === origin && window\.origin === origin/,
        replace: 'location.hostname.startsWith(new URL(origin).hostname)',
      },
      {
        file: 'lib/deliveries/routes/dashboard-tab.ts',
        find: /new URL\(url\)\.origin === DASHBOARD_ORIGIN/,
        replace: 'new URL(url).hostname.startsWith(new URL(DASHBOARD_ORIGIN).hostname)',
      },
      {
        file: 'lib/messages/gate.ts',
        find: /origin === self\.dashboardOrigin/,
        replace: 'origin.startsWith(self.dashboardOrigin)',
      },
    ],
    prove: inBrowser('test/e2e/dashboard/hostile.spec.ts', 'a waiting token is filled'),
  },
  {
    name: 'dashboard-readback',
    breaks: 'What was put into a field is not read back.',
    edits: [
      {
        file: 'lib/dashboard/fill.ts',
        find: /if \(valueIn\(field\)\.trim\(\) !== order\.values\[kind\]\)/,
        replace: 'if (kind === undefined)',
      },
    ],
    prove: nearlyUpstack,
  },
  {
    name: 'dashboard-hidden',
    breaks: 'A field that nobody can see is filled.',
    edits: [
      {
        file: 'lib/dashboard/fields.ts',
        find: /return width >= LEAST\.width && height >= LEAST\.height && isElementVisible\(field\) && isPlain\(field\);/,
        replace: 'return width >= -1 && height >= -1;',
      },
    ],
    prove: nearlyUpstack,
  },
];
