import { i18n } from '#i18n';

/** The language that our texts are in, which may be another than the browser's. */
export const nameLanguage = (): void => {
  document.documentElement.lang = i18n.t('language');
  document.documentElement.dir = i18n.t('@@bidi_dir');
};
