import { useState } from 'react';
import { browser } from 'wxt/browser';
import { i18n } from '#i18n';
import { Button, LinkButton } from './Button';
import { WHATS_NEW } from './links';
import css from './WhatsNew.module.css';

/** The version whose news the person has seen, or began with. */
export const SEEN = 'versionSeen';

const here = (): string => browser.runtime.getManifest().version;

/** A browser that keeps nothing for us throws: then nothing is told, rather than at each opening. */
const isNews = (): boolean => {
  try {
    const seen = localStorage.getItem(SEEN);
    if (seen === null) localStorage.setItem(SEEN, here());
    return seen !== null && seen !== here();
  } catch {
    return false;
  }
};

/** One line after an update, in the place of a page that opens by itself. Reading or closing it ends it for good. */
export const WhatsNew = () => {
  const [shown, setShown] = useState(isNews);
  if (!shown) return null;
  const end = () => {
    localStorage.setItem(SEEN, here());
    setShown(false);
  };
  return (
    <div className={css.row}>
      <LinkButton weight="quiet" href={WHATS_NEW} onClick={end}>
        {i18n.t('news.whatsNew', { version: here() })}
      </LinkButton>
      <Button weight="quiet" onClick={end}>
        {i18n.t('news.close')}
      </Button>
    </div>
  );
};
