import type { Platform } from '../lib/platforms/definition';
import { Button } from './Button';
import { useCommand } from './use-command';

/** Begins a capture without a page, to paste into. */
export const PasteInstead = ({ platform, children }: { platform: Platform; children: React.ReactNode }) => {
  const command = useCommand();
  return (
    <Button weight="quiet" onClick={() => void command({ type: 'capture.draft', platform: platform.id })}>
      {children}
    </Button>
  );
};
