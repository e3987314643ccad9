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

interface Lane {
  /** `alone`: whatever still waits is out of date. */
  put(report: Report, alone?: boolean): void;
  stop(): void;
}

/** Sends one report after the other, each again and again until it is answered. */
const openLane = (send: Send): Lane => {
  let waiting: Report[] = [];
  let pause = FIRST_PAUSE;
  let isSending = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const isSettled = async (report: Report): Promise<boolean> => {
    try {
      const answer = await Promise.race([send(report), silence()]);
      // A refusal is an answer: saying it again would not change it.
      return answer !== undefined && (answer.ok || answer.code !== 'again');
    } catch {
      return false;
    }
  };

  const drain = async (): Promise<void> => {
    if (isSending) return;
    isSending = true;
    clearTimeout(timer);
    for (let [next] = waiting; next; [next] = waiting) {
      if (await isSettled(next)) {
        waiting = waiting.filter((report) => report !== next);
        pause = FIRST_PAUSE;
      } else {
        if (waiting.length > 0) timer = setTimeout(drain, pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE);
        break;
      }
    }
    isSending = false;
  };

  return {
    put(report, alone) {
      waiting = alone ? [report] : [...waiting, report];
      void drain();
    },
    stop() {
      clearTimeout(timer);
      waiting = [];
    },
  };
};

export const openOutbox = (send: Send): Outbox => {
  // Lanes of their own, so that a token never waits for the answer to something less.
  const offers = openLane(send);
  const statuses = openLane(send);
  let told = '';
  return {
    offer: offers.put,
    status(status) {
      const said = JSON.stringify(status);
      if (said === told) return;
      told = said;
      statuses.put(status, true);
    },
    stop() {
      offers.stop();
      statuses.stop();
    },
  };
};
