import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { drawPopup } from './drawing';
import { NOW, type PopupFixture, popups } from './fixtures';

const button = (name: string | RegExp) => screen.getByRole('button', { name });
const sendButton = () => button('Send to Upstack');
const destinations = () => screen.getByLabelText('Destination');

describe('a new token for a destination', () => {
  it('says what is replaced and what stays the same', async () => {
    await drawPopup(popups.rotateNewer);
    expect(destinations()).toHaveAccessibleDescription('Replace the token. Pixel ID stays the same.');
    expect(screen.getByText('Made 3 min ago, newer than the one in use.')).toBeInTheDocument();
    expect(sendButton()).toBeEnabled();
  });

  it('says who else uses the token that is in use', async () => {
    await drawPopup(popups.rotateNewer);
    expect(screen.getByText('The token in use also serves Acme Canada. They keep it.')).toBeInTheDocument();
  });

  it('stops at an older one until it was checked', async () => {
    const { person, commands } = await drawPopup(popups.rotateOlder);
    expect(sendButton()).toBeDisabled();
    expect(screen.getByText('Made 3 min ago, older than the one in use.')).toBeInTheDocument();
    await person.click(screen.getByRole('checkbox', { name: 'I checked it' }));
    expect(commands()).toEqual([{ type: 'capture.tick', captureId: 'c1', tick: 'checked', on: true }]);
  });

  it('that was refused leaves the old one in use, and says at which step', async () => {
    await drawPopup(popups.rotateRefused);
    const step = screen.getByText('Token check: failed.').closest('li');
    expect(step).toHaveTextContent('Reddit refused the token');
    await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent('The old token is still in use'));
  });

  it('is asked for with a reason', async () => {
    const { person, commands } = await drawPopup(popups.healthy);
    await person.click(await screen.findByText('Replace the token…'));
    expect(screen.getByText(/Reddit tokens don’t expire/)).toBeVisible();
    await person.click(button('The token was exposed or may have been.'));
    expect(commands()).toEqual([
      {
        type: 'guide.start',
        platform: 'reddit',
        job: 'rotate',
        workspaceId: 'w1',
        destinationId: 'd1',
        reason: 'exposed',
      },
    ]);
  });
});

describe('a pixel that is not the one in the destination', () => {
  it('has two ways out: another destination, or the other pixel', async () => {
    const { person, commands } = await drawPopup(popups.mismatch);
    expect(screen.getAllByText('a2_f7k2', { exact: false }).length).toBeGreaterThan(1);
    await person.click(button('Choose another destination'));
    expect(destinations()).toHaveFocus();
    await person.click(button('Change the Pixel ID too'));
    expect(commands()).toEqual([
      { type: 'capture.confirmIds', captureId: 'c1', workspaceId: 'w1', destination: 'd1', on: true },
    ]);
  });

  it('can be sent once the change is confirmed, which can be taken back', async () => {
    const { person, commands } = await drawPopup(popups.mismatchConfirmed);
    expect(sendButton()).toBeEnabled();
    expect(destinations()).toHaveAccessibleDescription(
      /then the IDs are changed.*a2_f7k2h3x4q1zt → a2_f7k2m9x4q1zt/,
    );
    await person.click(button('Keep the IDs as they are'));
    expect(commands()).toMatchObject([{ type: 'capture.confirmIds', on: false }]);
  });

  it('is a full stop where it is another client’s, with both names and nothing to tick', async () => {
    await drawPopup(popups.otherClient);
    expect(sendButton()).toBeDisabled();
    expect(sendButton()).toHaveAccessibleDescription(
      'Acme US belongs to Acme Outdoors. The page shows an ID of Bolt EU in Bolt Shoes.',
    );
    expect(screen.queryByRole('button', { name: 'Change the Pixel ID too' })).toBeNull();
    expect(screen.queryByRole('checkbox', { name: 'I checked it' })).toBeNull();
  });

  it('says how far it has come when Upstack refuses the second half', async () => {
    const { person, commands } = await drawPopup(popups.idsRefused);
    expect(screen.getByText(/the IDs are not changed yet/)).toBeInTheDocument();
    await person.click(button('Change the IDs again'));
    await person.click(button('Keep the IDs as they are'));
    expect(commands()).toEqual([
      { type: 'delivery.retryNow', deliveryId: 'x1' },
      { type: 'delivery.keepIds', deliveryId: 'x1' },
    ]);
  });
});

describe('one token for several', () => {
  it('is offered to the next of them, one by one', async () => {
    const { person, commands } = await drawPopup(popups.others);
    expect(sendButton()).toBeDisabled();
    await person.click(button('Acme Canada'));
    expect(commands()).toEqual([
      { type: 'capture.chooseDestination', captureId: 'c1', workspaceId: 'w1', destination: 'd2' },
    ]);
  });
});

