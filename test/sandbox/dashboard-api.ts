/**
 * What the played dashboard at app.upstackdata.com asks of the sandbox, on its own origin. All JSON.
 *
 *   GET  /sandbox-api/variant             → DashboardVariant
 *   GET  /sandbox-api/destinations        → { destinations: CardInfo[] }, with their health looked at just now
 *   POST /sandbox-api/destinations        → 201 CardInfo; body SaveDestination
 *   PUT  /sandbox-api/destinations/{id}   → CardInfo; body SaveDestination
 *
 * A save sends a test event first. 422 `{ message, reasons }` when the platform did not take it: nothing is saved.
 */

/** How the dashboard draws itself. Tests switch it with `sandbox.dashboard.variant`. */
export interface DashboardVariant {
  /** Mantine draws into the document, Shoelace into open shadow roots. */
  library: 'mantine' | 'shoelace';
  /** Both words are in Upstack's own guides. */
  title: 'Event Destinations' | 'Events Destination';
  save: 'Save' | 'Update Configuration';
  /** The form in a dialog over the list, or as a page in its place. */
  form: 'dialog' | 'page';
}

export interface CardInfo {
  id: string;
  type: string;
  name: string;
  config: Record<string, string>;
  /** Stands in the token's field when the destination is edited; sent back, it changes nothing. */
  tokenMask: string;
  status: 'Healthy' | 'Unhealthy' | 'Pending';
  /** With `Unhealthy`: what to check, as the guides list it. */
  reasons: string[];
}

export interface SaveDestination {
  type: string;
  name: string;
  config: Record<string, string>;
  token: string;
}

export interface SaveRefused {
  message: string;
  reasons: string[];
}

interface FieldDefinition {
  /** In `config`; `token` is the token. */
  name: string;
  label: string;
}

/** What the dialog offers, with the fields of each form. The last three have forms that look like the first one's. */
export const catalogue: readonly { type: string; name: string; fields: readonly FieldDefinition[] }[] = [
  {
    type: 'reddit',
    name: 'Reddit',
    fields: [
      { name: 'pixelId', label: 'Pixel ID' },
      { name: 'token', label: 'Conversions API access token' },
    ],
  },
  {
    type: 'pinterest',
    name: 'Pinterest',
    fields: [
      { name: 'tagId', label: 'Tag ID' },
      { name: 'advertiserId', label: 'Advertiser ID' },
      { name: 'token', label: 'Conversion API key' },
    ],
  },
  ...['Facebook', 'TikTok', 'Snapchat'].map((name) => ({
    type: name.toLowerCase(),
    name,
    fields: [
      { name: 'pixelId', label: 'Pixel ID' },
      { name: 'token', label: 'Conversions API access token' },
    ],
  })),
];
