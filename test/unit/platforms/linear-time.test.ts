import { expect, it } from 'vitest';
import { platforms } from '../../../lib/platforms/index';
import { pinterestKey, redditConversionToken } from '../../sandbox/tokens';

const tokens = { reddit: redditConversionToken(), pinterest: pinterestKey() };

const hostile: Readonly<Record<keyof typeof tokens, readonly string[]>> = {
  reddit: ['eyJ', '.eyJ', 'eyJ.', 'eyJ.eyJ.', 'A', '.', tokens.reddit.slice(0, -1)],
  pinterest: ['pina_', 'p', 'A', `pina_${'A'.repeat(95)}`, tokens.pinterest.slice(0, -1)],
};

it.each(platforms)(
  '$name: a token is looked for in time that grows with the text and no faster',
  (platform) => {
    const secret = platform.kinds.find((kind) => kind.secret);
    for (const piece of hostile[platform.id as keyof typeof hostile]) {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      const start = performance.now();
      secret?.find(text);
      expect(performance.now() - start, piece.slice(0, 9)).toBeLessThan(2000);
    }
  },
);
