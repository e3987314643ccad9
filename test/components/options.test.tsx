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
