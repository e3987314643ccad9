import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Pages of the package that are made of files of this repository, so that each text is written once. */
const documents = {
  'privacy-policy.html': 'store/privacy-policy.md',
  'whats-new.html': 'CHANGELOG.md',
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const MARKED = /(`[^`]+`|\*\*[^*]+\*\*|<https:[^>]+>|\[[^\]]+\]\(https:[^)]+\))/;

const marked = (text: string): string => {
  if (text.startsWith('`')) return `<code>${escaped(text.slice(1, -1))}</code>`;
  if (text.startsWith('**')) return `<strong>${escaped(text.slice(2, -2))}</strong>`;
  const [words = '', address = words] = text.slice(1, -1).split('](');
  return `<a href="${escaped(address)}" rel="noreferrer">${escaped(words)}</a>`;
};

/** What is marked stands at every second place. */
const line = (text: string): string =>
  text
    .split(MARKED)
    .map((part, index) => (index % 2 ? marked(part) : escaped(part)))
    .join('');

const cells = (row: string, tag: string): string => {
  const all = row.split('|').slice(1, -1);
  return `<tr>${all.map((cell) => `<${tag}>${line(cell.trim())}</${tag}>`).join('')}</tr>`;
};

const block = (text: string): string => {
  const [, marks, heading] = /^(#+) (.+)$/.exec(text) ?? [];
  if (marks && heading) return `<h${marks.length}>${line(heading)}</h${marks.length}>`;
  if (text.startsWith('- ')) {
    const items = text.slice(2).split('\n- ');
    return `<ul>\n${items.map((item) => `<li>${line(item)}</li>`).join('\n')}\n</ul>`;
  }
  if (text.startsWith('| ')) {
    const [head = '', , ...rows] = text.split('\n');
    return `<table>\n${[cells(head, 'th'), ...rows.map((row) => cells(row, 'td'))].join('\n')}\n</table>`;
  }
  return `<p>${line(text)}</p>`;
};

/** A page without scripts from as much of Markdown as these files use. */
export const pageOf = (markdown: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(/^# (.+)$/m.exec(markdown)?.[1] ?? '')}</title>
<link rel="stylesheet" href="/document.css">
</head>
<body>
<main>
${markdown
  .trim()
  .split(/\n{2,}/)
  .map(block)
  .join('\n')}
</main>
</body>
</html>
`;

export const documentPages = (root = process.cwd()): { relativeDest: string; contents: string }[] =>
  Object.entries(documents).map(([relativeDest, file]) => ({
    relativeDest,
    contents: pageOf(readFileSync(join(root, file), 'utf8')),
  }));
