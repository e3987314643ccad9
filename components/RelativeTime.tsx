import { createContext, useContext } from 'react';
import { ago, exactTime } from './texts';

/** One clock for a whole page, so that nothing on it disagrees. */
export const NowContext = createContext(0);

export const useTime = (): number => useContext(NowContext);

export const RelativeTime = ({ at }: { at: number }) => (
  <time dateTime={new Date(at).toISOString()} title={exactTime(at)}>
    {ago(at, useTime())}
  </time>
);
