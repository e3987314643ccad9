import { useEffect, useState } from 'react';
import { browser } from 'wxt/browser';
import { backgroundAnswers, sendCommand } from '../lib/messages/send';
import { type Beside, tabOfPopup } from './first-look';

/** The time, told again every `every` ms while the page is visible. */
export const useNow = (every: number): number => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const tick = () => {
      if (!document.hidden) setNow(Date.now());
    };
    tick();
    const timer = setInterval(tick, every);
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, [every]);
  return now;
};

export const useOnline = (): boolean => {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    addEventListener('online', look);
    addEventListener('offline', look);
    return () => {
      removeEventListener('online', look);
      removeEventListener('offline', look);
    };
  }, []);
  return online;
};

const ASK_AGAIN = 2000;

/** False once the background stayed silent for half a second, until it answers after all. */
export const useBackgroundAlive = (): boolean => {
  const [alive, setAlive] = useState(true);
  useEffect(() => {
    let watching = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const answers = (await backgroundAnswers()) || (await sendCommand({ type: 'ping' })).ok;
      if (!watching) return;
      setAlive(answers);
      if (!answers) timer = setTimeout(() => void ask(), ASK_AGAIN);
    };
    const first = async () => {
      const answers = await backgroundAnswers();
      if (!watching) return;
      setAlive(answers);
      if (!answers) void ask();
    };
    void first();
    return () => {
      watching = false;
      clearTimeout(timer);
    };
  }, []);
  return alive;
};

/** The tab that a side panel stands beside, and the next one when the person goes there. None in a tab of its own. */
export const useTabBeside = (): Beside => {
  const [tab, setTab] = useState<Beside>({});
  useEffect(() => {
    let watching = true;
    const look = async () => {
      const beside = await tabOfPopup();
      if (watching) setTab(beside);
    };
    const again = () => void look();
    again();
    browser.tabs.onActivated.addListener(again);
    return () => {
      watching = false;
      browser.tabs.onActivated.removeListener(again);
    };
  }, []);
  return tab;
};
