/** Where two values differ: after what they share at the start, before what they share at the end. */
export const differenceOf = (one: string, other: string): { start: number; fromEnd: number } => {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start += 1;
  let fromEnd = 0;
  while (fromEnd < shorter - start && one.at(-1 - fromEnd) === other.at(-1 - fromEnd)) fromEnd += 1;
  return { start, fromEnd };
};
