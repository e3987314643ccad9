import { useState } from 'react';
import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import { platforms } from '../lib/platforms/index';
import { stored } from '../lib/storage/database';
import { Button, LinkButton } from './Button';
import { Actions } from './Card';
import { Choice } from './Choice';
import { Confirm } from './Confirm';
import { CopyButton } from './CopyButton';
import { diagnosticsOf } from './diagnostics';
import { csvOf, saveCsv } from './history-texts';
import { PRIVACY_POLICY, WHATS_NEW } from './links';
import { say } from './live-regions';
import { askForNotices } from './notice-access';
import { isSample, type Snapshot } from './popup-state';
import { TrySample } from './Sample';
import css from './SettingsSections.module.css';
import { useSave, useSettings } from './settings-context';
import { Tick } from './Tick';
import { countOf, listed } from './texts';
import { useCommand } from './use-command';

interface SectionProps {
  /** Its anchor, and its word in the texts. */
  id: 'workspaces' | 'capture' | 'alerts' | 'appearance' | 'data' | 'advanced' | 'about';
  children: React.ReactNode;
}

export const Section = ({ id, children }: SectionProps) => (
  <section id={id} aria-labelledby={`${id}-heading`} className={css.section}>
    <h2 id={`${id}-heading`} tabIndex={-1}>
      {i18n.t(`options.section.${id}`)}
    </h2>
    {children}
  </section>
);

const CaptureSection = () => {
  const save = useSave();
  const { off, keepMinutes = 60 } = useSettings();
  return (
    <Section id="capture">
      <p>{i18n.t('options.captureNote')}</p>
      {platforms.map(({ id, name }) => (
        <Tick
          key={id}
          label={i18n.t('options.captureOn', { platform: name })}
          checked={!off.includes(id)}
          onChange={(on) => void save({ off: on ? off.filter((one) => one !== id) : [...off, id] })}
        />
      ))}
      <Choice
        legend={i18n.t('options.keepFor')}
        value={keepMinutes}
        of={([15, 60] as const).map((one) => [one, i18n.t('time.minutes', { m: one })])}
        onChoose={(chosen) => void save({ keepMinutes: chosen })}
      />
    </Section>
  );
};

const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

interface TimeOfDayProps {
  label: string;
  minutes: number;
  onChange: (minutes: number) => void;
}

const TimeOfDay = ({ label, minutes, onChange }: TimeOfDayProps) => (
  <label className={css.time}>
    {label}
    <input
      type="time"
      defaultValue={clockOf(minutes)}
      onChange={({ target }) => {
        const [hours, rest] = target.value.split(':').map(Number);
        if (hours !== undefined && rest !== undefined) onChange(hours * 60 + rest);
      }}
    />
  </label>
);

const AlertsSection = () => {
  const save = useSave();
  const settings = useSettings();
  const switchAlerts = async (on: boolean) => {
    const granted = !on || (await askForNotices());
    if (granted) await save({ alerts: on });
    else say('alert', i18n.t('options.alertsDenied'), { shown: true });
  };
  return (
    <Section id="alerts">
      <Tick
        label={i18n.t('options.alertsOn')}
        note={i18n.t('options.alertsNote')}
        checked={settings.alerts}
        onChange={(on) => void switchAlerts(on)}
      />
      <Tick
        label={i18n.t('options.quiet')}
        note={i18n.t('options.quietNote')}
        checked={settings.quiet}
        onChange={(quiet) => void save({ quiet })}
      />
      {settings.quiet && (
        <div className={css.within}>
          <div className={css.times}>
            <TimeOfDay
              label={i18n.t('options.quietFrom')}
              minutes={settings.quietFrom}
              onChange={(quietFrom) => void save({ quietFrom })}
            />
            <TimeOfDay
              label={i18n.t('options.quietTo')}
              minutes={settings.quietTo}
              onChange={(quietTo) => void save({ quietTo })}
            />
          </div>
          <Tick
            label={i18n.t('options.quietWeekends')}
            checked={settings.quietWeekends}
            onChange={(quietWeekends) => void save({ quietWeekends })}
          />
          <Tick
            label={i18n.t('options.quietBadge')}
            checked={settings.quietBadge}
            onChange={(quietBadge) => void save({ quietBadge })}
          />
        </div>
      )}
      <Choice
        legend={i18n.t('options.badge')}
        value={settings.badge}
        of={(['count', 'dot', 'none'] as const).map((one) => [one, i18n.t(`options.badgeAs.${one}`)])}
        onChoose={(badge) => void save({ badge })}
      />
    </Section>
  );
};

/** Chrome's page of shortcuts has no call of its own; Firefox's has. */
const openShortcuts = async (): Promise<void> => {
  const { openShortcutSettings } = browser.commands as { openShortcutSettings?: () => Promise<void> };
  if (openShortcutSettings) await openShortcutSettings.call(browser.commands);
  else await browser.tabs.create({ url: 'chrome://extensions/shortcuts' });
};

