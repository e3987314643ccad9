import { expect, it, vi } from 'vitest';
import { openPage } from '../../components/open-page';
import { stored } from '../../lib/storage/database';
import { says } from '../story/texts';

it('a page whose rows cannot be read says so, and what to do', async () => {
  document.body.innerHTML = '<div id="root"><p>skeleton</p></div>';
  vi.spyOn(stored, 'together').mockRejectedValue(
    new DOMException('Internal error opening backing store', 'UnknownError'),
  );
  await openPage(async () => 'never');
  const told = document.querySelector('#root > [role="alert"]');
  expect(told?.querySelector('h2')?.textContent).toMatch(says('unopened.heading'));
  expect(told?.querySelector('p')?.textContent).toMatch(says('unopened.body'));
  expect(document.body.textContent).not.toContain('skeleton');
});
