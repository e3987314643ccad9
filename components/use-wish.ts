import { useEffect, useState } from 'react';

/** A command that was not taken is told elsewhere; by then the control shows again what is so. */
const PATIENCE = 2_000;

/**
 * What a person has just chosen, until the rows say so too: a control must not jump back in between. `value` is what
 * the rows say.
 */
export const useWish = <T>(value: T): [shown: T, wish: (chosen: T) => void] => {
  const [wish, setWish] = useState<{ chosen: T; over: T }>();
  useEffect(() => {
    if (!wish) return undefined;
    const timer = setTimeout(setWish, PATIENCE, undefined);
    return () => clearTimeout(timer);
  }, [wish]);
  const shown = wish && Object.is(wish.over, value) ? wish.chosen : value;
  return [shown, (chosen) => setWish({ chosen, over: value })];
};