const AppearanceSection = () => {
  const save = useSave();
  const { look, singleKeys, dense } = useSettings();
  return (
    <Section id="appearance">
      <Choice
        legend={i18n.t('options.look')}
        value={look}
        of={(['system', 'light', 'dark'] as const).map((one) => [one, i18n.t(`options.lookAs.${one}`)])}
        onChoose={(chosen) => void save({ look: chosen })}
      />
      <Tick label={i18n.t('options.dense')} checked={dense} onChange={(on) => void save({ dense: on })} />
      <Tick
        label={i18n.t('options.singleKeys')}
        note={i18n.t('options.singleKeysNote')}
        checked={singleKeys}
        onChange={(on) => void save({ singleKeys: on })}
      />
      <Actions>
        <Button onClick={() => void openShortcuts()}>{i18n.t('options.shortcuts')}</Button>
      </Actions>
    </Section>
  );
};

/** Asked always, and a second time with other words if something would be lost. */
const DeleteEverything = () => {
  const command = useCommand();
  const [asked, setAsked] = useState<'plain' | 'busy'>();
  const remove = async () => {
    const answer = await command({ type: 'everything.delete', force: asked === 'busy' }, ['busy']);
    if (!answer.ok && answer.code === 'busy') return setAsked('busy');
    setAsked(undefined);
    if (answer.ok) say('status', i18n.t('options.deleted'), { shown: true });
  };
  if (!asked) {
    return (
      <Actions>
        <Button onClick={() => setAsked('plain')}>{i18n.t('options.deleteAll')}</Button>
      </Actions>
    );
  }
  return (
    <Confirm
      question={i18n.t('options.deleteAllAsk')}
      note={i18n.t(asked === 'busy' ? 'options.busy' : 'options.deleteAllNote')}
      back={i18n.t('workspace.cancel')}
      onBack={() => setAsked(undefined)}
      on={i18n.t(asked === 'busy' ? 'options.deleteAllAnyway' : 'options.deleteAll')}
      onGo={() => void remove()}
    />
  );
};

/** Writes the whole log, and says how much it was. */
export const exportHistory = async (names: Pick<Snapshot, 'destinations' | 'workspaces'>): Promise<void> => {
  const entries = (await stored.all('history')).sort((one, other) => one.at - other.at);
  saveCsv(csvOf(entries, names));
  say('status', i18n.t('history.exported', { n: countOf(entries.length) }), { shown: true });
};

const kept = ['tokens', 'keys', 'rows', 'history'] as const;

const DataSection = ({ rows }: { rows: Pick<Snapshot, 'destinations' | 'workspaces'> }) => (
  <Section id="data">
    <dl className={css.kept}>
      {kept.map((what) => (
        <div key={what}>
          <dt>{i18n.t(`options.kept.${what}`)}</dt>
          <dd>{i18n.t(`options.keptWhere.${what}`)}</dd>
        </div>
      ))}
    </dl>
    <Actions>
      <Button onClick={() => void exportHistory(rows)}>{i18n.t('history.export')}</Button>
    </Actions>
    <DeleteEverything />
  </Section>
);

const AdvancedSection = ({ rows, now }: { rows: Snapshot; now: number }) => (
  <Section id="advanced">
    {!isSample(rows) && (
      <>
        <p>{i18n.t('sample.tryAbout')}</p>
        <Actions>
          <TrySample weight="plain" />
        </Actions>
      </>
    )}
    <p>{i18n.t('options.diagnosticsNote')}</p>
    <pre dir="ltr" className={css.diagnostics}>
      {diagnosticsOf(rows, useSettings(), now)}
    </pre>
    <Actions>
      <CopyButton text={diagnosticsOf(rows, useSettings(), now)}>{i18n.t('dead.copy')}</CopyButton>
    </Actions>
  </Section>
);

const AboutSection = () => (
  <Section id="about">
    <p>{i18n.t('options.version', { version: browser.runtime.getManifest().version })}</p>
    <p>{i18n.t('options.reads')}</p>
    <p>
      {i18n.t('options.notAffiliated', {
        names: listed(
          platforms.map(({ name }) => name),
          'disjunction',
        ),
      })}
    </p>
    <Actions>
      <LinkButton href={WHATS_NEW}>{i18n.t('options.whatsNew')}</LinkButton>
      <LinkButton href={PRIVACY_POLICY}>{i18n.t('options.privacyPolicy')}</LinkButton>
    </Actions>
  </Section>
);

/** All settings besides the workspaces. */
export const SettingsSections = ({ rows, now }: { rows: Snapshot; now: number }) => (
  <>
    <CaptureSection />
    <AlertsSection />
    <AppearanceSection />
    <DataSection rows={rows} />
    <AdvancedSection rows={rows} now={now} />
    <AboutSection />
  </>
);

/** In their order, for the links at the top. */
export const sections = [
  'workspaces',
  'capture',
  'alerts',
  'appearance',
  'data',
  'advanced',
  'about',
] as const;
