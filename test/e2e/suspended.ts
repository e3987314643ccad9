import type { Page } from '@playwright/test';

/** What a person does, by the names that tests have for it. */
const STEPS = {
  locator: ['check', 'click', 'fill', 'press', 'selectOption', 'uncheck'],
  page: ['click', 'close', 'goto', 'reload'],
  keyboard: ['press', 'type'],
} as const;

type Step = (...args: unknown[]) => Promise<unknown>;

/** So long a person takes at least from one step to the next; what the step before has set off is done by then. */
const MOMENT = 300;

/** Of a way through the controls of a page only what is done with them. */
const isWay = ([key]: readonly unknown[]): boolean => key === 'Tab';

/** Has this done before every step of a person, in every page. Gives back what ends it. */
export const beforeEachStep = (page: Page, before: () => Promise<void>): (() => void) => {
  const owners = { locator: page.locator('body'), page, keyboard: page.keyboard };
  const ends: (() => void)[] = [];
  for (const [kind, names] of Object.entries(STEPS)) {
    const owner: Record<string, Step> = Object.getPrototypeOf(owners[kind as keyof typeof owners]);
    for (const name of names) {
      const step = owner[name];
      if (!step) throw new Error(`No ${kind} has a step called ${name}.`);
      owner[name] = async function (this: unknown, ...args) {
        if (!isWay(args)) {
          await new Promise((done) => setTimeout(done, MOMENT));
          await before();
        }
        return step.apply(this, args);
      };
      ends.push(() => {
        owner[name] = step;
      });
    }
  }
  return () => {
    for (const end of ends) end();
  };
};
