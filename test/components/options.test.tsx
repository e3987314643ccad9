import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { PRIVACY_POLICY, WHATS_NEW } from '../../components/links';
import { sentence } from '../../components/texts';
import { drawSettings } from './drawing';
import { NOW, PIXEL } from './fixtures';

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

  it('let the colour be chosen by its name, save it at once, and lead back by Escape', async () => {
    const { person, commands } = drawSettings('settingsConnected');
    await person.click(button('Colour'));
    const choice = screen.getByRole('group', { name: 'Colour' });
    const names = within(choice)
      .getAllByRole('radio')
      .map((one) => one.closest('label')?.textContent);
    expect(names).toEqual(['Blue', 'Orange', 'Violet', 'Teal', 'Pink', 'Olive', 'Grey']);
    expect(screen.getByRole('radio', { name: 'Blue' })).toBeChecked();
    expect(screen.getByRole('radio', { name: 'Blue' })).toHaveFocus();
    await person.keyboard('{ArrowDown}');
    expect(commands()).toEqual([{ type: 'workspace.recolour', workspaceId: 'w1', colour: 'orange' }]);
    expect(status()).toHaveTextContent('Saved.');
    await person.click(button('Close'));
    expect(screen.queryByRole('group', { name: 'Colour' })).toBeNull();
  });

  it('show where each ad account goes, and let that be changed and forgotten', async () => {
    const { person, commands } = drawSettings('settingsAccounts');
    await person.click(screen.getByText('Ad accounts: 2'));
    const goes = screen.getByRole('combobox', { name: `Reddit ${PIXEL}` });
    expect(goes).toHaveDisplayValue('Acme Canada');
    expect(screen.getByRole('combobox', { name: /^Pinterest/ })).toHaveDisplayValue('Found by its IDs');
    await person.selectOptions(goes, 'Acme US');
    expect(goes).toHaveDisplayValue('Acme US');
    await person.selectOptions(goes, 'Found by its IDs');
    await person.click(button(`Forget ${PIXEL}`));
    const account = `reddit/${PIXEL}`;
    expect(commands()).toEqual([
      { type: 'account.choose', account, destination: 'd1' },
      { type: 'account.choose', account },
      { type: 'account.forget', account },
    ]);
    expect(status()).toHaveTextContent(sentence('account.forgotten'));
  });

  it('disconnect at once while nothing waits', async () => {
    const { person, commands } = drawSettings('settingsConnected');
    await person.click(button('Disconnect'));
    expect(commands()).toEqual([{ type: 'workspace.disconnect', workspaceId: 'w1', force: false }]);
  });

  it('offer to take a disconnection back, by keyboard from where the workspace was, until it is final', async () => {
    const { person, commands, next } = drawSettings('settingsConnected');
    button('Disconnect').focus();
    next('settingsLeavingAll');
    await waitFor(() => expect(status()).toHaveTextContent(/is disconnected\./));
    expect(screen.getByText('Final in 8 s.')).toBeInTheDocument();
    await waitFor(() => expect(screen.getByRole('heading', { name: 'Workspaces' })).toHaveFocus());
    await person.tab();
    expect(button('Undo')).toHaveFocus();
    await person.keyboard('{Enter}');
    expect(commands()).toEqual([{ type: 'workspace.undoDisconnect', workspaceId: 'w1' }]);

    next('settingsLeavingAll', NOW + 7_001);
    expect(screen.getByText('Final in 1 s.')).toBeInTheDocument();
    next('settingsLeavingAll', NOW + 8_000);
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
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

describe('each setting', () => {
  const tick = (name: string) => screen.getByRole('checkbox', { name });
  const set = (change: object) => ({ type: 'settings.change', change });

  const grants = (granted: boolean) => {
    const asked: unknown[] = [];
    Object.assign(fakeBrowser.permissions, {
      request: async (what: unknown) => {
        asked.push(what);
        return granted;
      },
    });
    return asked;
  };

  it('is saved at once, and says so', async () => {
    const { person, commands } = drawSettings('settingsConnected');
    await person.click(screen.getByRole('radio', { name: 'Dark' }));
    await person.click(tick('Single keys'));
    await person.click(screen.getByRole('radio', { name: 'A dot only' }));
    await person.click(tick('Capture on Pinterest'));
    expect(commands()).toEqual([
      set({ look: 'dark' }),
      set({ singleKeys: false }),
      set({ badge: 'dot' }),
      set({ off: ['pinterest'] }),
    ]);
    expect(status()).toHaveTextContent('Saved.');
  });

  it('asks for leave to show alerts from the click that switches them on', async () => {
    const asked = grants(true);
    const { person, commands } = drawSettings('settingsConnected');
    await person.click(tick('Show alerts'));
    expect(asked).toEqual([{ permissions: ['notifications'] }]);
    expect(commands()).toEqual([set({ alerts: true })]);
  });

  it('leaves alerts off if that is refused, and says so', async () => {
    grants(false);
    const { person, commands } = drawSettings('settingsConnected');
    await person.click(tick('Show alerts'));
    expect(commands()).toEqual([]);
    expect(screen.getByRole('alert')).toHaveTextContent(sentence('options.alertsDenied'));
  });

  it('switches alerts off without asking', async () => {
    const asked = grants(true);
    const { person, commands } = drawSettings('settingsAlerts');
    await person.click(tick('Show alerts'));
    await person.click(tick('Weekends too'));
    expect(asked).toEqual([]);
    expect(commands()).toEqual([set({ alerts: false }), set({ quietWeekends: false })]);
    expect(screen.getByLabelText('From')).toHaveValue('20:00');
  });

  it('deletes everything after one question, and asks again where a token waits', async () => {
    const { person, commands } = drawSettings('settingsConnected', { ok: false, code: 'busy' });
    await person.click(button('Delete everything'));
    expect(commands()).toEqual([]);
    expect(button('Cancel')).toHaveFocus();
    await person.click(button('Delete everything'));
    expect(commands()).toEqual([{ type: 'everything.delete', force: false }]);
    expect(screen.getByText(sentence('options.busy'))).toBeInTheDocument();
    await person.click(button('Delete everything anyway'));
    expect(commands()).toHaveLength(2);
    expect(commands()[1]).toEqual({ type: 'everything.delete', force: true });
  });

  it('has an anchor in the list at the top', () => {
    drawSettings('settingsConnected');
    const links = screen.getAllByRole('link').map((link) => link.getAttribute('href') ?? '');
    const anchors = links.filter((href) => href.startsWith('#'));
    expect(anchors).toHaveLength(7);
    for (const anchor of anchors) expect(document.querySelector(anchor)).toBeInTheDocument();
  });
});

it('about leads to what is new and to the privacy policy, beside what is open', () => {
  drawSettings('settingsConnected');
  for (const [name, href] of [
    ['What’s new', WHATS_NEW],
    ['Privacy policy', PRIVACY_POLICY],
  ] as const) {
    const link = screen.getByRole('link', { name });
    expect(link).toHaveAttribute('href', href);
    expect(link).toHaveAttribute('target', '_blank');
  }
});

it('diagnostics tell kinds and counts, and no name, id or token', () => {
  drawSettings('settingsConnected');
  const text = document.querySelector('pre')?.textContent ?? '';
  expect(text).toContain('Workspaces: api/connected 1');
  expect(text).not.toMatch(/Acme|7dQx|1b4e28ba/);
});
