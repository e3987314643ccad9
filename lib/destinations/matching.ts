import type { Platform } from '../platforms/definition';
import type { AccountChoice, Capture, Destination } from '../storage/rows';

type Config = Readonly<Record<string, string>>;

/** The ids of a capture under their names in Upstack's `config`, as far as they are known. */
export const configOf = (platform: Platform, capture: Capture): Record<string, string> => {
  const config: Record<string, string> = {};
  for (const kind of platform.kinds) {
    const value = kind.secret ? undefined : capture.ids[kind.id]?.value;
    if (!kind.secret && value) config[kind.field] = value;
  }
  return config;
};

/** True if both hold every id of the platform, and the same ones. */
export const sameIds = (platform: Platform, one: Config, other: Config): boolean =>
  platform.kinds.every(
    (kind) => kind.secret || (Boolean(one[kind.field]) && one[kind.field] === other[kind.field]),
  );

/** What is still at Upstack for this platform with exactly these ids. */
export const destinationsWith = (
  platform: Platform,
  config: Config,
  destinations: readonly Destination[],
): Destination[] =>
  destinations.filter(
    (destination) =>
      destination.type === platform.id &&
      destination.goneAt === undefined &&
      sameIds(platform, config, destination.config),
  );

/** Under which the choice for the ad account of a capture is kept; none where the account is not known. */
export const choiceKey = ({
  platform,
  account,
}: Pick<Capture, 'platform' | 'account'>): string | undefined =>
  account === undefined ? undefined : `${platform}/${account}`;

/** Where captures of the same ad account went before. */
export const choiceFor = (capture: Capture, choices: readonly AccountChoice[]): AccountChoice | undefined => {
  const key = choiceKey(capture);
  return key === undefined ? undefined : choices.find((choice) => choice.key === key);
};
