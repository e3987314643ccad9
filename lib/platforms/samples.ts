import type { PlatformSample } from './definition';
import { platforms } from './index';

/** Found by the name of the file, as readings are. */
const found = Object.values(
  import.meta.glob<PlatformSample>('./*/sample.ts', { eager: true, import: 'sample' }),
);

/** In the order of the platforms, of which not every one need have a sample. */
export const samples: readonly PlatformSample[] = platforms.flatMap(
  (platform) => found.find(({ id }) => id === platform.id) ?? [],
);
