import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from '../lib/credentials/verdict';
import { type CredentialKind, type IdKind, reasonCodes, type SecretKind } from '../lib/platforms/definition';
import {
  matchPatterns,
  platformOf,
  platformOfOrigin,
  platforms,
  recognisePage,
} from '../lib/platforms/index';
import { readingOfOrigin } from '../lib/platforms/readings';
import { languages, messagesOf } from '../scripts/merge-locales';

/** What every platform must hold to, whichever it is. A new one is tested by being in the registry. */

type Texts = { [key: string]: string | Texts };
const at = (texts: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((here, key) => (here as Texts | undefined)?.[key], texts);

/** The codes that the rules of a kind can give, read from their source: those that no example leads to as well. */
const codesOf = (kind: CredentialKind): string[] => {
  const codes = new Set(['empty', 'tooLong']);
  const answers = fc.sample(anything, 4000).map((text) => judge(kind, text).verdict.code);
  for (const code of answers) codes.add(code);
  return [...codes];
};

const anything = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.stringMatching(/^[0-9]{9,22}$/),
  fc.stringMatching(/^(26|27|549|550|687|17)[0-9]{8,14}$/),
  fc.stringMatching(/^(a2_|t2_|A2_|pina_|pinr_|eyJ|)[0-9a-zA-Z.]{0,120}$/),
  fc.stringMatching(/^pina_[A-Z2-7]{90,99}$/),
  fc.uuid(),
  fc.constant('••••••••'),
);

describe('the registry', () => {
  it('has platforms of different ids, each found by it', () => {
    expect(platforms.length).toBeGreaterThan(1);
    expect(new Set(platforms.map(({ id }) => id)).size).toBe(platforms.length);
    for (const platform of platforms) expect(platformOf(platform.id)).toBe(platform);
    expect(platformOf('nothing')).toBeUndefined();
  });

  it('is what the capture script reads by', () => {
    for (const { id, origins } of platforms)
      for (const origin of origins) expect(readingOfOrigin(origin)?.id).toBe(id);
    expect(readingOfOrigin('https://elsewhere.example')).toBeUndefined();
  });

  it('gives a match pattern for each origin and no other', () => {
    expect([...matchPatterns].sort()).toEqual(
      platforms.flatMap(({ origins }) => origins.map((origin) => `${origin}/*`)).sort(),
    );
  });

  it('knows an origin only if it is exactly one of a platform', () => {
    for (const platform of platforms) {
      for (const origin of platform.origins) {
        const { host } = new URL(origin);
        expect(platformOfOrigin(origin)).toBe(platform);
        for (const other of [
          `http://${host}`,
          `${origin}:8443`,
          `${origin}.`,
          `https://x.${host}`,
          `https://${host}.example`,
          `https://${host.replace('.', '-')}`,
          origin.toUpperCase(),
          'null',
          '',
        ]) {
          expect(platformOfOrigin(other), other).toBeUndefined();
        }
      }
    }
  });
});

