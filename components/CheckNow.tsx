import { useState } from 'react';
import { i18n } from '#i18n';
import { Button } from './Button';
import { useTime } from './RelativeTime';
import { useCommand } from './use-command';

const REST = 10_000;

interface CheckNowProps {
  workspaceId: string;
  destinationId?: string | undefined;
  primary?: boolean;
  quiet?: boolean;
  /** Nobody can be asked: the dashboard is shown, and tells by being seen. */
  look?: boolean;
}

/** Asks Upstack at once. Rests for ten seconds after use, and says for how long. */
export const CheckNow = (props: CheckNowProps) => {
  const { workspaceId, destinationId, primary = false, quiet = false, look = false } = props;
  const command = useCommand();
  const now = useTime();
  const [usedAt, setUsedAt] = useState<number>();
  const left = usedAt === undefined ? 0 : Math.ceil((usedAt + REST - now) / 1000);
  const resting = left > 0;
  return (
    <Button
      weight={primary ? 'primary' : quiet ? 'quiet' : 'plain'}
      data-first={primary || undefined}
      data-check
      aria-disabled={resting || undefined}
      onClick={() => {
        if (resting) return;
        setUsedAt(Date.now());
        void command({
          type: 'health.checkNow',
          workspaceId,
          ...(destinationId === undefined ? {} : { destinationId }),
        });
      }}
    >
      {resting ? i18n.t('check.resting', { n: left }) : i18n.t(look ? 'turn.show' : 'check.now')}
    </Button>
  );
};
