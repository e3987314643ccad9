import { randomBytes } from 'node:crypto';
import type { AdAccount, Business, ConsoleVariant, Session } from './consoles-api';
import type { Clock } from './exchange';
import { pinterestKey, redditConversionToken, redditSessionToken } from './tokens';

/**
 * What the two ad platforms know: people, businesses, ad accounts, pixels, and the tokens that were issued. The
 * consoles change it and the event APIs judge by it, so a token deleted in a console is refused a moment later.
 */

export type PlatformId = Session['platform'];
export type User = Session['user'];
type Role = Business['role'];

export interface HeldBusiness {
  id: string;
  name: string;
  /** By user id. Whoever is not in it has lost the role. */
  roles: Map<string, Role>;
  accounts: AdAccount[];
}

export interface IssuedToken {
  id: string;
  value: string;
  name: string;
  userId: string;
  businessId: string;
  createdAt: number;
  deletedAt?: number;
}

type EventPermission = 'granted' | 'unknownToken' | 'notPermitted' | 'noSuchAccount';

export interface AdPlatform {
  readonly id: PlatformId;
  /** The first is signed in at the start; the second is a colleague. */
  readonly users: readonly User[];
  readonly businesses: readonly HeldBusiness[];
  readonly tokens: readonly IssuedToken[];
  readonly variant: ConsoleVariant;
  /** What lies around on the signed-in origin, and must never be taken. */
  readonly sessionToken: string;
  signedIn: User | undefined;
  /** Makes a token as the console does; of the first business and the first user unless told. */
  issue(options?: { businessId?: string; name?: string; userId?: string }): IssuedToken;
  deleteToken(tokenId: string): boolean;
  /** `undefined` takes the role away. */
  setRole(businessId: string, userId: string, role: Role | undefined): void;
  /** The pixel (Reddit) or ad account (Pinterest) exists no more, until it is opened again. */
  close(id: string): void;
  /** Everything deleted, closed or taken away is back, and the first user is signed in. */
  restore(): void;
  /** May the holder of this token send events for this pixel (Reddit) or ad account (Pinterest)? */
  permission(value: string, id: string): EventPermission;
}

const redditUsers = (): User[] => [
  { id: 't2_9k3m7q2w', name: 'Maya Torres', email: 'maya@northwind.example' },
  { id: 't2_4h8v1c6z', name: 'Jonas Weber', email: 'jonas@northwind.example' },
];

const redditBusinesses = (): Omit<HeldBusiness, 'roles'>[] => [
  {
    id: '6f0c2a58-9d41-4b7e-8a35-1c7e90b2d4f6',
    name: 'Northwind Outfitters',
    accounts: [
      {
        id: 'a2_f7k2m9x4q1zt',
        name: 'Northwind US',
        currency: 'USD',
        pixels: [{ id: 'a2_f7k2m9x4q1zt', name: 'Northwind US store' }],
      },
      {
        // Newer accounts may have a pixel of another id than their own.
        id: 'a2_c3w8r5n0b6yh',
        name: 'Northwind EU',
        currency: 'EUR',
        pixels: [
          { id: 'a2_p4d1s9j7v2ke', name: 'Northwind EU store' },
          { id: 'a2_u6g3l8t5e0mx', name: 'Northwind EU outlet' },
        ],
      },
    ],
  },
  {
    id: 'b3d7e914-52f8-4c06-9e1b-7a4d83c5f021',
    name: 'Fernweh Kaffee',
    accounts: [
      {
        id: 'a2_h1z7k4y9d3qa',
        name: 'Fernweh DE',
        currency: 'EUR',
        pixels: [{ id: 'a2_h1z7k4y9d3qa', name: 'Fernweh shop' }],
      },
    ],
  },
];

const pinterestUsers = (): User[] => [
  { id: '904518273645091827', name: 'Maya Torres', email: 'maya@northwind.example' },
  { id: '817263549081726354', name: 'Jonas Weber', email: 'jonas@northwind.example' },
];

