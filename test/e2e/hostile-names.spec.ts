import type { Page } from '@playwright/test';
import { hostileNames, MARK, TAG } from '../hostile-names';
import { newDestination } from '../sandbox/upstack-state';
import { says } from '../story/texts';
import { areasOf } from './canary/traces';
import { expect, test } from './fixtures';

/** `npm run soak -- namesInBrowser` puts 2,000 through, as many at a time as stand here. */
const AT_ONCE = 200;
const ROUNDS = Math.ceil(Number(process.env.HOSTILE_NAMES_SHOWN ?? AT_ONCE) / AT_ONCE);

/** The contract's limit. */
const MOST = 100;

interface Seen {
  /** Elements and attributes that were made of a name. */
  built: number;
  /** What a name has run. */
  ran: unknown;
  /** Which names stand there, letter for letter, and which do otherwise: each begins with what no other has. */
  whole: string[];
  altered: string[];
}

/** As text on the way, since the protocol does not carry half a character. */
const lookAt = (page: Page, names: readonly string[]): Promise<Seen> =>
  page.evaluate(
    ({ json, mark }) => {
      const names: string[] = JSON.parse(json);
      const elements = [...document.querySelectorAll('*')];
      const all = [
        document.body.textContent ?? '',
        ...elements.flatMap((element) => [...element.attributes].map(({ value }) => value)),
        ...elements.flatMap((element) => (element instanceof HTMLInputElement ? [element.value] : [])),
      ].join('\n');
      const there = names.filter((name) => all.includes(name.slice(0, 6)));
      const isWhole = (name: string): boolean =>
        all.split(name.slice(0, 6)).length === all.split(name).length;
      return {
        built: document.querySelectorAll(`${mark}, [onhostile], main script, main iframe, main svg script`)
          .length,
        ran: (globalThis as { hostile?: unknown }).hostile ?? 'nothing',
        whole: there.filter(isWhole).map((name) => name.slice(0, 6)),
        altered: there.filter((name) => !isWhole(name)),
      };
    },
    { json: JSON.stringify(names), mark: MARK },
  );

const showMore = async (page: Page): Promise<void> => {
  const button = page.getByRole('button', { name: says('panel.more') });
  await button.click();
  await expect(button).toHaveCount(0);
};

for (let round = 0; round < ROUNDS; round += 1) {
  test(`${AT_ONCE} hostile names stand in popup, side panel and settings as text (${round + 1})`, async ({
    launched,
    context,
    sandbox,
    tool,
    connect,
    openPopup,
  }) => {
    const hostile = hostileNames(round + 1);
    const names = Array.from({ length: AT_ONCE }, (_, n) =>
      `${n + 10_000}:${hostile(n + round * AT_ONCE)}`.slice(0, MOST),
    );
    const [forWorkspace = '', ...forDestinations] = names;
    const { workspace } = sandbox.upstack;
    workspace.destinations.push(
      ...forDestinations.map((name, n) =>
        newDestination(
          {
            type: 'reddit',
            name,
            config: { pixelId: `a2_${String(n).padStart(12, '0')}` },
            token: `token ${n} of a test of names`,
            label: name,
          },
          Date.now(),
        ),
      ),
    );
    const complaints: string[] = [];
    context.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await connect({ name: forWorkspace });
    const stored = async (): Promise<{ key: string }[]> =>
      JSON.parse((await areasOf(tool))['IndexedDB upstack-capture/destinations'] ?? '[]');
    await expect.poll(async () => (await stored()).length).toBe(forDestinations.length);

    const seen = new Set<string>();
    /** Nothing but names, and so many of them at least. */
    const check = async (page: Page, least: number): Promise<void> => {
      await page.waitForFunction(
        ([starts, count]) =>
          starts.filter((start) => document.body.outerHTML.includes(start)).length >= count,
        [names.map((name) => name.slice(0, 6)), least] as const,
      );
      const { built, ran, whole, altered } = await lookAt(page, names);
      expect({ page: page.url(), built, ran, altered }).toEqual({
        page: page.url(),
        built: 0,
        ran: 'nothing',
        altered: [],
      });
      for (const name of whole) seen.add(name);
    };

    const popup = await openPopup();
    await showMore(popup);
    await check(popup, AT_ONCE);
    const panel = await context.newPage();
    await panel.goto(launched.url('sidepanel.html#destinations'));
    await showMore(panel);
    await check(panel, AT_ONCE);
    for (const { key } of (await stored()).slice(0, 4)) {
      await panel.evaluate(
        (hash) => {
          location.hash = hash;
        },
        `destination=${encodeURIComponent(key)}`,
      );
      await panel.getByRole('button', { name: says('panel.back') }).waitFor();
      await check(panel, 1);
    }
    const settings = await context.newPage();
    await settings.goto(launched.url('options.html'));
    await check(settings, 1);
    expect(seen.size).toBe(names.length);
    expect(complaints).toEqual([]);

    // The controls: the same look turns red at a name that was taken for markup, which our pages do not let happen.
    const careless = await context.newPage();
    await careless.setContent('<main></main><script>globalThis.hostile = 1</script>');
    // Each by itself, since one that is cut within a tag would swallow all that follow.
    await careless.evaluate((json) => {
      for (const name of JSON.parse(json)) {
        const place = document.createElement('div');
        place.innerHTML = name;
        document.querySelector('main')?.append(place);
      }
    }, JSON.stringify(names));
    expect(await lookAt(careless, names)).toMatchObject({ built: expect.any(Number), ran: 1 });
    expect((await lookAt(careless, names)).built).toBeGreaterThan(AT_ONCE / 10);
    const refused = await popup.evaluate((tag) => {
      try {
        document.body.innerHTML = tag;
        return 'written';
      } catch (error) {
        return (error as Error).name;
      }
    }, TAG);
    expect(refused).toBe('TypeError');
  });
}
