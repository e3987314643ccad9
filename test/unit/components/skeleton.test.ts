import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** What a page of ours is painted with before any script runs. */
const skeletonOf = (page: string): string =>
  (/<body>([\s\S]*)<\/body>/.exec(readFileSync(`entrypoints/${page}/index.html`, 'utf8'))?.[1] ?? '')
    .replace(/<!--[\s\S]*?-->|<script[\s\S]*?<\/script>/g, '')
    .replace(/\s+/g, ' ')
    .trim();

it('popup and side panel begin alike, with the same skeleton', () => {
  expect(skeletonOf('popup')).toContain('class="skeleton-header"');
  expect(skeletonOf('sidepanel')).toBe(skeletonOf('popup'));
});
