import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The least that any extension costs that looks at what a page adds: one bare observer, which walks every added node
 * once and looks at the length of its text. What we cost is told as a share of it.
 */
const script = `
new MutationObserver((records) => {
  let longest = 0;
  for (const record of records) {
    if (record.type === 'characterData') {
      longest = Math.max(longest, record.target.data.length);
      continue;
    }
    for (const added of record.addedNodes) {
      const walker = document.createTreeWalker(added, NodeFilter.SHOW_ALL);
      for (let node = walker.currentNode; node; node = walker.nextNode()) {
        if (node.nodeType === Node.TEXT_NODE) longest = Math.max(longest, node.data.length);
      }
    }
  }
  globalThis.longestText = longest;
}).observe(document, { childList: true, characterData: true, subtree: true });
`;

/** Writes the control extension and gives its folder. */
export const writeFloor = (matches: readonly string[]): string => {
  const folder = resolve('.output/page-cost/floor');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'floor.js'), script);
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({
      manifest_version: 3,
      name: 'Floor',
      version: '1',
      content_scripts: [{ matches, js: ['floor.js'], run_at: 'document_start' }],
    }),
  );
  return folder;
};

/** An extension that does nothing anywhere, so that all browsers are started alike. */
export const writeNothing = (): string => {
  const folder = resolve('.output/page-cost/nothing');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({ manifest_version: 3, name: 'Nothing', version: '1' }),
  );
  return folder;
};
