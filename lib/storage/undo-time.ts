/** How long a person may take back what they have thrown away, in ms. */
export const UNDO_TIME = 10_000;
