import { messagesOf } from '../../scripts/merge-locales';

const messages = messagesOf('en');

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * The English text of a key as an expression, with anything in the place of its facts. Throws where there is none,
 * so that a test cannot wait for a sentence that nobody wrote. Plural forms match either.
 */
export const says = (key: string): RegExp => {
  const found = key
    .split('.')
    .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], messages);
  const forms = typeof found === 'string' ? [found] : Object.values(found ?? {});
  if (forms.length === 0) throw new Error(`There is no text ${key}.`);
  return new RegExp(
    forms.map((form) => escaped(String(form)).replace(/\\\{\w+\\\}|\\\$\d/g, '.+?')).join('|'),
  );
};
