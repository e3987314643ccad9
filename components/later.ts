import { createElement, useEffect, useState } from 'react';

/**
 * A component whose code is fetched when it is first wanted. Unlike `React.lazy` it draws at once if its code is
 * there already, so a page that fetches before its first picture does not flicker.
 */
export const later = <P extends object>(load: () => Promise<React.ComponentType<P>>) => {
  let loaded: React.ComponentType<P> | undefined;
  const bring = async (): Promise<void> => {
    loaded ??= await load();
  };
  // biome-ignore lint/correctness/noComponentHookFactories: called at module level alone, once for each part
  const Later = (props: P): React.ReactNode => {
    const [, redraw] = useState(false);
    useEffect(() => {
      if (!loaded) void bring().then(() => redraw(true));
    }, []);
    return loaded && createElement(loaded, props);
  };
  return Object.assign(Later, { bring });
};
