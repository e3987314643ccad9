import { type Proof, type Sabotage, underTest } from './sabotage';

export interface Verdict {
  sabotage: Sabotage;
  /** With the defence on: must be all green, or red would prove nothing. */
  sound: Proof;
  off: Proof;
  noticed: boolean;
}

/** Runs each proof against the sound extension and against the sabotaged one. */
export const runSabotages = async (
  sabotages: readonly Sabotage[],
  tell: (verdict: Verdict) => void = () => {},
): Promise<Verdict[]> => {
  const nothing = underTest({ name: 'nothing', edits: [] });
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
