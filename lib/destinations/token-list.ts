import { platformOf } from '../platforms/index';
import type { Destination, SeenPage } from '../storage/rows';

/** Pages on which tokens are listed by name, and whose they are. Pure. */

/**
 * True if a page is of the ad account that a destination belongs to. Names prove nothing without: whoever looks after
 * many accounts gives all their tokens the same ones.
 */
export const isOfItsAccount = ({ type, config }: Destination, { platform, ids }: SeenPage): boolean => {
  if (platform !== type) return false;
  return (platformOf(type)?.kinds ?? []).some((kind) => {
    if (kind.secret) return false;
    const seen = ids.filter((id) => id.kind === kind.id);
    return seen.some(
      ({ value, selected }) => value === config[kind.field] && (selected || seen.length === 1),
    );
  });
};

/** True if tokens are listed here, and somebody has use for it: a destination of that account. */
export const isListOf = (page: SeenPage, destinations: readonly Destination[]): boolean => {
  const screen = platformOf(page.platform)?.tokenList?.screen;
  return (
    screen !== undefined && page.screen === screen && destinations.some((row) => isOfItsAccount(row, page))
  );
};
