import type { Platform, Verdict } from '../lib/platforms/definition';
import { sentence } from './texts';

/** What a platform says of its credentials: apart from the other texts, since most glances at the popup do without. */

/** The platform's own sentence, else that of the warning on which the doubt rests, else one for the level. */
export const verdictText = (platform: Platform, kind: string, { code, level, facts }: Verdict): string =>
  sentence(`platforms.${platform.id}.verdict.${kind}.${code}`, facts) ||
  sentence(`warning.${code}`) ||
  sentence(`verdict.${level}`);

export const labelOf = (platform: Platform, kind: string): string =>
  platform.kinds.find(({ id }) => id === kind)?.label ?? kind;
