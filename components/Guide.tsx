import { i18n } from '#i18n';
import { fullName } from '../lib/destinations/destination';
import type { GuidedStep } from '../lib/destinations/guide';
import { reminderOf } from '../lib/destinations/reminder';
import type { Platform } from '../lib/platforms/definition';
import { platformOf, recognisePage } from '../lib/platforms/index';
import type { SeenPage } from '../lib/storage/rows';
import { HOUR } from '../lib/terms/time';
import { askAdminText } from './admin-request';
import { Button, LinkButton } from './Button';
import { Actions, Card } from './Card';
import { CopyButton } from './CopyButton';
import css from './Guide.module.css';
import { type Guidance, guidanceOf } from './guidance';
import { Icon, type IconName } from './Icon';
import { PasteInstead } from './PasteInstead';
import type { Snapshot } from './popup-state';
import { useTime } from './RelativeTime';
import { sentence } from './texts';
import { useCommand } from './use-command';
import { useFollowed } from './use-followed';

const icons: Readonly<Record<GuidedStep['state'], IconName>> = { done: 'tick', now: 'ring', next: 'dashed' };

const textOf = (platform: Platform, { id, own }: GuidedStep): string =>
  sentence(own ? `platforms.${platform.id}.guide.${id}.text` : `guide.step.${id}`, {
    platform: platform.name,
  });

/** "I can't see this": what may be the matter, and Upstack's own guide. */
const Lost = ({ text, helpUrl }: { text: string; helpUrl: string }) => (
  <details className={css.lost}>
    <summary>{i18n.t('guide.cantSee')}</summary>
    <p className={css.note}>
      {text}{' '}
      <a href={helpUrl} target="_blank" rel="noreferrer">
        {i18n.t('guide.help')}
      </a>
    </p>
  </details>
);

interface StepProps {
  guidance: Guidance;
  step: GuidedStep;
  /** The card has a button for it already. */
  led: boolean;
}

/** What to do now: with the name to type, the way there, and help. */
const ThisStep = ({ guidance: { platform, progress, helpUrl }, step, led }: StepProps) => {
  const { id, own, name, url, button } = step;
  const lost = own ? sentence(`platforms.${platform.id}.guide.${id}.lost`) : '';
  const text = textOf(platform, step);
  return (
    <>
      {button && !text.includes(button) && (
        <p className={css.note}>{i18n.t('guide.button', { platform: platform.name, button })}</p>
      )}
      {name && (
        <div className={css.name}>
          <strong>{name}</strong>
          <CopyButton text={name}>{i18n.t('guide.copyName')}</CopyButton>
        </div>
      )}
      {id === 'admin' && (
        <div>
          <CopyButton text={askAdminText(platform, progress.destination)}>
            {i18n.t('diagnosis.askAdminButton')}
          </CopyButton>
        </div>
      )}
      {url && !led && (
        <div>
          <LinkButton href={url}>{i18n.t('reminder.takeMe')}</LinkButton>
        </div>
      )}
      {lost && <Lost text={lost} helpUrl={helpUrl} />}
    </>
  );
};

const Steps = ({ guidance, steps, ledTo }: { guidance: Guidance; steps: GuidedStep[]; ledTo: string }) => (
  <ol className={css.steps}>
    {steps.map((step) => {
      const { id, state, branch } = step;
      return (
        <li
          key={id}
          className={state === 'now' && branch ? `${css.now} ${css.branch}` : css[state]}
          aria-current={state === 'now' ? 'step' : undefined}
        >
          <Icon name={branch && state === 'now' ? 'triangle' : icons[state]} />
          <div className={css.step}>
            <p>
              <span className={css.word}>{i18n.t(`guide.state.${state}`)}: </span>
              {textOf(guidance.platform, step)}
            </p>
            {state === 'now' && <ThisStep guidance={guidance} step={step} led={step.url === ledTo} />}
          </div>
        </li>
      );
    })}
  </ol>
);

/** In the popup's little room: the last that is done, the one to do, and what comes next. */
const AROUND_NOW = { before: 1, after: 2 };

const around = (steps: readonly GuidedStep[]): GuidedStep[] => {
  const now = steps.findIndex(({ state }) => state === 'now');
  if (now < 0) return steps.slice(-AROUND_NOW.before - AROUND_NOW.after);
  return steps.slice(Math.max(0, now - AROUND_NOW.before), now + AROUND_NOW.after + 1);
};

