/** A fixed sequence from 0 to below 1, so that a run can be repeated: xorshift32. */
export const sequence = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
};
