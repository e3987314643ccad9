/** What a workspace is marked with beside its name, in the order in which new ones get them. */
export const colours = ['blue', 'orange', 'violet', 'teal', 'pink', 'olive', 'grey'] as const;

export type Colour = (typeof colours)[number];
