/** Copies without the named keys, since an optional key may be left out but not be undefined. */
export const without = <T extends object, K extends keyof T>(row: T, ...keys: K[]): Omit<T, K> => {
  const copy = { ...row };
  for (const key of keys) delete copy[key];
  return copy;
};
