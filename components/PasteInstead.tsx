import type { Platform } from '../lib/platforms/definition';
import { Button } from './Button';
import { useCommand } from './use-command';

interface PasteInsteadProps {
  platform: Platform;
  /** Its name where the words alone do not say which platform is meant. */
  name?: string;
  children: React.ReactNode;
}

/** Begins a capture without a page, to paste into. */
export const PasteInstead = ({ platform, name, children }: PasteInsteadProps) => {
  const command = useCommand();
  return (
    <Button
      weight="quiet"
      aria-label={name}
      onClick={() => void command({ type: 'capture.draft', platform: platform.id })}
    >
      {children}
    </Button>
  );
};
