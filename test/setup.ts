import 'fake-indexeddb/auto';
import { generateChromeMessages, parseMessagesObject } from '@wxt-dev/i18n/build';
import { beforeEach } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { messagesOf } from '../scripts/merge-locales';

const texts = generateChromeMessages(
  parseMessagesObject(messagesOf('en') as Parameters<typeof parseMessagesObject>[0]),
) as Record<string, { message: string }>;

/** As a browser does it: an unknown name gives an empty text, and `$1` stands for the first substitution. */
const getMessage = (name: string, substitutions: string | string[] = []): string =>
  (texts[name]?.message ?? '').replace(
    /\$(\d)/g,
    (_all, index: string) => [substitutions].flat()[Number(index) - 1] ?? '',
  );

beforeEach(() => {
  fakeBrowser.reset();
  Object.assign(fakeBrowser.i18n, { getMessage });
});
