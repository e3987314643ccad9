/** The few calls that our pages make on the browser, for a page that is no extension. */
declare const TEXTS: Record<string, Record<string, { message: string }>>;

const language = new URLSearchParams(location.search).get('language') ?? 'en';
const texts = TEXTS[language] ?? {};

export const browser = {
  i18n: {
    getMessage: (name: string, substitutions: string[] = []): string =>
      name === '@@bidi_dir'
        ? (new URLSearchParams(location.search).get('dir') ?? 'ltr')
        : (texts[name]?.message ?? '').replace(
            /\$(\d)/g,
            (_all, n: string) => substitutions[Number(n) - 1] ?? '',
          ),
  },
  runtime: {
    id: 'gallery',
    getManifest: () => ({ version: '0.0.0' }),
    openOptionsPage: async () => {},
    reload: () => {},
    sendMessage: async () => ({ ok: true }),
  },
  storage: { local: { get: async () => ({}), set: async () => {} } },
  sidePanel: { open: async () => {} },
  windows: { getCurrent: async () => ({ id: 1 }) },
};
