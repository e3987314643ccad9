import type { PlatformReading } from './definition';

/**
 * What the capture script carries of the platforms: the rest would be a third of its size. Found by the name of the
 * file, so that the registry stays the one place where a platform is added.
 */
const readings = Object.values(
  import.meta.glob<PlatformReading>('./*/reading.ts', { eager: true, import: 'reading' }),
);

/** The platform whose pages lie at this origin, compared as strings: see `platformOfOrigin`. */
export const readingOfOrigin = (origin: string): PlatformReading | undefined =>
  readings.find(({ origins }) => origins.includes(origin));
