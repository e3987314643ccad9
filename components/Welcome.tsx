import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import { Button } from './Button';
import { Card } from './Card';
import { Icon } from './Icon';
import { useBeside } from './OpenSidePanel';
import { Connect, Start } from './parts';
import { usePinned } from './pinned';
import { isProven, isSample, type Snapshot } from './popup-state';
import { NowContext } from './RelativeTime';
import { SampleBar, TrySample } from './Sample';
import { useRows } from './use-rows';
import { useNow } from './use-surroundings';
import css from './Welcome.module.css';

interface StepProps {
  number: number;
  done: boolean;
  children: React.ReactNode;
}

const Step = ({ number, done, children }: StepProps) => (
  <li className={done ? css.done : undefined}>
    <span className={css.mark} aria-hidden="true">
      {done ? <Icon name="tick" /> : number}
    </span>
    <div className={css.step}>{children}</div>
  </li>
);

/** `says` is read out as soon as the step has ticked itself. */
const Done = ({ heading, says }: { heading: string; says: string }) => (
  <Card heading={heading} spoken="status" says={says}>
    <p>{says}</p>
  </Card>
);

const Pin = ({ pinned }: { pinned: boolean | undefined }) =>
  pinned ? (
    <Done heading={i18n.t('welcome.pin')} says={i18n.t('welcome.pinned')} />
  ) : (
    <Card heading={i18n.t('welcome.pin')}>
      <p>{i18n.t('welcome.pinHow')}</p>
    </Card>
  );

const ConnectStep = ({ workspaces }: Pick<Snapshot, 'workspaces'>) => {
  const connected = workspaces.find(isProven);
  if (!connected) return <Connect attempt={workspaces[0]} />;
  const says =
    connected.route === 'dashboard'
      ? i18n.t('route.about')
      : i18n.t('welcome.connected', { name: connected.name });
  return <Done heading={i18n.t('connect.heading')} says={says} />;
};

/** A token has been found once, whatever became of it. */
const hasCaptured = ({ captures, deliveries }: Snapshot): boolean =>
  deliveries.length > 0 || captures.some(({ tokens }) => tokens.length > 0);

/** In Chrome, `window.close` leaves a tab alone that no script has opened. */
const closeTab = async (): Promise<void> => {
  const tab = await browser.tabs.getCurrent();
  if (tab?.id !== undefined) await browser.tabs.remove(tab.id);
};

interface WelcomeViewProps {
  rows: Snapshot;
  now: number;
  /** Undefined where the browser cannot tell: the step is shown, and does not count. */
  pinned: boolean | undefined;
}

/** The page that opens after the install, as a picture of rows: what there is to do, once, in three steps. */
export const WelcomeView = ({ rows, now, pinned }: WelcomeViewProps) => {
  const openBeside = useBeside();
  const connected = rows.workspaces.some(isProven);
  const captured = hasCaptured(rows);
  const ready = connected && captured && pinned !== false;
  return (
    <NowContext value={now}>
      {isSample(rows) && <SampleBar />}
      <main className={css.page}>
        <h1>{i18n.t('welcome.title')}</h1>
        <ol className={css.steps}>
          <Step number={1} done={pinned === true}>
            <Pin pinned={pinned} />
          </Step>
          <Step number={2} done={connected}>
            <ConnectStep workspaces={rows.workspaces} />
          </Step>
          <Step number={3} done={captured}>
            {captured ? (
              <Done heading={i18n.t('welcome.capture')} says={i18n.t('welcome.captured')} />
            ) : (
              <Start led heading={i18n.t('welcome.capture')} onOpen={openBeside} />
            )}
          </Step>
        </ol>
        <dl className={css.facts}>
          <dt>{i18n.t('welcome.reads')}</dt>
          <dd>{i18n.t('welcome.readsWhat')}</dd>
          <dt>{i18n.t('welcome.sends')}</dt>
          <dd>{i18n.t('welcome.sendsWhat')}</dd>
        </dl>
        <div className={css.end}>
          <Button weight={ready ? 'primary' : 'plain'} onClick={() => void closeTab()}>
            {i18n.t(ready ? 'welcome.close' : 'welcome.skip')}
          </Button>
          {!connected && <TrySample onEnter={openBeside} />}
        </div>
      </main>
    </NowContext>
  );
};

const TICK = 5000;

interface WelcomeProps {
  first: Snapshot;
  pinned: boolean | undefined;
}

export const Welcome = ({ first, pinned }: WelcomeProps) => (
  <WelcomeView rows={useRows(first)} now={useNow(TICK)} pinned={usePinned(pinned)} />
);