const pinterestBusinesses = (): Omit<HeldBusiness, 'roles'>[] => [
  {
    id: '1047293856201938475',
    name: 'Northwind Outfitters',
    accounts: [
      {
        id: '549761482039',
        name: 'Northwind US',
        currency: 'USD',
        pixels: [{ id: '2613947205861', name: 'Northwind US tag' }],
      },
      {
        id: '549764913752',
        name: 'Northwind EU',
        currency: 'EUR',
        pixels: [
          { id: '2612580417396', name: 'Northwind EU tag' },
          { id: '2614106539728', name: 'Northwind EU outlet tag' },
        ],
      },
    ],
  },
  {
    id: '1052846173920564738',
    name: 'Fernweh Kaffee',
    accounts: [
      {
        id: '549768205417',
        name: 'Fernweh DE',
        currency: 'EUR',
        pixels: [{ id: '2613371960542', name: 'Fernweh tag' }],
      },
    ],
  },
];

/** What differs between the two. */
interface Kind {
  users(): User[];
  businesses(): Omit<HeldBusiness, 'roles'>[];
  makeToken(issuedAt: number): string;
  makeSessionToken(): string;
  /** The ids that the event API is called with. */
  targets(business: HeldBusiness): string[];
  /** Reddit's token is the business's; Pinterest's is the user's and works wherever that user may. */
  reaches(token: IssuedToken, business: HeldBusiness): boolean;
}

const kinds: Record<PlatformId, Kind> = {
  reddit: {
    users: redditUsers,
    businesses: redditBusinesses,
    makeToken: (issuedAt) => redditConversionToken({ issuedAt }),
    makeSessionToken: redditSessionToken,
    targets: (business) => business.accounts.flatMap((account) => account.pixels.map((pixel) => pixel.id)),
    reaches: (token, business) => token.businessId === business.id,
  },
  pinterest: {
    users: pinterestUsers,
    businesses: pinterestBusinesses,
    makeToken: (issuedAt) => pinterestKey({ issuedAt }),
    makeSessionToken: () => pinterestKey({ kind: 1 }),
    targets: (business) => business.accounts.map((account) => account.id),
    reaches: () => true,
  },
};

const firstOf = <T>(list: readonly T[]): T => {
  const first = list[0];
  if (first === undefined) throw new Error('The sandbox has at least one of everything.');
  return first;
};

export const createAdPlatform = (id: PlatformId, clock: Clock): AdPlatform => {
  const kind = kinds[id];
  const users = kind.users();
  const everyoneAdmin = (): [string, Role][] => users.map((user) => [user.id, 'admin']);
  const businesses = kind.businesses().map((business) => ({ ...business, roles: new Map(everyoneAdmin()) }));
  const tokens: IssuedToken[] = [];
  const closed = new Set<string>();

  return {
    id,
    users,
    businesses,
    tokens,
    variant: { tokenIn: 'text', gluedButton: false, language: 'en' },
    sessionToken: kind.makeSessionToken(),
    signedIn: firstOf(users),

    issue({ businessId = firstOf(businesses).id, name = '', userId = firstOf(users).id } = {}) {
      const createdAt = clock.now();
      const token: IssuedToken = {
        id: randomBytes(6).toString('hex'),
        value: kind.makeToken(createdAt),
        name,
        userId,
        businessId,
        createdAt,
      };
      tokens.push(token);
      return token;
    },

    deleteToken(tokenId) {
      const token = tokens.find((one) => one.id === tokenId && one.deletedAt === undefined);
      if (token) token.deletedAt = clock.now();
      return token !== undefined;
    },

    setRole(businessId, userId, role) {
      const business = businesses.find((one) => one.id === businessId);
      if (!business) throw new Error(`There is no business ${businessId}.`);
      if (role) business.roles.set(userId, role);
      else business.roles.delete(userId);
    },

    close(target) {
      closed.add(target);
    },

    restore() {
      closed.clear();
      for (const token of tokens) delete token.deletedAt;
      for (const business of businesses)
        for (const [userId, role] of everyoneAdmin()) business.roles.set(userId, role);
      this.signedIn = firstOf(users);
    },

    permission(value, target) {
      const token = tokens.find((one) => one.value === value && one.deletedAt === undefined);
      if (!token) return 'unknownToken';
      const owner = businesses.find((business) => kind.targets(business).includes(target));
      if (!owner || closed.has(target)) return 'noSuchAccount';
      const permitted = kind.reaches(token, owner) && owner.roles.get(token.userId) === 'admin';
      return permitted ? 'granted' : 'notPermitted';
    },
  };
};

/** A business as the signed-in user sees it; nothing where that user has no role. */
export const businessFor = (business: HeldBusiness, user: User): Business | undefined => {
  const role = business.roles.get(user.id);
  return role && { id: business.id, name: business.name, role, accounts: business.accounts };
};
