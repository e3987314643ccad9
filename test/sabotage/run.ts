import { type Proof, type Sabotage, type UnderTest, underTest } from './sabotage';

export interface Verdict {
  sabotage: Sabotage;
  /** With the defence on: must be all green, or red would prove nothing. */
  sound: Proof;
  off: Proof;
  noticed: boolean;
}

interface Running {
  tell?: (verdict: Verdict) => void;
  /** Where nothing was edited; built anew unless one is given. */
  nothing?: UnderTest;
}

/** Runs each proof against the sound extension and against the sabotaged one. */
export const runSabotages = async (
  sabotages: readonly Sabotage[],
  { tell = () => {}, nothing = underTest({ name: 'nothing', edits: [] }) }: Running = {},
): Promise<Verdict[]> => {
  const verdicts: Verdict[] = [];
  for (const sabotage of sabotages) {
    const off = await sabotage.prove(underTest(sabotage));
    const sound = await sabotage.prove(nothing);
    const verdict = { sabotage, sound, off, noticed: sound.red === 0 && off.red > 0 };
    verdicts.push(verdict);
    tell(verdict);
  }
  return verdicts;
};
