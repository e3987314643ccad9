import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { sentence } from '../../components/texts';
import { drawSettings } from './drawing';

const button = (name: string) => screen.getByRole('button', { name });
const status = () => screen.getByRole('status');

describe('settings', () => {
  it('offer to connect while nothing is connected', () => {
    drawSettings('settingsEmpty');
    expect(screen.getByRole('heading', { name: 'Connect your Upstack account' })).toBeInTheDocument();
    expect(button('Connect')).toBeEnabled();
  });

  it('say why a first connection failed', () => {
    drawSettings('settingsRefused');
    expect(screen.getByText(sentence('problem.scopeMissing'))).toBeInTheDocument();
  });

  it('show a workspace with its key masked', () => {
    drawSettings('settingsConnected');
    expect(screen.getByRole('heading', { name: /^Acme Outdoors Connected$/ })).toBeInTheDocument();
    expect(screen.getByText('••••••••7dQx')).toBeInTheDocument();
  });

  it('test the key', async () => {
    const { person, commands } = drawSettings('settingsConnected');
    await person.click(button('Test'));
    expect(commands()).toEqual([{ type: 'workspace.test', workspaceId: 'w1' }]);
  });

  it('rename, and say that it is saved', async () => {
    const { person, commands } = drawSettings('settingsConnected');
    await person.click(button('Rename'));
    const name = screen.getByRole('textbox', { name: 'Workspace name' });
    await person.clear(name);
    await person.click(button('Save'));
    expect(name).toHaveAccessibleDescription(sentence('options.nameMissing'));
    await person.type(name, 'Bolt Shoes');
    await person.click(button('Save'));
    expect(commands()).toEqual([{ type: 'workspace.rename', workspaceId: 'w1', name: 'Bolt Shoes' }]);
    await waitFor(() => expect(status()).toHaveTextContent(sentence('options.renamed')));
  });

  it('disconnect at once while nothing waits', async () => {
    const { person, commands } = drawSettings('settingsConnected');
    await person.click(button('Disconnect'));
    expect(commands()).toEqual([{ type: 'workspace.disconnect', workspaceId: 'w1', force: false }]);
    await waitFor(() => expect(status()).toHaveTextContent(sentence('options.disconnected')));
  });

  it('ask before they disconnect while something waits', async () => {
    const { person, commands } = drawSettings('settingsConnected', { ok: false, code: 'busy' });
    await person.click(button('Disconnect'));
    expect(await screen.findByRole('group', { name: sentence('options.busyHeading') })).toBeInTheDocument();
    expect(button('Keep connected')).toHaveFocus();
    expect(commands()).toHaveLength(1);
    await person.click(button('Disconnect anyway'));
    expect(commands().at(-1)).toEqual({ type: 'workspace.disconnect', workspaceId: 'w1', force: true });
  });

  it('say what is wrong with a refused key', () => {
    drawSettings('settingsKeyRefused');
    expect(screen.getByRole('heading', { name: /Key refused$/ })).toBeInTheDocument();
    expect(screen.getByText(sentence('problem.keyRefused'))).toBeInTheDocument();
  });
});

describe('many workspaces at once', () => {
  const field = () => screen.getByRole('textbox', { name: 'Lines of name, key and pixel' });

  it('are pasted as lines, which leave the page with the click', async () => {
    const { person, commands } = drawSettings('settingsConnected');
    await person.click(screen.getByText('Add many at once'));
    await person.click(field());
    await person.paste('Bolt Shoes,key,pixel\nCedar Home,key,pixel');
    await person.click(button('Add them'));
    expect(commands()).toEqual([
      { type: 'workspace.addMany', text: 'Bolt Shoes,key,pixel\nCedar Home,key,pixel', remember: true },
    ]);
    expect(field()).toHaveValue('');
  });

  it('stay in the field when nothing in them could be read', async () => {
    const { person } = drawSettings('settingsConnected', { ok: false, code: 'invalid' });
    await person.click(screen.getByText('Add many at once'));
    await person.click(button('Add them'));
    expect(field()).toHaveAccessibleDescription(sentence('bulk.empty'));
    await person.type(field(), 'x');
    await person.click(button('Add them'));
    expect(field()).toHaveValue('x');
    expect(field()).toHaveAccessibleDescription(sentence('bulk.unread'));
  });

  it('tell how far they have come', () => {
    drawSettings('settingsAdding');
    expect(screen.getByRole('progressbar', { name: '12 of 21 tried' })).toHaveValue(12);
  });

  it('end with what was added and each refusal with its line and reason', async () => {
    const { person, commands } = drawSettings('settingsAdded');
    expect(screen.getByRole('heading', { name: '20 added, 2 refused' })).toBeInTheDocument();
    expect(screen.getByText('Not tried: 1. Paste them again.')).toBeInTheDocument();
    const refused = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(refused).toEqual([
      `Line 7 · Bolt Shoes: ${sentence('problem.keyRefused')}`,
      `Line 9: ${sentence('bulk.refused.columns')}`,
    ]);
    await person.click(button('Done'));
    expect(commands()).toEqual([{ type: 'workspace.dismissMany', bulkId: 'b1' }]);
  });
});
