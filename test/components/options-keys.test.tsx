import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { OptionsView } from '../../components/Options';
import { drawPage } from '../../components/page';
import { sentence } from '../../components/texts';
import { type Send, SendContext } from '../../components/use-command';
import type { CommandAnswer } from '../../lib/messages/commands';
import { closeDatabase } from '../../lib/storage/database';
import { NOW, settingsFixture } from './fixtures';

/** Everything in the settings without a pointer. */

const UPSTACK_PIXEL = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';

const button = (name: string) => screen.getByRole('button', { name });
const link = (name: string) => screen.getByRole('link', { name });
const tick = (name: string) => screen.getByRole('checkbox', { name });
const choice = (name: string) => screen.getByRole('radio', { name });
const field = (name: string) => screen.getByRole('textbox', { name });

const open = async (state: Parameters<typeof settingsFixture>[0], answer: CommandAnswer = { ok: true }) => {
  const send = vi.fn<Send>(async () => answer);
  drawPage(
    <SendContext value={send}>
      <OptionsView rows={settingsFixture(state).rows} now={NOW} />
    </SendContext>,
  );
  await screen.findByRole('heading', { level: 1 });
  return { person: userEvent.setup(), commands: () => send.mock.calls.map(([command]) => command) };
};

beforeEach(() => {
  document.body.innerHTML = '<p role="status"></p><p role="alert"></p><div id="root"></div>';
  Object.assign(fakeBrowser.runtime, { getManifest: () => ({ version: '0.0.0' }) });
});
afterEach(() => closeDatabase({ remove: true }));

describe('the settings by keyboard alone', () => {
  it('are gone through from top to bottom, each group of choices at once', async () => {
    const { person } = await open('settingsConnected');
    const inOrder = [
      ...['Workspaces', 'Capture', 'Alerts', 'Appearance', 'Data', 'Advanced', 'About'].map((name) =>
        link(name),
      ),
      ...['Test', 'Replace key', 'Rename', 'Colour', 'Disconnect'].map((name) => button(name)),
      screen.getByText('Add another workspace'),
      screen.getByText('Add many at once'),
      tick('Capture on Reddit'),
      tick('Capture on Pinterest'),
      choice('60 min'),
      tick('Show alerts'),
      tick('Quiet hours'),
      choice('With a count'),
      choice('As in your browser'),
      tick('Closer rows in the side panel'),
      tick('Single keys'),
      ...['Change the keyboard shortcuts', 'Export as CSV', 'Delete everything'].map((name) => button(name)),
      ...['Try with sample data', 'Copy details'].map((name) => button(name)),
      ...['What’s new', 'Privacy policy'].map((name) => link(name)),
    ];
    for (const element of inOrder) {
      await person.tab();
      expect(document.activeElement).toBe(element);
    }
    await person.tab({ shift: true });
    expect(link('What’s new')).toHaveFocus();
  });

  it('connect a workspace, and lead to what is missing', async () => {
    const { person, commands } = await open('settingsEmpty');
    field('API key').focus();
    await person.keyboard('{Enter}');
    expect(field('API key')).toHaveFocus();
    expect(field('API key')).toHaveAccessibleDescription(sentence('connect.keyMissing'));
    await person.keyboard('my-key');
    await person.keyboard('{Enter}');
    expect(field('Upstack pixel ID')).toHaveFocus();
    expect(field('Upstack pixel ID')).toHaveAccessibleDescription(sentence('connect.pixelMissing'));
    expect(commands()).toEqual([]);
    await person.keyboard(UPSTACK_PIXEL);
    await person.tab();
    expect(field('Workspace name')).toHaveFocus();
    await person.keyboard('Bolt Shoes');
    await person.tab();
    await person.keyboard(' ');
    expect(tick('Keep me connected on this device')).not.toBeChecked();
    await person.tab();
    expect(button('Connect')).toHaveFocus();
    await person.keyboard('{Enter}');
    expect(commands()).toEqual([
      {
        type: 'workspace.connect',
        apiKey: 'my-key',
        pixelId: UPSTACK_PIXEL,
        name: 'Bolt Shoes',
        remember: false,
      },
    ]);
  });

  it('disconnect a workspace for which something waits only at a second word, and Esc takes it back', async () => {
    const { person, commands } = await open('settingsConnected', { ok: false, code: 'busy' });
    const ask = async () => {
      button('Disconnect').focus();
      await person.keyboard('{Enter}');
      await waitFor(() => expect(button('Keep connected')).toHaveFocus());
    };
    await ask();
    await person.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Disconnect anyway' })).toBeNull());
    await waitFor(() => expect(screen.getByRole('heading', { name: /^Acme Outdoors/ })).toHaveFocus());
    await ask();
    await person.tab();
    expect(button('Disconnect anyway')).toHaveFocus();
    await person.keyboard(' ');
    expect(commands()).toEqual(
      [false, false, true].map((force) => ({ type: 'workspace.disconnect', workspaceId: 'w1', force })),
    );
  });

  it('switch with Space and choose with arrows', async () => {
    const { person, commands } = await open('settingsConnected');
    tick('Capture on Pinterest').focus();
    await person.keyboard(' ');
    expect(tick('Capture on Pinterest')).not.toBeChecked();
    choice('With a count').focus();
    await person.keyboard('{ArrowDown}');
    expect(choice('A dot only')).toHaveFocus();
    expect(choice('A dot only')).toBeChecked();
    expect(commands()).toEqual([
      { type: 'settings.change', change: { off: ['pinterest'] } },
      { type: 'settings.change', change: { badge: 'dot' } },
    ]);
  });

  it('delete everything only after a question, which Esc takes back', async () => {
    const { person, commands } = await open('settingsConnected');
    button('Delete everything').focus();
    await person.keyboard('{Enter}');
    expect(button('Cancel')).toHaveFocus();
    await person.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByText(sentence('options.deleteAllAsk'))).toBeNull());
    await waitFor(() => expect(screen.getByRole('heading', { name: 'Data' })).toHaveFocus());
    expect(commands()).toEqual([]);
    button('Delete everything').focus();
    await person.keyboard('{Enter}');
    await person.tab();
    await person.keyboard('{Enter}');
    expect(commands()).toEqual([{ type: 'everything.delete', force: false }]);
  });

  it('close a key’s field with Esc, and the focus stays by its side', async () => {
    const { person, commands } = await open('settingsConnected');
    button('Replace key').focus();
    await person.keyboard('{Enter}');
    expect(field('API key')).toHaveFocus();
    await person.keyboard('half a key{Escape}');
    await waitFor(() => expect(screen.queryByRole('textbox', { name: 'API key' })).toBeNull());
    await waitFor(() => expect(screen.getByRole('heading', { name: /^Acme Outdoors/ })).toHaveFocus());
    expect(commands()).toEqual([]);
  });
});
