import { describe, expect, it } from 'vitest';
import { checkEdits } from './sabotage';
import { sabotages } from './sabotages';

describe('sabotages', () => {
  it.each(sabotages)('$name still fits the source in exactly one place', ({ edits }) => {
    expect(edits.length).toBeGreaterThan(0);
    expect(() => checkEdits(edits)).not.toThrow();
  });

  it('refuses an edit that fits nowhere', () => {
    const edit = { file: 'lib/platforms/index.ts', find: /no such words in it/, replace: '' };
    expect(() => checkEdits([edit])).toThrow('has 0 places');
  });
});
