import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { OpenSidePanel } from '../../components/OpenSidePanel';
import { OptionsView } from '../../components/Options';
import { PopupView } from '../../components/Popup';
import { drawPage } from '../../components/page';
import { sentence } from '../../components/texts';
import { type Send, SendContext } from '../../components/use-command';
import { closeDatabase } from '../../lib/storage/database';
import { changeSettings } from '../../lib/storage/settings';
import { NOW, popups, settingsFixture } from './fixtures';

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

it('the popup’s foot leads to them, too, and closing them leads back', async () => {
  const person = userEvent.setup();
  drawPage(<OpenSidePanel isPopup />);
  const button = await screen.findByRole('button', { name: '? Keys' });
  await person.click(button);
  const list = await screen.findByRole('dialog', { name: 'Keys' }, { timeout: 5_000 });
  await person.click(within(list).getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(dialog()).toBeNull());
  expect(button).toHaveFocus();
});

describe('single keys', () => {
  const send = vi.fn<Send>(async () => ({ ok: true }));
  const open = (page: React.ReactNode) => {
    drawPage(<SendContext value={send}>{page}</SendContext>);
    return userEvent.setup();
  };
  const { rows, around } = popups.severalUnfolded;

  it('find, move and check in the popup', async () => {
    const person = open(<PopupView rows={rows} around={around} alive />);
    const search = await screen.findByRole('searchbox', { name: 'Find a destination' });
    search.blur();
    await person.keyboard('j');
    const [first, second] = screen.getAllByRole('button', { name: /^Fix / });
    await waitFor(() => expect(first).toHaveFocus());
    await person.keyboard('j');
    await waitFor(() => expect(second).toHaveFocus());
    await person.keyboard('k');
    await waitFor(() => expect(first).toHaveFocus());
    await person.keyboard('c');
    await waitFor(() =>
      expect(send).toHaveBeenLastCalledWith(expect.objectContaining({ type: 'health.checkNow' })),
    );
    await person.keyboard('/');
    await waitFor(() => expect(search).toHaveFocus());
    send.mockClear();
    await person.keyboard('cj');
    expect(search).toHaveValue('cj');
    expect(send).not.toHaveBeenCalled();
  });

  it('do nothing when they are switched off, where the same page does it else', async () => {
    await changeSettings({ singleKeys: false });
    const person = open(<PopupView rows={rows} around={around} alive />);
    const search = await screen.findByRole('searchbox', { name: 'Find a destination' });
    search.blur();
    await person.keyboard('/');
    await new Promise((done) => setTimeout(done, 50));
    expect(search).not.toHaveFocus();
    await changeSettings({ singleKeys: true });
    await person.keyboard('/');
    await waitFor(() => expect(search).toHaveFocus());
  });

  it('lead back out of what was opened in the settings, and the focus stays by its side', async () => {
    Object.assign(fakeBrowser.runtime, { getManifest: () => ({ version: '0.0.0' }) });
    const person = open(<OptionsView rows={settingsFixture('settingsConnected').rows} now={NOW} />);
    const rename = await screen.findByRole('button', { name: 'Rename' });
    rename.focus();
    await person.keyboard('{Enter}');
    expect(screen.getByRole('textbox', { name: 'Workspace name' })).toHaveFocus();
    await person.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Workspace name' })).toBeNull());
    await waitFor(() => expect(screen.getByRole('heading', { name: /^Acme Outdoors/ })).toHaveFocus());
    await person.tab();
    expect(screen.getByRole('button', { name: 'Test' })).toHaveFocus();
  });
});
