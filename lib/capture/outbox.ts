import type { CaptureOffer, PageMarks, PageStatus, Report, ReportAnswer } from '../messages/reports';

/** Reports one message; undefined when nobody answered. */
export type Send = (report: Report) => Promise<ReportAnswer | undefined>;

export interface Outbox {
  /** Kept and sent again with the same content until it is answered, also after the page has let go of the value. */
  offer(offer: CaptureOffer): void;
  /** Only the newest matters, and only if it says something new. */
  status(status: PageStatus | PageMarks): void;
  stop(): void;
}

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5000;
/** A background that was killed while it worked may leave a message without an answer for ever. */
const PATIENCE = 5000;

const silence = (): Promise<undefined> => new Promise((resolve) => setTimeout(resolve, PATIENCE, undefined));

export const openOutbox = (send: Send): Outbox => {
  const offers: CaptureOffer[] = [];
  let status: PageStatus | PageMarks | undefined;
  let told = '';
  let pause = FIRST_PAUSE;
  let sending = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const settled = async (report: Report): Promise<boolean> => {
    try {
      const answer = await Promise.race([send(report), silence()]);
      // A refusal is an answer: saying it again would not change it.
      return answer !== undefined && (answer.ok || answer.code !== 'again');
    } catch {
      return false;
    }
  };

  const drain = async (): Promise<void> => {
    if (sending || stopped) return;
    sending = true;
    clearTimeout(timer);
    while (!stopped) {
      const [next] = offers;
      const current = status;
      if (next) {
        if (!(await settled(next))) break;
        offers.shift();
      } else if (current) {
        if (!(await settled(current))) break;
        if (status === current) status = undefined;
      } else {
        break;
      }
      pause = FIRST_PAUSE;
    }
    sending = false;
    if (stopped || (offers.length === 0 && !status)) return;
    timer = setTimeout(() => void drain(), pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  };

  return {
    offer(offer) {
      offers.push(offer);
      void drain();
    },
    status(next) {
      const said = JSON.stringify(next);
      if (said === told) return;
      told = said;
      status = next;
      void drain();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      offers.length = 0;
    },
  };
};
