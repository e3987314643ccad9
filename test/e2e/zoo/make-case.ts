import {
  arrivals,
  type Block,
  builtForms,
  builtHolders,
  type Case,
  type Form,
  type Gesture,
  type Hiding,
  type Holder,
  hidings,
  type IdExpectation,
  type Lair,
  lairs,
  languages,
  libraries,
  libraryForms,
  libraryHolders,
  type PlatformId,
  platformIds,
  type Subject,
  strangers,
  type Words,
} from './case';
import { type Random, randomOf } from './random';
import { lureOf, type Values, valuesOf, wholeNumber } from './values';
import { idLabelsOf, wordsOf } from './words';

/** A page's address and blocks as far as ids go, and what must be made of them. */
interface IdPlan {
  theme: string;
  url: string;
  blocks: Block[];
  ids: Record<string, IdExpectation>;
}

interface Maker {
  random: Random;
  values: Values;
  words: Words;
}

const uuid = (random: Random): string => {
  const hex = Array.from(random.bytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
};

const shops = [
  'Acme Shop',
  'Northwind',
  'Blue Bottle EU',
  'Kaffee & Kuchen',
  'テスト株式会社',
  'Zapatería Luz',
];

const none: IdExpectation = { must: {}, may: [], value: [null], conflict: false };

/** Either way will do: it stands beside words that nobody knows, or behind a dialog. */
const relaxed = ({ must, may, value }: IdExpectation, kept: readonly string[] = []): IdExpectation => ({
  must: Object.fromEntries(Object.entries(must).filter(([id]) => kept.includes(id))),
  may: [...may, ...Object.keys(must)],
  value: [...new Set([...value, ...(Object.keys(must).some((id) => kept.includes(id)) ? kept : []), null])],
});

/** A label beside which the id must be found, or, in languages of which nothing is known, may be. */
const labelFor = ({ random, words }: Maker, kind: string): { label: string; known: boolean } => {
  const { known, guessed } = idLabelsOf(kind, words.language);
  const label = random.pick([...known, ...guessed]);
  return { label, known: known.includes(label) };
};

/** The id beside its label, in one of the ways that pages have. */
const labelledBlock = (random: Random, label: string, value: string): Block =>
  random.pick<Block>([
    { type: 'labelled', label, value },
    { type: 'labelled', label: `${label}:`, value },
    { type: 'field', label, value },
    { type: 'text', text: `${label}: ${value}` },
  ]);

const tableBlock = ({ random, words }: Maker, label: string, ids: string[], selected?: number): Block => ({
  type: 'table',
  columns: [words.columns[0], label, words.columns[2]],
  rows: ids.map((id) => [random.pick(shops), id, random.pick(['OK', '–', '12'])]),
  ...(selected !== undefined && { selected }),
});

const redditPlans: Record<string, (maker: Maker) => IdPlan> = {
  addressOnly: ({ random, values }) => {
    const id = values.redditId();
    const screen = random.pick([
      'events-manager/conversion-tokens',
      'events-manager/conversion-tokens',
      'events-manager',
      'events-manager/testing',
      'dashboard',
    ]);
    const inAddress = random.chance(0.3) ? id.slice(3) : id;
    return {
      theme: 'addressOnly',
      url: `https://ads.reddit.com/account/${inAddress}/${screen}`,
      blocks: [],
      ids: { pixelId: { must: { [id]: ['address'] }, may: [], value: [id], conflict: false } },
    };
  },
  addressAndLabel: (maker) => {
    const { random, values } = maker;
    const id = values.redditId();
    const { label } = labelFor(maker, 'pixelId');
    return {
      theme: 'addressAndLabel',
      url: `https://ads.reddit.com/account/${random.chance(0.3) ? id.slice(3) : id}/events-manager/conversion-tokens`,
      blocks: [labelledBlock(random, label, id)],
      ids: { pixelId: { must: { [id]: ['address', 'label'] }, may: [], value: [id], conflict: false } },
    };
  },
  label: (maker) => {
    const { random, values } = maker;
    const id = values.redditId();
    const { label, known } = labelFor(maker, 'pixelId');
    const ids = { must: { [id]: ['label'] }, may: [], value: [id], conflict: false };
    return {
      theme: 'label',
      url: `https://ads.reddit.com/business/${uuid(random)}`,
      blocks: [labelledBlock(random, label, id)],
      ids: { pixelId: known ? ids : relaxed(ids) },
    };
  },
  oldIdBesideLabel: (maker) => {
    const { random, values } = maker;
    const id = values.oldRedditId();
    const { label, known } = labelFor(maker, 'pixelId');
    const ids = { must: { [id]: ['label'] }, may: [], value: [id], conflict: false };
    return {
      theme: 'oldIdBesideLabel',
      url: `https://ads.reddit.com/business/${uuid(random)}`,
      blocks: [labelledBlock(random, label, id)],
      ids: { pixelId: known ? ids : relaxed(ids) },
    };
  },
  snippet: ({ random, values }) => {
    const id = random.chance(0.3) ? values.oldRedditId() : values.redditId();
    return {
      theme: 'snippet',
      url: `https://ads.reddit.com/business/${uuid(random)}`,
      blocks: [
        {
          type: 'snippet',
          text: `<script>!function(w,d){if(!w.rdt){}}(window,document);rdt('init','${id}');rdt('track', 'PageVisit');</script>`,
        },
      ],
      ids: { pixelId: { must: { [id]: ['snippet'] }, may: [], value: [id], conflict: false } },
    };
  },
  tableSelected: (maker) => {
    const { random, values } = maker;
    const all = [values.redditId(), values.redditId(), values.redditId()];
    const selected = random.whole(0, 2);
    const { label, known } = labelFor(maker, 'pixelId');
    const ids = {
      must: Object.fromEntries(all.map((id) => [id, ['table', 'label']])),
      may: [],
      value: [all[selected] ?? null],
      conflict: false,
    };
    return {
      theme: 'tableSelected',
      url: `https://ads.reddit.com/business/${uuid(random)}`,
      blocks: [tableBlock(maker, label, all, selected)],
      ids: { pixelId: known ? ids : relaxed(ids) },
    };
  },
  tableUnselected: (maker) => {
    const { random, values } = maker;
    const all = [values.redditId(), values.redditId()];
    const { label, known } = labelFor(maker, 'pixelId');
    const ids = {
      must: Object.fromEntries(all.map((id) => [id, ['table', 'label']])),
      may: [],
      value: [null],
      conflict: false,
    };
    return {
      theme: 'tableUnselected',
      url: `https://ads.reddit.com/business/${uuid(random)}`,
      blocks: [tableBlock(maker, label, all)],
      ids: { pixelId: known ? ids : relaxed(ids) },
    };
  },
  severalLabelled: (maker) => {
    const { random, values } = maker;
    const all = [values.redditId(), values.redditId()];
    const { label, known } = labelFor(maker, 'pixelId');
    const ids = {
      must: Object.fromEntries(all.map((id) => [id, ['label']])),
      may: [],
      value: [null],
      conflict: false,
    };
    return {
      theme: 'severalLabelled',
      url: `https://ads.reddit.com/business/${uuid(random)}`,
      blocks: all.map((id) => labelledBlock(random, label, id)),
      ids: { pixelId: known ? ids : relaxed(ids) },
    };
  },
  conflict: (maker) => {
    const { random, values } = maker;
    const [inAddress, onPage] = [values.redditId(), values.redditId()];
    const { label, known } = labelFor(maker, 'pixelId');
    const ids: IdExpectation = {
      must: { [inAddress]: ['address'], [onPage]: ['label'] },
      may: [],
      value: [null],
      conflict: true,
    };
    return {
      theme: 'conflict',
      url: `https://ads.reddit.com/account/${inAddress}/events-manager/conversion-tokens`,
      blocks: [labelledBlock(random, label, onPage)],
      ids: { pixelId: known ? ids : relaxed(ids, [inAddress]) },
    };
  },
  none: ({ random }) => ({
    theme: 'none',
    url: `https://ads.reddit.com/${random.pick(['', 'events-manager', `business/${uuid(random)}`, 'x/new-screen'])}`,
    blocks: [],
    ids: { pixelId: none },
  }),
};

const pinterestAddress = (random: Random, advertiser?: string): string => {
  if (advertiser) {
    const screen = random.pick([
      'conversions/setup-api',
      'conversions/setup-api/',
      'conversions/tag',
      'conversions',
    ]);
    return `https://ads.pinterest.com/advertiser/${advertiser}/${screen}`;
  }
  return random.pick([
    'https://ads.pinterest.com/conversions/setup-api/',
    'https://ads.pinterest.com/conversions/tag',
    'https://business.pinterest.com/conversions/',
    'https://business.pinterest.com/',
  ]);
};

/** The tag in one of its ways; the advertiser has ways of its own. */
const tagPlan = (maker: Maker): { theme: string; blocks: Block[]; ids: IdExpectation } => {
  const { random, values } = maker;
  const theme = random.pick([
    'label',
    'label',
    'snippet',
    'pixelAddress',
    'tableSelected',
    'tableUnselected',
    'none',
  ]);
  const id = values.tagId();
  const other = values.tagId();
  const { label, known } = labelFor(maker, 'tagId');
  const one = (reason: string): IdExpectation => ({
    must: { [id]: [reason] },
    may: [],
    value: [id],
    conflict: false,
  });
  switch (theme) {
    case 'label':
      return {
        theme,
        blocks: [labelledBlock(random, label, id)],
        ids: known ? one('label') : relaxed(one('label')),
      };
    case 'snippet':
      return {
        theme,
        blocks: [
          {
            type: 'snippet',
            text: `<script>!function(e){}("https://s.pinimg.com/ct/core.js");pintrk('load', '${id}', {em: '<user_email_address>'});pintrk('page');</script>`,
          },
        ],
        ids: one('snippet'),
      };
    case 'pixelAddress':
      return {
        theme,
        blocks: [
          {
            type: 'snippet',
            text: `<noscript><img height="1" src="https://ct.pinterest.com/v3/?event=init&tid=${id}&noscript=1" /></noscript>`,
          },
        ],
        ids: one('snippet'),
      };
    case 'none':
      return { theme, blocks: [], ids: none };
    default: {
      const all = random.chance(0.5) ? [id, other] : [other, id];
      const selected = theme === 'tableSelected' ? all.indexOf(id) : undefined;
      const ids: IdExpectation = {
        must: Object.fromEntries(all.map((tag) => [tag, ['table', 'label']])),
        may: [],
        value: [selected === undefined ? null : id],
        conflict: false,
      };
      return {
        theme,
        blocks: [tableBlock(maker, label, all, selected)],
        ids: known ? ids : relaxed(ids),
      };
    }
  }
};

const advertiserPlan = (
  maker: Maker,
): { theme: string; url: string; blocks: Block[]; ids: IdExpectation } => {
  const { random, values, words } = maker;
  const theme = random.pick([
    'address',
    'address',
    'switcher',
    'addressAndSwitcher',
    'label',
    'conflict',
    'none',
  ]);
  const id = values.advertiserId();
  const other = values.advertiserId();
  const { label, known } = labelFor(maker, 'advertiserId');
  // Only the English word of the account switcher is known.
  const switcherKnown = words.language === 'en';
  const viewing = {
    en: 'Viewing:',
    de: 'Ansicht:',
    es: 'Viendo:',
    fr: 'Affichage :',
    ja: '表示中:',
    'made-up': 'Ruvva:',
  }[words.language];
  const shop = random.pick(shops);
  const inSwitcher = (account: string): string =>
    random.pick([`${shop} (${account})`, `${shop} · ${account}`]);
  const switcher = (current: string, others: string[]): Block => ({
    type: 'switcher',
    label: viewing,
    value: inSwitcher(current),
    others: others.map(inSwitcher),
  });
  switch (theme) {
    case 'address':
      return {
        theme,
        url: pinterestAddress(random, id),
        blocks: [],
        ids: { must: { [id]: ['address'] }, may: [], value: [id], conflict: false },
      };
    case 'switcher': {
      const ids: IdExpectation = {
        must: { [id]: ['switcher', 'label'] },
        may: [other],
        value: [id],
        conflict: false,
      };
      return {
        theme,
        url: pinterestAddress(random),
        blocks: [switcher(id, random.chance(0.5) ? [other] : [])],
        ids: switcherKnown ? ids : relaxed(ids),
      };
    }
    case 'addressAndSwitcher':
      return {
        theme,
        url: pinterestAddress(random, id),
        blocks: [switcher(id, [other])],
        ids: { must: { [id]: ['address', 'switcher', 'label'] }, may: [other], value: [id], conflict: false },
      };
    case 'label': {
      const ids: IdExpectation = { must: { [id]: ['label'] }, may: [], value: [id], conflict: false };
      return {
        theme,
        url: pinterestAddress(random),
        blocks: [labelledBlock(random, label, id)],
        ids: known ? ids : relaxed(ids),
      };
    }
    case 'conflict': {
      const ids: IdExpectation = {
        must: { [id]: ['address'], [other]: ['switcher', 'label'] },
        may: [],
        value: [null],
        conflict: true,
      };
      return {
        theme,
        url: pinterestAddress(random, id),
        blocks: [switcher(other, [])],
        ids: switcherKnown ? ids : relaxed(ids, [id]),
      };
    }
    default:
      return { theme: 'none', url: pinterestAddress(random), blocks: [], ids: none };
  }
};

const idPlan = (platform: PlatformId, maker: Maker): IdPlan => {
  if (platform === 'reddit') {
    const plan = redditPlans[maker.random.pick(Object.keys(redditPlans))];
    if (!plan) throw new Error('No plan was picked.');
    return plan(maker);
  }
  const tag = tagPlan(maker);
  const advertiser = advertiserPlan(maker);
  return {
    theme: `advertiser ${advertiser.theme}, tag ${tag.theme}`,
    url: advertiser.url,
    blocks: [...advertiser.blocks, ...tag.blocks],
    ids: { advertiserId: advertiser.ids, tagId: tag.ids },
  };
};

/** Numbers and names that look like ids and are none. */
const noiseBlocks = (platform: PlatformId, { random, values, words }: Maker): Block[] => {
  const person = values.oldRedditId();
  const all: Block[] =
    platform === 'reddit'
      ? [
          { type: 'text', text: `u/shop_admin ${person}` },
          { type: 'text', text: `Test ID: ${values.oldRedditId()}` },
          {
            type: 'table',
            columns: ['Campaign', 'Campaign ID', 'Spend'],
            rows: [['Autumn', wholeNumber(random, 1e17, 9e17), '12.50']],
          },
          { type: 'text', text: `t3_${person.slice(3)} · ${wholeNumber(random, 1.7e12, 1.8e12)}` },
        ]
      : [
          {
            type: 'table',
            columns: ['Campaign', 'Campaign ID', 'Spend'],
            rows: [
              ['Autumn', wholeNumber(random, 626_735_565_000, 626_799_999_999), '12.50'],
              ['Winter', wholeNumber(random, 626_735_565_000, 626_799_999_999), '8.10'],
            ],
          },
          { type: 'text', text: `Ad group ID: ${wholeNumber(random, 2_680_059_592_704, 2_690_000_000_000)}` },
          { type: 'text', text: `Ad ID ${wholeNumber(random, 687_194_767_360, 687_999_999_999)}` },
          { type: 'text', text: `Updated ${wholeNumber(random, 1.7e12, 1.8e12)}` },
          { type: 'text', text: `Audience ${wholeNumber(random, 2_542_000_000_000, 2_542_999_999_999)}` },
          { type: 'text', text: `@shop_admin ${wholeNumber(random, 5e17, 6e17)}` },
        ];
  return [
    ...random.some(all, random.whole(0, 3)),
    ...(random.chance(0.3) ? [{ type: 'text' as const, text: words.intro }] : []),
  ];
};

const litterOf = (platform: PlatformId, { random, values }: Maker): Case['litter'] =>
  random
    .some<Lair>(lairs, random.pick([0, 1, 2, 4]))
    .filter((lair) => lair !== 'history')
    .map((lair) => ({ lair, value: values.session(platform) }));

const isIn = (list: readonly string[], item: string): boolean => list.includes(item);

/** Fields whose text cannot be indented or shrunk by what is around them. */
const isControl = (form: Form): boolean =>
  isIn(['input', 'area', 'password', 'disabledInput', 'searchInput'], form);

/** Holders that any hiding can be put into without undoing it. */
const quietHolders: readonly Holder[] = ['inline', 'inline', 'tableCell', 'shadow3', 'slotted', 'frame'];

const hidingFor = (random: Random, form: Form, revealable: boolean): Hiding =>
  random.pick(
    hidings.filter(
      (hiding) =>
        !((isControl(form) || form === 'svg') && (hiding === 'textIndent' || hiding === 'fontSizeZero')) &&
        !(revealable && (hiding === 'hiddenFrame' || hiding === 'hiddenHost')),
    ),
  );

const anyForm = (random: Random): Form =>
  random.chance(0.5) ? random.pick(libraryForms) : random.pick(builtForms);

const anyHolder = (random: Random): Holder =>
  random.chance(0.6) ? random.pick(libraryHolders) : random.pick(builtHolders);

/** A value that a person gets to see. */
const shownSubject = (random: Random, value: string): Subject => {
  let form = anyForm(random);
  const arrival = random.pick(arrivals);
  const holder = arrival === 'reveal' ? random.pick(quietHolders) : anyHolder(random);
  // A value that grows beside a label in its own alphabet could look whole before it is.
  if (arrival === 'chunks' && form.startsWith('glued')) form = 'text';
  // Its Show button is pressed after it came, so it cannot also be gone by then.
  if (form === 'password' && arrival !== 'load' && arrival !== 'late') form = 'input';
  const lowContrast =
    isIn(['text', 'code', 'spans'], form) && isIn(['load', 'late'], arrival) && random.chance(0.3);
  return {
    value,
    form,
    holder,
    arrival,
    // Nobody makes a token in the first second. Ids that a dialog hides are known from before it opened.
    delay: random.chance(0.05) ? 3_000 : random.whole(1_000, 1_500),
    ...(arrival === 'reveal' && { hiding: hidingFor(random, form, true) }),
    hidingLevel: isControl(form) ? random.whole(1, 3) : random.whole(0, 3),
    lowContrast,
  };
};

const hiddenSubject = (random: Random, value: string): Subject => {
  let form = anyForm(random);
  if (form === 'password') form = 'text';
  return {
    value,
    form,
    holder: random.pick(quietHolders),
    arrival: random.pick(['load', 'late', 'redraw'] as const),
    delay: random.whole(50, 300),
    hiding: hidingFor(random, form, false),
    hidingLevel: isControl(form) ? random.whole(1, 3) : random.whole(0, 3),
    lowContrast: false,
  };
};

/** Libraries hide what is behind their dialogs from those who cannot see, so nothing there need be read. */
const coversThePage = ({ holder, arrival }: Subject): boolean =>
  isIn(['dialog', 'popover'], holder) && isIn(['load', 'inPlace', 'chunks'], arrival);

const gestureFor = (random: Random, subjects: readonly Subject[]): Gesture =>
  subjects.some(
    ({ arrival, holder, form }) =>
      arrival === 'load' || coversThePage({ arrival, holder } as Subject) || form === 'password',
  )
    ? 'none'
    : random.pick(['none', 'click', 'click', 'key', 'synthetic']);

/** The whole page, without what makes it positive or negative. */
const page = (seed: number, polarity: Case['polarity'], now: number) => {
  const random = randomOf(seed);
  const platform = platformIds[seed % 2] ?? 'reddit';
  const library = libraries[(seed >> 2) % libraries.length] ?? 'plain';
  const words = wordsOf(platform, random.chance(0.5) ? 'en' : random.pick(languages), random);
  const maker: Maker = { random, values: valuesOf(random, now), words };
  const plan = idPlan(platform, maker);
  const top: Block[] = [
    { type: 'heading', text: words.section },
    { type: 'button', text: words.generate },
  ];
  const base = {
    seed,
    polarity,
    platform,
    library,
    url: plan.url,
    words,
    root: random.pick(['document', 'document', 'document', 'document', 'shadow', 'frame'] as const),
    busy: random.chance(0.2),
    litter: litterOf(platform, maker),
  };
  return { random, maker, plan, top, base };
};

const positive = (seed: number, now: number): Case => {
  const { random, maker, plan, top, base } = page(seed, 'positive', now);
  const { values } = maker;
  const first = shownSubject(random, values.token(base.platform));
  const subjects = [first];
  let { root } = base;
  if (first.arrival === 'route') root = 'document';
  const late = random.chance(0.2) && !isIn(['dialog', 'popover'], first.holder);
  const covered = coversThePage(first);
  let theme = plan.theme;
  // Behind a dialog that is there from the start, a second token would be hidden from the start.
  if (random.chance(0.08) && !covered) {
    theme = 'twoTokens';
    subjects.push({
      ...first,
      value: values.token(base.platform),
      form: random.pick(['text', 'code', 'input', 'area'] as const),
      holder: 'inline',
      arrival: random.pick(['load', 'late'] as const),
      delay: random.whole(0, 100),
      hidingLevel: 0,
      lowContrast: false,
    });
    delete subjects[1]?.hiding;
  }
  const gesture = gestureFor(random, subjects);
  const from = base.platform === 'reddit' ? 'https://ads.reddit.com/' : `${new URL(plan.url).origin}/`;
  const noise = noiseBlocks(base.platform, maker);
  const mayMove = theme === 'addressOnly' || (plan.url.includes('/advertiser/') && theme !== 'twoTokens');
  const moves = mayMove && root === 'document' && first.arrival !== 'route' && random.chance(0.25);
  const subjectBlocks: Block[] = subjects.map((_, subject) => ({ type: 'subject', subject }));
  const blocks = [...top, ...noise, ...(late ? [] : plan.blocks), ...subjectBlocks];
  const moved = moves
    ? movedAway(base.platform, maker, plan, [...top, ...(random.chance(0.5) ? subjectBlocks : [])])
    : undefined;
  return {
    ...base,
    theme: moved ? 'accountMove' : theme,
    root,
    blocks,
    lateBlocks: { delay: late ? random.whole(300, 900) : 0, blocks: late ? plan.blocks : [] },
    subjects,
    gesture,
    ...(first.arrival === 'route' && { from }),
    ...(moved && { moveTo: moved }),
    expect: {
      tokens: subjects.map(({ value }) => value),
      ...(subjects.length === 1 &&
        first.form !== 'password' && {
          provenance: gesture === 'click' || gesture === 'key' ? ('gesture' as const) : ('present' as const),
        }),
      warnings: first.lowContrast ? ['lowContrast'] : [],
      ids: Object.fromEntries(
        Object.entries(plan.ids).map(([kind, ids]) => [
          kind,
          covered ? relaxed(ids, inAddress(plan.url, ids)) : ids,
        ]),
      ),
    },
  };
};

/** The ids that the address alone gives. */
const inAddress = (url: string, { must }: IdExpectation): string[] =>
  Object.keys(must).filter((id) => url.includes(id.replace(/^a2_/, '')));

const movedAway = (
  platform: PlatformId,
  { random, values }: Maker,
  { url }: IdPlan,
  blocks: Block[],
): NonNullable<Case['moveTo']> => {
  const other = platform === 'reddit' ? values.redditId() : values.advertiserId();
  const label = platform === 'reddit' ? 'Pixel ID' : 'Advertiser ID';
  return {
    url: url.replace(/(account|advertiser)\/[^/]+/, `$1/${other}`),
    blocks: [...blocks, ...(random.chance(0.5) ? [labelledBlock(random, label, other)] : [])],
  };
};

const foreignHosts: Record<PlatformId, readonly string[]> = {
  reddit: [
    'ads.reddit.com.',
    'ads.reddit.com:9999',
    'ads.reddit.com:8443',
    'x.ads.reddit.com',
    'www.reddit.com',
    'business.reddit.com',
    'ads.reddit.com.example',
    'ads-reddit-com.example',
  ],
  pinterest: [
    'ads.pinterest.com.',
    'ads.pinterest.com:9999',
    'business.pinterest.com:8443',
    'business.pinterest.com.',
    'x.ads.pinterest.com',
    'www.pinterest.com',
    'ads.pinterest.com.example',
    'ads-pinterest-com.example',
  ],
};

/** Hosts that the sandbox must play besides its own. Without port; `.example` is played anyway. */
export const furtherHosts: readonly string[] = [
  ...new Set(
    Object.values(foreignHosts)
      .flat()
      .map((host) => host.replace(/:\d+$/, ''))
      .filter((host) => !host.endsWith('.example')),
  ),
  'ads.reddit.com.example',
];

const negative = (seed: number, now: number): Case => {
  const { random, maker, plan, top, base } = page(seed, 'negative', now);
  const { values } = maker;
  const { platform } = base;
  const other: PlatformId = platform === 'reddit' ? 'pinterest' : 'reddit';
  const token = values.token(platform);
  const noise = noiseBlocks(platform, maker);
  const made = (theme: string, subjects: Subject[], rest: Partial<Case> = {}): Case => ({
    ...base,
    theme,
    root: subjects.some(({ arrival }) => arrival === 'route') ? 'document' : base.root,
    blocks: [
      ...top,
      ...noise,
      ...plan.blocks,
      ...subjects.map((_, subject): Block => ({ type: 'subject', subject })),
    ],
    lateBlocks: { delay: 0, blocks: [] },
    subjects,
    gesture: gestureFor(random, subjects),
    control: values.token(platform),
    ...(subjects.some(({ arrival }) => arrival === 'route') && { from: `${new URL(plan.url).origin}/` }),
    expect: { tokens: [], warnings: [], ids: {} },
    ...rest,
  });
  /** Wrong values stand where a right one would be taken. */
  const shown = (value: string): Subject => {
    const subject = shownSubject(random, value);
    const form = subject.form.startsWith('glued') ? 'text' : subject.form;
    return { ...subject, form, delay: Math.min(subject.delay, 300), lowContrast: false };
  };
  const family = random.next();
  if (family < 0.32) {
    const { kind, value } = lureOf(platform, random, now, token);
    return made(`wrong: ${kind}`, [shown(value)]);
  }
  if (family < 0.66) {
    const subject = hiddenSubject(random, token);
    return made(`hidden: ${subject.hiding}`, [subject]);
  }
  if (family < 0.8) {
    const lair = random.pick(lairs);
    return made(`lair: ${lair}`, [], {
      root: lair === 'history' ? 'document' : base.root,
      litter: [...base.litter.filter((item) => item.lair !== lair), { lair, value: token }],
      expect: { tokens: [], warnings: [], ids: {} },
    });
  }
  if (family < 0.86) {
    const kind = random.pick(['foreignFrame', 'otherConsoleFrame', 'sandboxedFrame']);
    const frame = {
      foreignFrame: { url: 'https://frames.example/embedded', value: token },
      otherConsoleFrame: {
        url: platform === 'reddit' ? 'https://ads.pinterest.com/conversions/tag' : 'https://ads.reddit.com/',
        value: values.token(other),
      },
      sandboxedFrame: { url: `${new URL(plan.url).origin}/embedded`, sandbox: 'allow-scripts', value: token },
    }[kind];
    return made(`frame: ${kind}`, [], { root: 'document', ...(frame && { frame }) });
  }
  if (family < 0.89) {
    return made('framed by a stranger', [plainSubject(token)], {
      root: 'document',
      framedBy: 'https://frames.example/outer',
      gesture: 'none',
    });
  }
  if (family < 0.94) {
    const host = random.pick(foreignHosts[platform]);
    const address = new URL(plan.url);
    return made(`host: ${host}`, [plainSubject(token)], {
      root: 'document',
      url: `https://${host}${address.pathname}`,
      gesture: 'none',
    });
  }
  if (family < 0.97) {
    const kind = random.pick(strangers);
    return made(`stranger: ${kind}`, [], { root: 'document', stranger: { kind, value: token } });
  }
  return made("another platform's token", [shown(values.token(other))]);
};

const plainSubject = (value: string): Subject => ({
  value,
  form: 'text',
  holder: 'inline',
  arrival: 'load',
  delay: 0,
  hidingLevel: 0,
  lowContrast: false,
});

/**
 * The case of a seed: always the same but for the times of issue, which follow `now`. Seeds run through the
 * platforms, then positive and negative, then the libraries, so any 40 seeds in a row are balanced.
 */
export const caseOf = (seed: number, now: number): Case =>
  (seed >> 1) % 2 === 0 ? positive(seed, now) : negative(seed, now);
