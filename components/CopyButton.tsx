import { useEffect, useState } from 'react';
import { i18n } from '#i18n';
import { Button } from './Button';
import { Icon } from './Icon';
import { say } from './live-regions';

/** Shows "Copied" for two seconds. Never for anything secret. */
export const CopyButton = ({ text, children }: { text: string; children: React.ReactNode }) => {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Button
      onClick={() => {
        navigator.clipboard.writeText(text).then(
          () => {
            setCopied(true);
            say('status', i18n.t('copy.copied'));
          },
          () => say('alert', i18n.t('copy.failed'), { shown: true }),
        );
      }}
    >
      {copied ? (
        <>
          <Icon name="tick" />
          {i18n.t('copy.copied')}
        </>
      ) : (
        children
      )}
    </Button>
  );
};
