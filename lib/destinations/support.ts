import { mayHoldSecret } from '../credentials/may-hold';
import { platformOf, platforms } from '../platforms/index';
import type { Destination, Workspace } from '../storage/rows';
import type { Diagnosis } from './diagnosis';

/**
 * What is copied for Upstack's support, in English, since they read it. Only ids, states and times: no token, no hint
 * of one, no key.
 */

const timeOf = (at: number | undefined): string => (at === undefined ? 'never' : new Date(at).toISOString());

/** Names are typed by people, who may put anything there. */
export const withoutSecrets = (text: string): string =>
  /upstack_/i.test(text) || platforms.some((platform) => mayHoldSecret(platform, text)) ? '(left out)' : text;

export interface SupportFacts {
  destination: Destination;
  workspace: Workspace | undefined;
  diagnosis: Diagnosis;
  /** Such as `Upstack Capture` → `0.1.0` and `Browser` → `Chrome 140`. */
  versions: Readonly<Record<string, string>>;
  now: number;
}

export const supportDetails = ({
  destination,
  workspace,
  diagnosis,
  versions,
  now,
}: SupportFacts): string => {
  const { health, config, check } = destination;
  const platform = platformOf(destination.type);
  const ids = (platform?.kinds ?? []).flatMap((kind): [string, string][] =>
    kind.secret ? [] : [[`${platform?.name} ${kind.label}`, config[kind.field] ?? 'not known']],
  );
  const problem = check?.problem ?? workspace?.poll.problem ?? workspace?.problem;
  const lines: [string, string | undefined][] = [
    ['Workspace', workspace?.name],
    ['Upstack pixel ID', workspace?.pixelId || undefined],
    ['Destination', `${destination.name} (${destination.id})`],
    ['Platform', platform?.name ?? destination.type],
    ...ids,
    ['State', health.state],
    ['Cause', diagnosis.code],
    ['Reason from Upstack', health.reason?.code],
    ['HTTP status from the platform', health.reason?.httpStatus?.toString()],
    ['Platform code', health.reason?.platformCode],
    ['Since', timeOf(health.illSince ?? health.since)],
    ['Checked by Upstack', timeOf(health.lastCheckedAt)],
    ['Last success', timeOf(health.lastSuccessAt)],
    ['Last answer to us', timeOf(workspace?.poll.lastAnsweredAt)],
    ['Last problem', problem && [problem.kind, problem.status, problem.code].filter(Boolean).join(' ')],
    ['Request ID', problem?.requestId],
    ...diagnosis.rows.map(({ id, result, detail }): [string, string] => [
      `Check ${id}`,
      `${result} (${detail})`,
    ]),
    ...(check?.steps ?? []).map(({ name, status, code }): [string, string] => [
      `Test step ${name}`,
      code ? `${status} (${code})` : status,
    ]),
    ...Object.entries(versions),
    ['Copied', timeOf(now)],
  ];
  return lines
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${withoutSecrets(value)}`]))
    .join('\n');
};
