import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { sentence } from '../../components/texts';
import { drawPanel, drawPopup, drawSettings, drawWelcome } from './drawing';
import { panels, popups } from './fixtures';

const bar = () => screen.queryByRole('complementary', { name: 'Sample data' });
const button = (name: string) => screen.getByRole('button', { name });

const screens = {
  popup: [() => drawPopup(popups.sample), () => drawPopup(popups.ready)],
  'side panel': [() => drawPanel(panels.panelSample), () => drawPanel(panels.panelHistory)],
  settings: [async () => drawSettings('settingsSample'), async () => drawSettings('settingsConnected')],
  'welcome page': [() => drawWelcome('welcomeSample'), () => drawWelcome('welcomeReady')],
} as const;

describe.each(Object.entries(screens))('the %s', (_name, [withSample, withOwn]) => {
  it('says that it shows sample data, and leads out of them', async () => {
    const { person, commands } = await withSample();
    expect(bar()).toHaveTextContent(sentence('sample.about'));
    await person.click(button('Leave'));
    expect(commands()).toContainEqual({ type: 'sample.leave' });
  });

  it('says nothing of the kind of what is the person’s own', async () => {
    await withOwn();
    expect(bar()).toBeNull();
  });
});

it('the settings offer nothing for sample data that only a key can do, and nothing to add to them', () => {
  drawSettings('settingsSample');
  const workspaces = within(screen.getByRole('region', { name: 'Workspaces' }));
  expect(workspaces.getByText(sentence('sample.consequence'))).toBeVisible();
  expect(workspaces.queryByRole('button')).toBeNull();
  expect(workspaces.queryByText(sentence('options.addOne'))).toBeNull();
});

it.each([
  ['popup', () => drawPopup(popups.notConnected)],
  ['settings', async () => drawSettings('settingsConnected')],
  ['welcome page', () => drawWelcome('welcome')],
] as const)('the %s offers sample data', async (_name, draw) => {
  const { person, commands } = await draw();
  await person.click(button('Try with sample data'));
  expect(commands()).toEqual([{ type: 'sample.enter' }]);
});
