import { useLayoutEffect, useRef } from 'react';
import { i18n } from '#i18n';
import { SECOND } from '../lib/terms/time';
import { Card } from './Card';
import { DestinationList } from './DestinationList';
import type { Beside } from './first-look';
import { Header } from './Header';
import {
  BackgroundDead,
  CaptureReview,
  Connect,
  DeliveryProgress,
  Guide,
  KeyTrouble,
  KeyTroubles,
  OpenSidePanel,
  Reminder,
  SampleBar,
  SiteAccess,
  Start,
  Tombstone,
  Undo,
} from './parts';
import { type CardState, popupState, type Snapshot, type Surroundings, tokenWaits } from './popup-state';
import { NowContext } from './RelativeTime';
import { RowsContext } from './rows-context';
import { useSitesOff } from './site-access';
import { useRows } from './use-rows';
import { useBackgroundAlive, useNow, useOnline } from './use-surroundings';

export const keyOf = (card: CardState): string => {
  switch (card.kind) {
    case 'undo':
      return `${card.kind} ${card.from} ${card.id}`;
    case 'review':
      return `${card.kind} ${card.capture.id}`;
    case 'keyTrouble':
      return `${card.kind} ${card.workspace.id}`;
    case 'tombstone':
      return `${card.kind} ${card.loss.id}`;
    case 'delivery':
      return `${card.kind} ${card.delivery.id}`;
    case 'reminder':
      return `${card.kind} ${card.destination.key}`;
    default:
      return card.kind;
  }
};

export const CardView = ({ card, rows }: { card: CardState; rows: Snapshot }) => {
  switch (card.kind) {
    case 'offline':
      return (
        <Card tone="calm" heading={i18n.t('offline.heading')} spoken="status">
          <p>{i18n.t('offline.body')}</p>
        </Card>
      );
    case 'undo':
      return <Undo {...card} />;
    case 'review':
      return <CaptureReview {...card} {...rows} />;
    case 'connect':
      return <Connect {...card} sample />;
    case 'keyTrouble':
      return <KeyTrouble {...card} />;
    case 'siteAccess':
      return <SiteAccess {...card} />;
    case 'keyTroubles':
      return <KeyTroubles {...card} />;
    case 'tombstone':
      return <Tombstone {...card} />;
    case 'delivery':
      return <DeliveryProgress {...card} />;
    case 'guide':
      return <Guide {...card} rows={rows} />;
    case 'destinations':
      return <DestinationList {...card} />;
    case 'reminder':
      return <Reminder {...card} />;
    case 'start':
      return <Start {...card} />;
    case 'sample':
      return <SampleBar />;
  }
};

/** Focus on the main control when the page opens, else on the heading. */
const useFocus = (): React.RefObject<HTMLElement | null> => {
  const main = useRef<HTMLElement>(null);
  // With the picture, not after it: whoever types at once must not type past it.
  useLayoutEffect(() => {
    const heading = main.current?.querySelector<HTMLElement>('h2');
    const first = main.current?.querySelector<HTMLElement>('[data-first]:not(:disabled)');
    (first ?? heading)?.focus();
  }, []);
  return main;
};

interface PopupViewProps {
  rows: Snapshot;
  around: Surroundings;
  /** False: the background did not answer. */
  alive: boolean;
}

/** The popup as a picture of rows and surroundings: what the gallery and the tests draw. */
export const PopupView = ({ rows, around, alive }: PopupViewProps) => {
  const main = useFocus();
  return (
    <RowsContext value={rows}>
      <NowContext value={around.now}>
        <Header workspaces={rows.workspaces} />
        <main ref={main}>
          {!alive && <BackgroundDead tokenWaits={tokenWaits(rows)} />}
          {popupState(rows, around).map((card) => (
            <CardView key={keyOf(card)} card={card} rows={rows} />
          ))}
        </main>
        <OpenSidePanel isPopup={around.tabId !== undefined} />
      </NowContext>
    </RowsContext>
  );
};

interface PopupProps {
  first: Snapshot;
  beside: Beside;
  off: readonly string[];
}

export const Popup = ({ first, beside, off }: PopupProps) => {
  const rows = useRows(first);
  const now = useNow(SECOND);
  const online = useOnline();
  const alive = useBackgroundAlive();
  const sitesOff = useSitesOff(off);
  return <PopupView rows={rows} around={{ now, online, ...beside, sitesOff }} alive={alive} />;
};
