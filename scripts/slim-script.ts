import type { InlineConfig } from 'vite';

/** WXT's frame around a script: it does nothing but tell a log, which is off here, that the script has thrown. */
const FRAME = 'virtual:wxt-unlisted-script-entrypoint?';

/** It takes objects as well, which we give it none of. */
const DEFINE = 'define-unlisted-script';

/**
 * What every page of the ad consoles loads is to be small. By itself Vite makes `var` of each constant of a module, so
 * that none is put where it is used; and the script needs no frame.
 */
export const slimScript = (config: InlineConfig): void => {
  const { rolldownOptions } = config.build ?? {};
  if (!rolldownOptions?.output || Array.isArray(rolldownOptions.output))
    throw new Error('The script that capture.js is made of has no output to be made small.');
  rolldownOptions.output.topLevelVar = false;
  config.plugins = [
    config.plugins,
    {
      name: 'no-frame',
      transform(code, id) {
        if (id.includes(DEFINE)) return 'export const defineUnlistedScript = (main) => ({ main });';
        if (!id.includes(FRAME)) return undefined;
        const [script] = /^import definition from .*$/m.exec(code) ?? [];
        if (!script) throw new Error('The frame of capture.js is not what it was.');
        return `${script}\nexport default definition.main();`;
      },
    },
  ];
};
