import type { Page } from '@playwright/test';

/** A page, be it Playwright's or puppeteer's. */
interface Evaluates {
  evaluate(work: () => Promise<void>): Promise<void>;
}

/**
 * What a page does while it is measured. Each runs in the page and settles when it is drawn. None holds a named
 * function: the loader of this benchmark would wrap it in something that the page does not have.
 */
export const workloads = {
  /** A table of 800 rows of 5 cells with an input each, replaced ten times. */
  table: (page: Evaluates): Promise<void> =>
    page.evaluate(async () => {
      const box = document.createElement('div');
      document.body.append(box);
      for (let round = 0; round < 10; round += 1) {
        const table = document.createElement('table');
        for (let row = 0; row < 800; row += 1) {
          const line = table.insertRow();
          for (let column = 0; column < 5; column += 1) {
            const input = document.createElement('input');
            input.value = `Bid ${round}.${row}.${column}`;
            line.insertCell().append(`Campaign ${row} `, input);
          }
        }
        box.replaceChildren(table);
        await new Promise(requestAnimationFrame);
      }
      box.remove();
    }),

  /** 2,000 small insertions streamed over 100 frames. */
  stream: (page: Evaluates): Promise<void> =>
    page.evaluate(async () => {
      const box = document.createElement('div');
      document.body.append(box);
      for (let at = 0; at < 100; at += 1) {
        for (let index = 0; index < 20; index += 1) {
          const line = document.createElement('div');
          const label = document.createElement('span');
          label.textContent = `Event ${at}.${index}`;
          line.append(label, ' received');
          box.append(line);
        }
        await new Promise(requestAnimationFrame);
      }
      box.remove();
    }),

  /** 120,000 text changes in place over 20 frames. */
  text: (page: Evaluates): Promise<void> =>
    page.evaluate(async () => {
      const box = document.createElement('div');
      const nodes = Array.from({ length: 6_000 }, (_, index) => {
        const cell = document.createElement('span');
        const text = document.createTextNode(String(index));
        cell.append(text);
        box.append(cell);
        return text;
      });
      document.body.append(box);
      await new Promise(requestAnimationFrame);
      for (let at = 0; at < 20; at += 1) {
        for (const [index, node] of nodes.entries()) node.data = `${index * at} impressions`;
        await new Promise(requestAnimationFrame);
      }
      box.remove();
    }),
} as const;

export type Workload = keyof typeof workloads;

/** A console's page with about so many nodes, most of them in rows of figures. */
export const pageOf = (nodes: number): string => {
  const row = (index: number): string =>
    `<div class="row"><span>Campaign ${index}</span> <b>${(index * 7919) % 100_000}</b><i>0.${index % 100} %</i><a href="#r${index}">Edit</a></div>`;
  // Five elements, four texts and a blank each.
  const rows = Array.from({ length: Math.round(nodes / 10) }, (_, index) => row(index));
  return `<!doctype html><html lang="en"><head><title>Console</title><link rel="icon" href="data:,"></head><body>${rows.join('')}</body></html>`;
};

/** Draws a part of the page anew, with a shadow root, a field and a frame in it, as often as asked. */
export const redrawPart = (page: Page, times: number): Promise<void> =>
  page.evaluate(async (count) => {
    const box = document.querySelector('#part') ?? document.createElement('div');
    box.id = 'part';
    document.body.append(box);
    for (let round = 0; round < count; round += 1) {
      const card = document.createElement('section');
      for (let row = 0; row < 20; row += 1) {
        const line = document.createElement('div');
        line.append(document.createElement('input'), `Row ${round}.${row}`);
        card.append(line);
      }
      const host = document.createElement('zoo-card');
      host.attachShadow({ mode: 'open' }).append(`Shadow ${round}`);
      card.append(host);
      if (round % 20 === 0) card.append(document.createElement('iframe'));
      box.replaceChildren(card);
      if (round % 10 === 0) await new Promise(requestAnimationFrame);
    }
    box.replaceChildren();
  }, times);
