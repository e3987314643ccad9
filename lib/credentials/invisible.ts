/** Format characters without a width, which pages and editors slip into long words: soft hyphens, joiners, marks. */
export const INVISIBLE = /\p{Cf}/gu;