for (const platform of platforms) {
  const ids = platform.kinds.filter((kind): kind is IdKind => !kind.secret);
  const secrets = platform.kinds.filter((kind): kind is SecretKind => kind.secret);

  describe(platform.name, () => {
    it('lies at exact https origins without a port or path', () => {
      for (const origin of platform.origins) {
        expect(new URL(origin).origin).toBe(origin);
        expect(origin).toMatch(/^https:\/\/[a-z.]+$/);
      }
    });

    it('has exactly one secret kind, and kinds of different ids, labels and fields', () => {
      expect(secrets).toHaveLength(1);
      expect(new Set(platform.kinds.map(({ id }) => id)).size).toBe(platform.kinds.length);
      expect(new Set(platform.kinds.map(({ label }) => label)).size).toBe(platform.kinds.length);
      expect(new Set(ids.map(({ field }) => field)).size).toBe(ids.length);
    });

    it('claims each example address with exactly one page', () => {
      for (const page of platform.pages) {
        expect(page.examples.length, page.id).toBeGreaterThan(0);
        for (const example of page.examples) {
          const url = new URL(example);
          const claims = platform.pages.filter(({ matches }) => matches(url)).map(({ id }) => id);
          expect(claims, example).toEqual([page.id]);
          expect(recognisePage(url)?.page).toBe(page);
        }
      }
    });

    it('claims no address twice, whatever it is', () => {
      const word = fc.constantFrom(
        ...platform.pages.flatMap(({ examples }) =>
          examples.flatMap((example) => new URL(example).pathname.split('/')),
        ),
        'other',
        '',
      );
      void fc.assert(
        fc.property(
          fc.constantFrom(...platform.origins),
          fc.array(word, { maxLength: 6 }),
          (origin, parts) => {
            const url = new URL(`${origin}/${parts.join('/')}`);
            expect(platform.pages.filter(({ matches }) => matches(url)).length).toBeLessThanOrEqual(1);
            platform.accountOf(url);
            for (const kind of ids) kind.fromAddress(url, []);
          },
        ),
      );
    });

    it('offers only kinds that it has, and its secret somewhere', () => {
      const known = platform.kinds.map(({ id }) => id);
      for (const { offers, showsSecret = false } of platform.pages) {
        for (const offer of offers) expect(known).toContain(offer);
        expect(showsSecret).toBe(offers.includes(secrets[0]?.id ?? ''));
      }
      expect(platform.pages.some(({ showsSecret }) => showsSecret)).toBe(true);
    });

    it('leads to pages of its own', () => {
      const everyId = Object.fromEntries(ids.map(({ id }) => [id, '1']));
      for (const address of [platform.startUrl, platform.tokenPageUrl({}), platform.tokenPageUrl(everyId)]) {
        expect(recognisePage(new URL(address))?.platform).toBe(platform);
      }
    });

    it('has a remedy for each cause, and no other', () => {
      expect(Object.keys(platform.remedies).sort()).toEqual([...reasonCodes].sort());
    });

    it('writes its labels as they are sought: global, in lower case, none of them empty', () => {
      for (const { labels, switcherLabels } of ids) {
        for (const words of [labels, ...(switcherLabels ? [switcherLabels] : [])]) {
          expect(words.flags).toBe('g');
          expect(words.source).toBe(words.source.toLowerCase().normalize('NFKC'));
          expect('').not.toMatch(words);
        }
      }
    });

    it('hints at whatever it finds', () => {
      for (const kind of ids) {
        expect(kind.hint.global).toBe(false);
        void fc.assert(
          fc.property(anything, (text) => {
            if (kind.find(text).length > 0) expect(kind.hint.test(text)).toBe(true);
          }),
        );
      }
    });

    it('gives places that hold the value, in order', () => {
      for (const kind of platform.kinds) {
        void fc.assert(
          fc.property(fc.array(anything, { maxLength: 5 }), (parts) => {
            const text = parts.join(' ');
            for (const { value, start, end } of kind.find(text)) expect(text.slice(start, end)).toBe(value);
          }),
        );
      }
    });

    for (const language of languages) {
      const texts = at(messagesOf(language), 'platforms', platform.id);
      const english = at(messagesOf('en'), 'platforms', platform.id);

      it(`has a sentence for each verdict in ${language}`, () => {
        for (const kind of platform.kinds) {
          for (const code of codesOf(kind)) {
            expect(at(texts, 'verdict', kind.id, code), `${kind.id}.${code}`).toMatch(/\S/);
          }
        }
      });

      it(`has a sentence for each cause in ${language}`, () => {
        for (const code of reasonCodes) expect(at(texts, 'cause', code), code).toMatch(/\S/);
      });

      it(`says the same in ${language} as in English, with the same facts`, () => {
        const shape = (node: unknown): unknown =>
          typeof node === 'string'
            ? [...node.matchAll(/\{\w+\}/g)].map(String).sort()
            : Object.fromEntries(Object.entries(node as Texts).map(([key, value]) => [key, shape(value)]));
        expect(shape(texts)).toEqual(shape(english));
      });
    }

    it('gives each verdict the facts that its sentence names', () => {
      const texts = at(messagesOf('en'), 'platforms', platform.id, 'verdict');
      for (const kind of platform.kinds) {
        void fc.assert(
          fc.property(anything, (text) => {
            const { verdict } = judge(kind, text);
            const sentence = String(at(texts, kind.id, verdict.code));
            for (const [, name = ''] of sentence.matchAll(/\{(\w+)\}/g)) {
              expect(verdict.facts, `${kind.id}.${verdict.code}`).toHaveProperty(name);
            }
          }),
          { numRuns: 1000 },
        );
      }
    });

    it('answers anything at all, never throwing', () => {
      for (const kind of platform.kinds) {
        void fc.assert(
          fc.property(fc.oneof(anything, fc.string({ unit: 'binary', maxLength: 100 })), (text) => {
            const { verdict } = judge(kind, text);
            expect(['good', 'doubt', 'bad']).toContain(verdict.level);
          }),
          { numRuns: 500 },
        );
      }
    });
  });
}
