import { createElement, useState } from 'react';
import { i18n } from '#i18n';
import { Button } from './Button';
import { countOf } from './texts';

/**
 * A long list: so many rows at first, the rest on demand. `onMore` is told the place of the first new row, where
 * whoever asked for more goes on.
 */
export const useMore = (rows: number, atOnce: number, onMore?: (first: number) => void) => {
  const [most, setMost] = useState(atOnce);
  const left = rows - most;
  const onClick = () => {
    setMost(most + atOnce);
    onMore?.(most);
  };
  return {
    most,
    button: left > 0 && createElement(Button, { onClick }, i18n.t('panel.more', { n: countOf(left) })),
  };
};