interface GuideProps {
  /** Platform id. */
  platform: string;
  page?: SeenPage | undefined;
  /** A token of this very account was in memory and is gone. */
  lost: boolean;
  rows: Snapshot;
  /** Beside the ad page there is room for all steps. */
  whole?: boolean;
}

const isFinished = ({ steps }: Guidance): boolean => steps.every(({ state }) => state === 'done');

const headingOf = (guidance: Guidance, hidden: boolean): string => {
  const { open, progress } = guidance;
  if (isFinished(guidance)) return i18n.t('guide.finished');
  if (progress.capture ?? progress.delivery) return i18n.t('guide.captured');
  if (open?.job === 'rotate') return i18n.t('guide.rotate');
  return i18n.t(hidden ? 'guide.hiddenHeading' : 'guide.heading');
};

/** How to get a token to show, step by step, and what to do with it: each step ticks itself. */
export const Guide = (props: GuideProps) => {
  const platform = platformOf(props.platform);
  return platform && <GuideTo {...props} platform={platform} />;
};

const GuideTo = (props: Omit<GuideProps, 'platform'> & { platform: Platform }) => {
  const { platform, page, lost, rows, whole = false } = props;
  const command = useCommand();
  const now = useTime();
  // For an hour a send is what the person is at.
  const guidance = guidanceOf(platform, rows, page, now, whole ? now - HOUR : now);
  const { open, progress, steps } = guidance;
  useFollowed(guidance.page);
  const step = steps.find(({ state }) => state === 'now');
  const facts = { platform: platform.name };
  const screen = platform.pages.find(({ id }) => id === page?.screen);
  const mayShowToken = platform.kinds.some((kind) => kind.secret && screen?.offers.includes(kind.id));
  const ids = Object.fromEntries(
    platform.kinds.flatMap((kind): [string, string][] => {
      const only = page?.ids.find(({ kind: id, selected }) => id === kind.id && selected)?.value;
      const value = kind.secret ? undefined : (only ?? progress.destination?.config[kind.field]);
      return value ? [[kind.id, value]] : [];
    }),
  );
  const tokenPage = platform.tokenPageUrl(ids);
  const isTokenPage = recognisePage(new URL(tokenPage))?.page.id === page?.screen;
  const hasToken = progress.capture !== undefined || progress.delivery !== undefined;
  const hidden = lost && mayShowToken && !hasToken;
  const leads = !isTokenPage && !hasToken;
  const target = progress.destination?.name;
  const old = progress.destination && reminderOf(progress.destination, now);
  return (
    <Card
      heading={headingOf(guidance, hidden)}
      eyebrow={fullName(platform.name, target)}
      spoken="status"
      says={step && textOf(platform, step)}
    >
      {open?.reason && (
        <p className={css.note}>
          {i18n.t('guide.why')} {sentence(`platforms.${platform.id}.rotation.${open.reason}`)}
        </p>
      )}
      {isFinished(guidance) && <p>{sentence(`platforms.${platform.id}.rotation.never`)}</p>}
      {!hasToken && (
        <p>{i18n.t(hidden ? 'guide.hidden' : isTokenPage ? 'guide.generate' : 'guide.body', facts)}</p>
      )}
      <Steps guidance={guidance} steps={whole ? steps : around(steps)} ledTo={leads ? tokenPage : ''} />
      {open?.job === 'rotate' && old?.state === 'keep' && <p>{i18n.t('reminder.keep')}</p>}
      <Actions>
        {leads && (
          <LinkButton weight="primary" href={tokenPage} first>
            {i18n.t('guide.takeMe')}
          </LinkButton>
        )}
        {page && !hasToken && (
          <Button
            weight={isTokenPage ? 'primary' : 'plain'}
            data-first={isTokenPage || undefined}
            onClick={() => void command({ type: 'capture.readAgain', tabId: page.tabId })}
          >
            {i18n.t('review.readAgain')}
          </Button>
        )}
        {!hasToken && <PasteInstead platform={platform}>{i18n.t('field.pasteInstead')}</PasteInstead>}
        {open && (
          <Button weight="quiet" onClick={() => void command({ type: 'guide.stop', platform: platform.id })}>
            {i18n.t(isFinished(guidance) ? 'delivery.done' : 'guide.stop')}
          </Button>
        )}
      </Actions>
    </Card>
  );
};
