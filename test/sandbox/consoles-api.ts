/**
 * What the two played ad consoles ask of the sandbox, on their own origin. All JSON, all under `/sandbox-api`.
 *
 *   GET    /sandbox-api/session                                  → Session, or 401 when signed out
 *   POST   /sandbox-api/session                                  → Session (signs in; no body)
 *   DELETE /sandbox-api/session                                  → 204 (signs out)
 *   GET    /sandbox-api/businesses                               → BusinessList
 *   GET    /sandbox-api/businesses/{businessId}/tokens           → TokenList, newest first, without values
 *   POST   /sandbox-api/businesses/{businessId}/tokens           → 201 GeneratedToken; body GenerateToken
 *   DELETE /sandbox-api/businesses/{businessId}/tokens/{tokenId} → 204
 *
 * Anything but a 2xx is a ConsoleError. A token's value is in the answer to its making and nowhere else.
 * Reddit: a name is wanted, and a business holds at most five tokens (409 `too_many_tokens`). Pinterest: no name;
 * the list holds the tokens of the signed-in user.
 *
 * The page itself: the server sends `.output/sandbox/<platform>/index.html` for every path that is no built file, so
 * a build must name its files by absolute path (`base: '/'`). It may not use inline scripts: the CSP allows the
 * bundle and one nonce of the server's own. Before `</head>` the server adds an inline script that leaves the session
 * token in a global and in localStorage, before `</body>` a hidden input with it, and it sets it as a cookie, as the
 * real origins do. A console need not do anything about that.
 */

export interface Session {
  platform: 'reddit' | 'pinterest';
  user: { id: string; name: string; email: string };
  /** How the console should draw itself; tests switch it with `sandbox.platforms.variants`. */
  variant: ConsoleVariant;
}

/** All of these occur in real consoles; a console obeys the ones that it can show. */
export interface ConsoleVariant {
  /** What holds a new token. `input` and `textarea` are read-only and carry the value as property alone. */
  tokenIn: 'text' | 'input' | 'textarea' | 'shadow' | 'frame';
  /** Draw the Copy button's label right behind the token, with nothing between. */
  gluedButton: boolean;
  /** Words of the page. */
  language: 'en' | 'de' | 'es';
}

export interface BusinessList {
  businesses: Business[];
}

export interface Business {
  /** A UUID on Reddit, digits on Pinterest. */
  id: string;
  name: string;
  /** What the signed-in user may do here. Only an administrator may generate and delete (403 `role_missing`). */
  role: 'admin' | 'analyst';
  accounts: AdAccount[];
}

export interface AdAccount {
  /** Reddit `a2_…`; Pinterest's advertiser id, 12 digits. */
  id: string;
  name: string;
  currency: string;
  /** Reddit pixels, Pinterest tags. The first is the one in use. */
  pixels: Pixel[];
}

interface Pixel {
  /** Reddit `a2_…`, mostly equal to the account's id; Pinterest's tag id, 13 digits. */
  id: string;
  name: string;
}

export interface TokenList {
  tokens: TokenSummary[];
}

export interface TokenSummary {
  id: string;
  /** Empty on Pinterest. */
  name: string;
  createdAt: string;
  createdBy: string;
}

export interface GenerateToken {
  /** Reddit only. */
  name?: string;
}

export interface GeneratedToken {
  token: TokenSummary & { value: string };
}

export interface ConsoleError {
  error: {
    code: 'signed_out' | 'role_missing' | 'not_found' | 'name_missing' | 'too_many_tokens' | 'unavailable';
    message: string;
  };
}
