import type { CardInfo, DashboardVariant, SaveDestination, SaveRefused } from '../../dashboard-api';

const ask = async <Answer>(method: string, path: string, body?: SaveDestination): Promise<Answer> => {
  const response = await fetch(`/sandbox-api/${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  });
  const answer = (await response.json()) as Answer;
  if (response.ok) return answer;
  throw new NotSaved(answer as SaveRefused);
};

export class NotSaved extends Error {
  readonly reasons: readonly string[];
  constructor({ message, reasons }: SaveRefused) {
    super(message);
    this.reasons = reasons;
  }
}

export const api = {
  variant: () => ask<DashboardVariant>('GET', 'variant'),
  destinations: async () => (await ask<{ destinations: CardInfo[] }>('GET', 'destinations')).destinations,
  /** Creates, or changes the destination with this id. */
  save: (body: SaveDestination, id?: string) =>
    ask<CardInfo>(
      id === undefined ? 'POST' : 'PUT',
      id === undefined ? 'destinations' : `destinations/${id}`,
      body,
    ),
};

/** The list looks for news by itself, as the cards turn Healthy without a reload. In ms. */
export const REFRESH = 700;

export const platformName = (catalogue: readonly { type: string; name: string }[], type: string): string =>
  catalogue.find((one) => one.type === type)?.name ?? type;
