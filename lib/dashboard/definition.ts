import type { Fault } from '../storage/rows';

/** What Upstack's form for one platform asks for, as the page itself names it. */
export interface FormDefinition {
  platform: string;
  /** The platform's name as headings show it. */
  name: string;
  fields: readonly { kind: string; label: string; secret: boolean }[];
}

/** What is put into a form. Values by kind. */
export interface Order {
  job: 'create' | 'rotate';
  platform: string;
  values: Readonly<Record<string, string>>;
}

export type Filled = { ok: true } | { ok: false; faults: Fault[] };
