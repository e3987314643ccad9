import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDestinationResponse, readHealthList, readPage } from '../../../lib/upstack/decode';
import { destination, FINGERPRINT, health } from './network';

const read = (changes: Record<string, unknown>): ReturnType<typeof readDestinationResponse> =>
  readDestinationResponse({ destination: destination(changes) });

describe('a destination', () => {
  it('is read as the contract has it', () => {
    expect(read({})?.destination).toEqual({
      id: 'dst_1',
      type: 'reddit',
      name: 'Acme US',
      enabled: true,
      config: { pixelId: 'a2_abcdefghijkl' },
      token: {
        isSet: true,
        fingerprint: FINGERPRINT,
        issuedAt: Date.UTC(2026, 10, 20, 10),
        updatedAt: Date.UTC(2026, 10, 21, 10),
      },
      health: { state: 'healthy', since: Date.UTC(2026, 10, 21, 10) },
    });
  });

  it('keeps only the ids that its platform asks for', () => {
    const config = { pixelId: 'a2_x', tagId: '1', __proto__: { pixelId: 'evil' }, constructor: 'x' };
    expect(read({ config })?.destination.config).toEqual({ pixelId: 'a2_x' });
    expect(read({ config: {} })?.destination.config).toEqual({});
  });

  it.each([
    ['an id that is a number has lost digits', { config: { pixelId: 2_680_059_592_703 } }],
    ['a token that is set has a fingerprint', { credentials: { accessToken: { isSet: true } } }],
    ['no health', { health: undefined }],
    ['no name', { name: 7 }],
    ['an id that is another place in a path', { id: '..' }],
    ['an id that is the place itself', { id: '.' }],
    ['an id that is none', { id: '' }],
    ['an id that cannot be printed', { id: 'dst\u202e1' }],
    ['an id of two lines', { id: 'dst\n1' }],
    ['an id that is cut in the middle of a sign', { id: 'dst\ud83d' }],
    ['an id that is too long', { id: 'x'.repeat(65) }],
    ['a platform we do not know', { type: 'elsewhere' }],
  ])('is not read: %s', (_why, changes) => {
    expect(read(changes)).toBeUndefined();
  });

  it.each(['dst_1', 'dst:1', 'a.b', 'urn:upstack:dst/7', '../x', '...', 'größe 1', '0~%2e', 'x'.repeat(64)])(
    'has the id that Upstack gave it: %s',
    (id) => {
      expect(read({ id })?.destination.id).toBe(id);
      const told = readHealthList({ items: [health({ destinationId: id })] });
      expect(told?.health.get(id)).toMatchObject({ state: 'healthy' });
    },
  );

  it('leads nowhere but to Upstack’s own dashboard', () => {
    const good = 'https://app.upstackdata.com/pixel/event-destinations';
    expect(read({ dashboardUrl: good })?.destination.dashboardUrl).toBe(good);
    for (const dashboardUrl of [
      'https://app.upstackdata.com.evil.example/',
      'http://app.upstackdata.com/',
      'https://app.upstackdata.com:444/',
      'javascript:alert(1)',
      '//app.upstackdata.com/',
      7,
    ]) {
      expect(read({ dashboardUrl })?.destination).not.toHaveProperty('dashboardUrl');
    }
  });
});

describe('a list', () => {
  it('passes over platforms that we do not know, and counts what it cannot read', () => {
    const items = [
      destination(),
      destination({ type: 'elsewhere', config: 7 }),
      { type: 'reddit' },
      null,
      'x',
    ];
    expect(readPage({ destinations: items, nextCursor: null })).toMatchObject({
      destinations: [{ id: 'dst_1' }],
      unreadable: 3,
    });
  });

  it.each([[undefined], [null], [[]], [{}], [{ destinations: {} }], [{ destinations: [] }]])(
    '%j is none',
    (body) => {
      expect(readPage(body)).toBeUndefined();
    },
  );
});

