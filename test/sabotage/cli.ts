import { runSabotages } from './run';
import { sabotages } from './sabotages';

/** `npm run sabotage`, or with names: `npm run sabotage -- scope-check`. Fails if a defence can go unnoticed. */
const wanted = process.argv.slice(2);
const chosen = wanted.length > 0 ? sabotages.filter(({ name }) => wanted.includes(name)) : sabotages;

console.log(`${'defence off'.padEnd(20)} ${'red'.padStart(9)}  ${'red when on'.padStart(11)}  noticed`);
const verdicts = await runSabotages(chosen, {
  tell: ({ sabotage, off, sound, noticed }) => {
    console.log(
      `${sabotage.name.padEnd(20)} ${`${off.red} of ${off.of}`.padStart(9)}  ${`${sound.red} of ${sound.of}`.padStart(11)}  ` +
        `${noticed ? 'yes' : 'NO'}   ${sabotage.breaks}`,
    );
  },
});
const passed = verdicts.filter(({ noticed }) => noticed).length;
console.log(`\n${passed} passed, ${verdicts.length - passed} failed`);
process.exitCode = passed === verdicts.length ? 0 : 1;
