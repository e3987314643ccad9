import { closest, rootsOf } from '../capture/dom';
import type { DashboardStatus, ReportAnswer } from '../messages/reports';
import { MINUTE } from '../terms/time';
import { readCards } from './cards';
import type { Filled, FormDefinition, Order } from './definition';
import { isSeen } from './fields';
import { type FilledForm, fillForm, placeValue } from './fill';
import { type Finding, findForm } from './form';
import { renderedText } from './tree';

/**
 * Upstack's dashboard as the person has it open: which form is there, which cards, and what the person last pressed
 * in a form that was filled. Reports that, and fills when the background calls. Keeps no value.
 */
export interface Dashboard {
  fill(order: Order): Promise<Filled>;
  place(value: string, secret: boolean): Promise<Filled>;
  stop(): void;
}

const SOON = 150;
const BEAT = 1_000;
/** So that "as seen at" is true while somebody keeps the page open. */
const AGAIN = MINUTE;

const SAVE_WORDS = /^(?:create configuration|update configuration|save(?: changes)?)$/i;
const PRESSED = 'button, a, [role=button], [role=menuitem], input[type=submit], summary';

/** The button that a click was meant for. A click into a field is none. */
const buttonOf = (event: Event): Element | undefined => {
  for (const target of event.composedPath()) {
    const button = target instanceof Element ? closest(target, PRESSED) : null;
    if (button) return button;
  }
  return undefined;
};

interface Setup {
  definitions: readonly FormDefinition[];
  origin: string;
  send(status: DashboardStatus): Promise<ReportAnswer | undefined>;
  /** The extension that ran this is gone. */
  isOrphan(): boolean;
}

export const startDashboard = ({ definitions, origin, send, isOrphan }: Setup): Dashboard => {
  const page = crypto.randomUUID();
  const allNames = definitions.map(({ name }) => name);
  const ending = new AbortController();
  const watched = new Set<Node>();
  let filledForm: FilledForm | undefined;
  /** Under way: a form that is half filled is not to be taken for one that waits to be. */
  let writing = 0;
  let act: DashboardStatus['act'];
  /** What the person pressed last, or came to by keyboard. */
  let pressed: EventTarget | undefined;
  let told = '';
  let toldAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const observer = new MutationObserver(() => lookSoon());

  /** The form that is there; one that fits before one that does not. */
  const formHere = (): DashboardStatus['form'] => {
    const findings = definitions
      .map((definition): [string, Finding] => [
        definition.platform,
        findForm({ definition, allNames, job: 'rotate' }),
      ])
      .filter(([, finding]) => finding.is !== 'absent');
    const [platform, finding] = findings.find(([, { is }]) => is === 'fit') ?? findings[0] ?? [];
    if (platform === undefined || !finding) return undefined;
    return {
      platform,
      filled: filledForm !== undefined,
      faults: finding.is === 'unfit' ? finding.faults : [],
    };
  };

  const look = (): void => {
    clearTimeout(timer);
    if (isOrphan()) {
      stop();
      return;
    }
    timer = setTimeout(look, BEAT);
    if (document.hidden || writing > 0) return;
    for (const root of rootsOf()) {
      if (watched.has(root)) continue;
      watched.add(root);
      observer.observe(root, { childList: true, characterData: true, subtree: true, attributes: true });
    }
    if (filledForm && !isSeen(filledForm.secretField)) filledForm = undefined;
    report();
  };

  const report = (): void => {
    const form = formHere();
    const status: DashboardStatus = {
      type: 'dashboard.status',
      page,
      ...(form ? { form } : {}),
      ...(act ? { act } : {}),
      cards: readCards(definitions),
    };
    const text = JSON.stringify(status);
    if (text === told && Date.now() - toldAt < AGAIN) return;
    told = text;
    toldAt = Date.now();
    send(status).then(
      (answer) => {
        // Not heard: told again on the next beat.
        if (!answer?.ok) told = '';
      },
      () => {
        told = '';
      },
    );
  };

  const lookSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(look, SOON);
  };

  /** Only what the person does counts; a page can make events, but not trusted ones. */
  const onAct = (event: Event): void => {
    if (!event.isTrusted || !filledForm) return;
    const before = act;
    if (event instanceof KeyboardEvent) {
      if (event.key === 'Escape') act = 'other';
      else if (event.key === 'Enter' && event.composedPath().includes(filledForm.form)) act = 'save';
    } else {
      const button = buttonOf(event);
      const isInside = event.composedPath().includes(filledForm.form);
      if (button) act = isInside && SAVE_WORDS.test(renderedText(button)) ? 'save' : 'other';
    }
    // At once: the page may be left by this very act.
    if (act !== before) report();
  };

  const onPress = (event: Event): void => {
    if (event.isTrusted) pressed = event.composedPath()[0];
  };

  const { signal } = ending;
  // The key that leads to a field is let go there.
  for (const type of ['pointerdown', 'click', 'keydown', 'keyup']) {
    document.addEventListener(type, onPress, { capture: true, passive: true, signal });
  }
  for (const type of ['click', 'keydown']) {
    document.addEventListener(type, onAct, { capture: true, passive: true, signal });
  }
  document.addEventListener('visibilitychange', lookSoon, { signal });
  window.addEventListener('pageshow', lookSoon, { signal });
  look();

  const write = async (work: (onSecret: (form: FilledForm) => void) => Promise<Filled>): Promise<Filled> => {
    let holds = false;
    writing += 1;
    try {
      const filled = await work((form) => {
        holds = true;
        // In the same field once more: what the person has pressed in between still counts.
        if (form.secretField !== filledForm?.secretField) act = undefined;
        filledForm = form;
      });
      if (filled.ok || !holds) return filled;
      // Pressed before all was read back: it is being saved, and the form has changed for that reason.
      if (act === 'save') return { ok: true };
      filledForm = undefined;
      return filled;
    } finally {
      writing -= 1;
      lookSoon();
    }
  };

  const stop = (): void => {
    ending.abort();
    observer.disconnect();
    clearTimeout(timer);
  };

  return {
    fill: async (order) => {
      const definition = definitions.find(({ platform }) => platform === order.platform);
      if (!definition) return { ok: false, faults: [{ code: 'missing' }] };
      return write((onSecret) => fillForm({ definition, allNames, order, origin, onSecret }));
    },
    place: (value, secret) => write((onSecret) => placeValue({ value, secret, origin, pressed, onSecret })),
    stop,
  };
};