describe('health', () => {
  const stateOf = (state: unknown): unknown =>
    readHealthList({ items: [health({ state })] })?.health.get('dst_1')?.state;

  it('knows five words, and every other is unknown', () => {
    for (const word of ['healthy', 'unhealthy', 'degraded', 'pending', 'paused'])
      expect(stateOf(word)).toBe(word);
    for (const word of ['Healthy', 'healthy ', 'HEALTHY', 'ok', '', 'ill', true, 1, null, ['healthy'], {}]) {
      expect(stateOf(word)).toBe('unknown');
    }
  });

  it('of an item that cannot be read is unknown, and counted', () => {
    const list = readHealthList({
      items: [health(), health({ since: 1, type: 7 }), health({ destinationId: 8 })],
    });
    expect(list).toMatchObject({ unreadable: 2 });
    expect([...(list?.health ?? [])]).toEqual([['dst_1', { state: 'unknown' }]]);
  });

  it('that is told twice and not the same is unknown', () => {
    const items = [health(), health({ state: 'unhealthy' })];
    expect(readHealthList({ items })?.health.get('dst_1')?.state).toBe('unknown');
    expect(readHealthList({ items: items.toReversed() })?.health.get('dst_1')?.state).toBe('unknown');
  });

  it('keeps the reason in words that we know', () => {
    const reason = {
      code: 'token_invalid',
      message: 'x',
      httpStatus: 401,
      platformCode: '2',
      docsUrl: 'https://evil.example',
    };
    const told = readHealthList({ items: [health({ state: 'unhealthy', reason })] })?.health.get('dst_1');
    expect(told?.reason).toEqual({ code: 'token_invalid', httpStatus: 401, platformCode: '2' });
    const strange = readHealthList({ items: [health({ reason: { code: 'bad_moon' } })] })?.health.get(
      'dst_1',
    );
    expect(strange?.reason).toEqual({ code: 'unknown' });
  });
});

/** `npm run soak` tries ten times as many. */
const RUNS = Number(process.env.GARBLED_ANSWERS ?? 5_000);

describe('garbled answers', { timeout: 60_000 + RUNS * 10 }, () => {
  /** Any JSON, mixed with pieces of true answers in the wrong places. */
  const garbage = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.constantFrom(
        'healthy',
        'Healthy',
        'unhealthy',
        'reddit',
        'dst_1',
        FINGERPRINT,
        '2026-11-22T12:00:00Z',
      ),
      fc.constantFrom(destination(), health(), { items: [health()] }),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(
        fc.constantFrom(
          'items',
          'destinations',
          'destinationId',
          'state',
          'type',
          'health',
          'nextCursor',
          '__proto__',
        ),
        tie('value'),
      ),
    ),
  })).value;

  /** A true health item in which one member is replaced. */
  const bent = fc
    .tuple(fc.constantFrom(...Object.keys(health())), garbage)
    .map(([member, value]) => ({ ...health({ state: 'unhealthy' }), [member]: value }));

  /** What a careful reader would call healthy: exactly this word, in a list, for this id, and nobody objects. */
  const claims = (body: unknown): Map<string, boolean> => {
    const said = new Map<string, boolean>();
    const items = (body as { items?: unknown } | null)?.items;
    for (const item of Array.isArray(items) ? items : []) {
      const { destinationId, state, type } = (item ?? {}) as Record<string, unknown>;
      const isForeign = typeof type === 'string' && type !== 'reddit' && type !== 'pinterest';
      if (typeof destinationId === 'string' && !isForeign) {
        said.set(destinationId, (said.get(destinationId) ?? true) && state === 'healthy');
      }
    }
    return said;
  };

  const falseHealthy = (body: unknown, reader: typeof readHealthList): string[] => {
    const told = reader(body)?.health ?? new Map();
    const said = claims(body);
    return [...told].filter(([id, { state }]) => state === 'healthy' && !said.get(id)).map(([id]) => id);
  };

  it(`never read as healthy what does not say so, and never throw (${RUNS} runs)`, () => {
    let readable = 0;
    const bodies = fc.oneof(
      garbage,
      fc.array(fc.oneof(garbage, bent)).map((items) => ({ items })),
    );
    fc.assert(
      fc.property(bodies, (body) => {
        const plain: unknown = JSON.parse(JSON.stringify(body) ?? 'null');
        readPage(plain);
        readDestinationResponse(plain);
        if (readHealthList(plain)) readable += 1;
        expect(falseHealthy(plain, readHealthList)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
    // The fuzz reaches what it is about: many of these are lists.
    expect(readable).toBeGreaterThan(RUNS / 10);
  });

  it('would be noticed by the same measure if an unknown word were read as healthy', () => {
    const gullible: typeof readHealthList = (body) => {
      const list = readHealthList(body);
      for (const one of list?.health.values() ?? []) if (one.state === 'unknown') one.state = 'healthy';
      return list;
    };
    expect(falseHealthy({ items: [health({ state: 'fine' })] }, gullible)).toEqual(['dst_1']);
  });
});
