import type { IdKind, Platform } from '../platforms/definition';

export const idKindsOf = (platform: Platform): IdKind[] =>
  platform.kinds.filter((kind): kind is IdKind => !kind.secret);

/** The ids of a destination by kind, as the platform's addresses want them; those that are not known are left out. */
export const idsByKind = (
  platform: Platform,
  config: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    idKindsOf(platform).flatMap(({ id, field }): [string, string][] => {
      const value = config[field];
      return value ? [[id, value]] : [];
    }),
  );
