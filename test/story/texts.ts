import { messagesOf } from '../../scripts/merge-locales';

const messages = messagesOf('en');

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * The English text of a key as an expression, with anything in the place of its facts and any of its plural forms.
 * Throws where there is none, so that a test cannot wait for a sentence that nobody wrote.
 */
export const says = (key: string): RegExp => {
  const text = key
    .split('.')
    .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], messages);
  if (typeof text !== 'string') throw new Error(`There is no text ${key}.`);
  const forms = text.split(' | ').map((form) => escaped(form).replace(/\\\{\w+\\\}|\\\$\d/g, '.+?'));
  return new RegExp(forms.join('|'));
};
