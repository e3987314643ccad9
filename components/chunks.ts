/**
 * The code of the popup that is fetched when a card wants it: each line is one file, made of a module that is called
 * `<name>-parts.ts` (see scripts/popup-chunks). A new card goes into one of these modules, gets a `later` line in
 * `parts.ts`, and its kind a line in `partsOf` there. Nothing here imports React: the fetch begins before React is
 * there.
 */
const chunks = {
  card: () => import('./card-parts'),
  panel: () => import('./panel-parts'),
};

type Chunk = keyof typeof chunks;

const LAST_TIME = 'chunks';
const wanted = new Set<Chunk>();

/** Fetches a chunk once, and notes that this opening of the page wanted it. */
export const chunk = <C extends Chunk>(name: C): ReturnType<(typeof chunks)[C]> => {
  wanted.add(name);
  return chunks[name]() as ReturnType<(typeof chunks)[C]>;
};

/** A browser that keeps nothing for us throws here; then nothing is known of last time. */
const lastTime = (): string | null => {
  try {
    return localStorage.getItem(LAST_TIME);
  } catch {
    return null;
  }
};

/** Begins to fetch what was wanted last time: most likely it is again. Without a last time there is a card too: the form to connect. */
export const fetchAsLastTime = (): void => {
  const names = lastTime()?.split(' ') ?? ['card'];
  for (const name of names) if (name in chunks) void chunks[name as Chunk]();
};

export const rememberChunks = (): void => {
  try {
    localStorage.setItem(LAST_TIME, [...wanted].join(' '));
  } catch {
    // The next opening fetches a little later.
  }
};
