import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { keepFocus } from '../../components/keep-focus';
import { OptionsView } from '../../components/Options';
import { PopupView } from '../../components/Popup';
import { fetchPanelParts, fetchParts, fetchWelcomeParts } from '../../components/parts';
import { popupState } from '../../components/popup-state';
import { SidePanelView } from '../../components/SidePanel';
import { SettingsContext } from '../../components/settings-context';
import { type Send, SendContext } from '../../components/use-command';
import { HistoryContext } from '../../components/use-history';
import { WelcomeView } from '../../components/Welcome';
import type { Command, CommandAnswer } from '../../lib/messages/commands';
import { usualSettings } from '../../lib/storage/settings';
import { NOW, type PopupFixture, settingsFixture, welcomeFixture } from './fixtures';

/** Draws pages from fixtures, with a background that takes every command unless it is told otherwise. */

/** As they stand in the static HTML of each page. */
const liveRegions = () => {
  for (const note of document.querySelectorAll('.shown')) note.remove();
  for (const role of ['status', 'alert']) {
    document.querySelector(`[role="${role}"]`)?.remove();
    const region = document.createElement('p');
    region.setAttribute('role', role);
    document.body.append(region);
  }
};

let stopKeeping = (): void => {};

const draw = (page: React.ReactNode, answer: CommandAnswer) => {
  liveRegions();
  stopKeeping();
  stopKeeping = keepFocus();
  Object.assign(fakeBrowser.runtime, { getManifest: () => ({ version: '0.0.0' }) });
  const send = vi.fn<Send>(async () => answer);
  const drawn = (content: React.ReactNode) => <SendContext value={send}>{content}</SendContext>;
  const { rerender } = render(drawn(page));
  return {
    send,
    person: userEvent.setup(),
    /** What the person has asked for; a guide that is drawn asks for itself. */
    commands: (): Command[] =>
      send.mock.calls.map(([command]) => command).filter(({ type }) => type !== 'guide.follow'),
    again: (next: React.ReactNode) => rerender(drawn(next)),
  };
};

const picture = ({ rows, around, alive = true }: PopupFixture) => (
  <PopupView rows={rows} around={around} alive={alive} />
);

export const drawPopup = async (fixture: PopupFixture, answer: CommandAnswer = { ok: true }) => {
  await fetchParts(popupState(fixture.rows, fixture.around));
  const { again, ...drawn } = draw(picture(fixture), answer);
  return {
    ...drawn,
    /** The rows have changed. */
    next: async (changed: PopupFixture) => {
      await fetchParts(popupState(changed.rows, changed.around));
      again(picture(changed));
    },
  };
};

type WantedSettings = Parameters<typeof settingsFixture>[0];

export const drawSettings = (wanted: WantedSettings, answer: CommandAnswer = { ok: true }) => {
  const pictured = (state: WantedSettings, now = NOW) => {
    const { settings, rows, leaving } = settingsFixture(state);
    return (
      <SettingsContext value={settings}>
        <OptionsView rows={rows} leaving={leaving} now={now} />
      </SettingsContext>
    );
  };
  const { again, ...drawn } = draw(pictured(wanted), answer);
  return { ...drawn, next: (changed: WantedSettings, now?: number) => again(pictured(changed, now)) };
};

export const drawPanel = async (fixture: PopupFixture) => {
  const pictured = ({ rows, around, alive = true, history, settings = usualSettings }: PopupFixture) => (
    <SettingsContext value={settings}>
      <HistoryContext value={history}>
        <SidePanelView rows={rows} around={around} alive={alive} />
      </HistoryContext>
    </SettingsContext>
  );
  await fetchPanelParts();
  const { again, ...drawn } = draw(pictured(fixture), { ok: true });
  return { ...drawn, next: (changed: PopupFixture) => again(pictured(changed)) };
};

export const drawWelcome = async (wanted: Parameters<typeof welcomeFixture>[0]) => {
  await fetchWelcomeParts();
  const { again, ...drawn } = draw(<WelcomeView {...welcomeFixture(wanted)} now={NOW} />, { ok: true });
  return {
    ...drawn,
    /** The rows have changed. */
    next: (changed: Parameters<typeof welcomeFixture>[0]) =>
      again(<WelcomeView {...welcomeFixture(changed)} now={NOW} />),
  };
};
