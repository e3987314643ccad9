import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { sentence } from '../../components/texts';
import { drawWelcome } from './drawing';

const button = (name: string) => screen.getByRole('button', { name });

describe('the welcome page', () => {
  it('leads to the toolbar, to Upstack and to a first token, in this order', async () => {
    await drawWelcome('welcome');
    expect(screen.getByRole('heading', { level: 1, name: sentence('welcome.title') })).toBeInTheDocument();
    expect(
      screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent?.trim()),
    ).toEqual([sentence('welcome.pin'), sentence('connect.heading'), sentence('welcome.capture')]);
    expect(screen.getByText(sentence('welcome.pinHow'))).toBeInTheDocument();
    for (const [what, told] of [
      ['welcome.reads', 'welcome.readsWhat'],
      ['welcome.sends', 'welcome.sendsWhat'],
    ] as const) {
      expect(screen.getByText(sentence(what))).toBeInTheDocument();
      expect(screen.getByText(sentence(told))).toBeInTheDocument();
    }
  });

  it('offers both ways to Upstack in plain words', async () => {
    const { person, commands } = await drawWelcome('welcome');
    expect(screen.getByRole('textbox', { name: 'Upstack pixel ID' })).toBeInTheDocument();
    expect(screen.getByText(/hasn’t opened its destinations API to everyone yet/)).toBeInTheDocument();
    await person.click(button('Go on without a key'));
    expect(commands()).toEqual([{ type: 'workspace.useDashboard', name: '' }]);
  });

  it('takes the guide along to the ad console', async () => {
    const { person, commands } = await drawWelcome('welcome');
    document.addEventListener('click', (event) => event.preventDefault(), { once: true }); // there is no network here
    await person.click(screen.getByRole('link', { name: 'Open Reddit Events Manager' }));
    expect(commands()).toEqual([{ type: 'guide.start', platform: 'reddit', job: 'create' }]);
  });

  it('ticks what is done, and says so', async () => {
    await drawWelcome('welcomeReady');
    for (const told of ['welcome.pinned', 'welcome.captured'])
      expect(screen.getByText(sentence(told))).toBeInTheDocument();
    expect(screen.getByText('Connected to Acme Outdoors.')).toBeInTheDocument();
    expect(screen.queryByRole('textbox')).toBeNull();
    await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('Connected to Acme Outdoors.'));
  });

  it('offers the other way first where the key has no destinations API', async () => {
    await drawWelcome('welcomeFailed');
    expect(screen.getAllByText(sentence('problem.noDestinationsApi')).length).toBeGreaterThan(0);
    expect(button('Go on without a key')).toBeEnabled();
  });

  it('is gone through by keyboard alone, and the focus stays where the form was', async () => {
    const { person, commands, next } = await drawWelcome('welcome');
    await person.tab();
    expect(screen.getByLabelText('API key')).toHaveFocus();
    await person.keyboard('upstack_key');
    await person.tab();
    await person.keyboard('1b4e28ba-2fa1-41d2-883f-0016d3cca427{Enter}');
    await waitFor(() => expect(commands()).toMatchObject([{ type: 'workspace.connect' }]));
    next('welcomeReady');
    await waitFor(() =>
      expect(screen.getByRole('heading', { name: sentence('connect.heading') })).toHaveFocus(),
    );
    await person.tab();
    expect(button('Close this page')).toHaveFocus();
  });

  it('closes its own tab', async () => {
    const closed: unknown[] = [];
    Object.assign(fakeBrowser.tabs, {
      getCurrent: async () => ({ id: 7 }),
      remove: async (id: unknown) => void closed.push(id),
    });
    const { person } = await drawWelcome('welcome');
    await person.click(button('Skip for now'));
    await waitFor(() => expect(closed).toEqual([7]));
  });
});
