import type { InlineConfig } from 'vite';

/**
 * What every page of the ad consoles loads is to be small. By itself Vite makes `var` of each constant of a module, so
 * that none is put where it is used; and WXT's frame around a script carries sentences for a log that is off here.
 */
export const slimScript = ({ build }: InlineConfig): void => {
  const { rolldownOptions } = build ?? {};
  if (!rolldownOptions?.output || Array.isArray(rolldownOptions.output))
    throw new Error('The script that capture.js is made of has no output to be made small.');
  rolldownOptions.output.topLevelVar = false;
  rolldownOptions.treeshake = { manualPureFunctions: ['logger'] };
};
