import { sequence } from './sequence';

/** What somebody elsewhere may have typed as a name, in order to have it taken for something else. */

/** An element and an attribute that nobody uses: found anywhere, text was taken for markup. */
export const MARK = 'hostile-mark';
export const TAG = `<${MARK} onhostile="1">x</${MARK}>`;

const SEEDS: readonly string[] = [
  TAG,
  `">${TAG}`,
  `'>${TAG}`,
  `\`>${TAG}`,
  `--></style></script></textarea></title></svg>${TAG}`,
  `" onhostile="1" x="`,
  `' onhostile='1' x='`,
  `<img src=x onerror="globalThis.hostile = 1">`,
  '<script>globalThis.hostile = 1</script>',
  '<svg><script href="data:text/javascript,globalThis.hostile=1"/></svg>',
  '<math><mi xlink:href="javascript:globalThis.hostile=1">x</mi></math>',
  '<iframe srcdoc="&lt;script&gt;parent.hostile = 1&lt;/script&gt;"></iframe>',
  '&lt;hostile-mark&gt; &amp;amp; &#x3c;hostile-mark&#x3e;',
  'javascript:globalThis.hostile=1',
  'data:text/html,<script>opener.hostile=1</script>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: text it is, and text it has to stay
  '${globalThis.hostile = 1}',
  '{{constructor.constructor("globalThis.hostile = 1")()}}',
  '{name} {platform} {n} {mask} {label}',
  "$1 $2 $& $` $' $$ $<name>",
  '%s %d %o %c',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  '[object Object]',
  '\u202egnp.\u202dexe\u202c',
  '\u2066left\u2067right\u2068first\u2069',
  'שלום عليكم abc',
  'zero\u200bwidth\u200djoined\ufeff\u00ad',
  `z${'\u0301\u0327\u0489'.repeat(60)}algo`,
  '\u{1f469}\u200d\u{1f469}\u200d\u{1f467}\u{e0067}\u{e007f}',
  '\ud800 alone \udfff',
  'a\u0000b\u0007c\u001b[31m',
  'x'.repeat(1000),
  'W '.repeat(500),
  'ﷺ'.repeat(300),
  '\u2028\u2029\u0085',
  '\\u003chostile-mark\\u003e \\x3c',
  '../../../etc/passwd',
  "'; DROP TABLE destinations; --",
  '=HYPERLINK("https://evil.example")',
];

/** The `n`-th name: one of these, then several of them glued together, cut, or with a tag somewhere within. */
export const hostileNames = (seed: number): ((n: number) => string) => {
  const random = sequence(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  return (n) => {
    const known = SEEDS[n];
    if (known !== undefined) return known;
    const whole = pick(SEEDS) + pick(['', ' ', '"', "'", '>', '\u202e', '&']) + pick(SEEDS);
    const at = Math.floor(random() * whole.length);
    return (whole.slice(0, at) + pick(['', TAG, '\u200f', '${', '</']) + whole.slice(at)).slice(0, 1000);
  };
};
