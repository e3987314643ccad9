import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { drawPage } from '../../components/page';
import { sentence } from '../../components/texts';
import { closeDatabase } from '../../lib/storage/database';
import { changeSettings } from '../../lib/storage/settings';

const dialog = () => screen.queryByRole('dialog', { name: 'Keys' });

beforeEach(() => {
  Object.assign(fakeBrowser.commands, {
    getAll: async () => [
      { name: '_execute_action', description: '', shortcut: 'Alt+Shift+U' },
      { name: 'check-all', description: 'Check all destinations now', shortcut: '' },
    ],
  });
  document.body.innerHTML = '<div id="root"></div>';
});
afterEach(() => closeDatabase({ remove: true }));

it('the question mark shows all keys on every page of ours, once, and leads back', async () => {
  const person = userEvent.setup();
  drawPage(<input aria-label="Search" />);
  const field = await screen.findByRole('textbox', { name: 'Search' });
  await person.type(field, 'why?');
  expect(field).toHaveValue('why?');
  field.blur();
  await person.keyboard('??');
  const list = await screen.findByRole('dialog', { name: 'Keys' }, { timeout: 5_000 });
  expect(screen.getAllByRole('dialog')).toHaveLength(1);
  expect(within(list).getByText(sentence('keys.search'))).toBeInTheDocument();
  expect(within(list).getByText('Alt+Shift+U')).toBeInTheDocument();
  expect(within(list).getByText(sentence('keys.popup'))).toBeInTheDocument();
  // One without keys of its own is not in the list.
  expect(within(list).queryByText('Check all destinations now')).toBeNull();
  await person.click(within(list).getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(dialog()).toBeNull());

  await changeSettings({ singleKeys: false });
  await person.keyboard('?');
  await new Promise((done) => setTimeout(done, 50));
  expect(dialog()).toBeNull();
});