describe('the old token', () => {
  it('is not to be deleted yet while Upstack does not call it safe', async () => {
    await drawPopup(popups.reminderKeep);
    expect(await screen.findByText('Don’t delete the old token yet.')).toBeInTheDocument();
    expect(screen.getByText('Still used by: d2. Update them first.')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'I deleted it' })).toBeNull();
  });

  it('is to be deleted when it is safe: its name, the way there, and the word on the button', async () => {
    const { person, commands } = await drawPopup(popups.reminderDue);
    expect(screen.getByText('Its name: Upstack Data')).toBeInTheDocument();
    expect(screen.getByText('In Reddit, its button says “Delete”.')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Take me there' })).toHaveAttribute(
      'href',
      'https://ads.reddit.com/account/a2_f7k2m9x4q1zt/events-manager/conversion-tokens',
    );
    await person.click(button('I deleted it'));
    await person.click(button('Remind me later'));
    const of = { workspaceId: 'w1', destinationId: 'd1' };
    expect(commands()).toEqual([
      { type: 'reminder.done', ...of },
      { type: 'reminder.later', ...of },
    ]);
  });

  it('has only its last characters where it has no name, and no word where none is known', async () => {
    await drawPopup(popups.reminderUnnamed);
    expect(screen.getByText('It ends with ••••••••Zp3w.')).toBeInTheDocument();
    expect(screen.queryByText(/its button says/)).toBeNull();
  });

  it('is done with when it is deleted', async () => {
    await drawPopup(popups.reminderDone);
    expect(await screen.findByText('Done. Old token removed.')).toBeInTheDocument();
  });
});

describe('many workspaces', () => {
  it('are told apart by the ids, and it is said how', async () => {
    await drawPopup(popups.matchedByIds);
    expect(destinations()).toHaveDisplayValue('Bolt EU');
    expect(destinations()).toHaveAccessibleDescription(
      /^Matched by Pixel ID to Bolt Shoes\. Replace the token/,
    );
  });

  it('are a choice with a search where nothing tells, the last used first', async () => {
    const { person, commands } = await drawPopup(popups.whichWorkspace);
    expect(sendButton()).toBeDisabled();
    expect(screen.getByText('Which workspace is Pixel ID a2_f7k2m9x4q1zt?')).toBeInTheDocument();
    const groups = () => [...destinations().querySelectorAll('optgroup')].map(({ label }) => label);
    expect(groups()).toHaveLength(50);
    expect(groups()[0]).toBe('Client 31');
    await person.type(screen.getByRole('searchbox', { name: 'Find a workspace or destination' }), 'client 4');
    expect(groups()).toEqual(['Client 4', ...Array.from({ length: 10 }, (_, n) => `Client ${40 + n}`)]);
    await person.selectOptions(
      destinations(),
      within(destinations()).getAllByRole('option')[1] as HTMLElement,
    );
    expect(commands()).toMatchObject([{ type: 'capture.chooseDestination', workspaceId: 'w40' }]);
  });

  it('show what is wrong first, and fold what is well', async () => {
    const { person, commands } = await drawPopup(popups.agency);
    expect(screen.getAllByText('Unhealthy')).toHaveLength(1);
    expect(screen.getByText('Healthy: 199')).toBeInTheDocument();
    await person.click(button('Fix Pinterest · Client 8 US'));
    expect(screen.getByText('Workspace: Client 8')).toBeInTheDocument();
    await person.click(await screen.findByRole('button', { name: 'Generate a new token' }));
    expect(commands()).toMatchObject([{ type: 'guide.start', workspaceId: 'w8', destinationId: 'd1' }]);
  });
});

describe('a destination that is gone at Upstack', () => {
  it('leaves when the person has seen it, and can be brought back for ten seconds', async () => {
    const gone = popups.gone as PopupFixture;
    const { person, commands, next } = await drawPopup(gone);
    await person.click(button('Got it'));
    const put = { dismissed: true, dismissedAt: NOW - 2_000 };
    const destinations = gone.rows.destinations.map((row) => ({ ...row, ...put }));
    await next({ ...gone, rows: { ...gone.rows, destinations } });
    expect(screen.queryByRole('button', { name: 'Got it' })).toBeNull();
    expect(screen.getByRole('status')).toHaveTextContent('Marked as read.');
    expect(screen.getByText('Final in 8 s.')).toBeInTheDocument();
    await person.click(button('Undo'));
    expect(commands()).toEqual([
      { type: 'destination.dismiss', key: 'w1/d1' },
      { type: 'destination.undoDismiss', key: 'w1/d1' },
    ]);
    await next(gone);
    expect(button('Got it')).toBeInTheDocument();
  });
});
