import type { Sabotage } from './sabotage';
import { inNode } from './unit-proof';
import { inZoo } from './zoo-proof';

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
    edits: ['platforms', 'readings'].map((list) => ({
      file: 'lib/platforms/index.ts',
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
];
