import { i18n } from '#i18n';
import type { Platform } from '../lib/platforms/definition';
import type { Destination } from '../lib/storage/rows';

/** The ids of a destination with their labels, as a person reads them. */
export const idsText = (platform: Platform, config: Readonly<Record<string, string>> = {}): string =>
  platform.kinds
    .flatMap((kind) => (kind.secret || !config[kind.field] ? [] : [`${kind.label} ${config[kind.field]}`]))
    .join(', ');

/** To be sent to somebody who may generate a token. */
export const askAdminText = (platform: Platform, destination: Destination | undefined): string => {
  const ids = idsText(platform, destination?.config);
  const facts = { platform: platform.name, ids };
  return ids ? i18n.t('diagnosis.askAdmin', facts) : i18n.t('diagnosis.askAdminPlain', facts);
};
