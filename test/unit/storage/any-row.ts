import { rowSchemas } from '../../../lib/storage/schemas';
import type { StoreName } from '../../../lib/storage/signal';

/** The parts of a `zod/mini` schema that rows are made of. */
interface Definition {
  type: string;
  shape: Record<string, Schema>;
  innerType: Schema;
  element: Schema;
  valueType: Schema;
  options: readonly Schema[];
  entries: Record<string, unknown>;
  values: readonly unknown[];
}
interface Schema {
  _zod: { def: unknown };
}

/** A value that a schema takes, with every optional member there and one item in each list. */
const sampleOf = (schema: Schema): unknown => {
  const definition = schema._zod.def as Definition;
  switch (definition.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(definition.shape).map(([name, member]) => [name, sampleOf(member)]),
      );
    case 'optional':
      return sampleOf(definition.innerType);
    case 'array':
      return [sampleOf(definition.element)];
    case 'record':
      return { member: sampleOf(definition.valueType) };
    case 'union':
      return definition.options[0] && sampleOf(definition.options[0]);
    case 'enum':
      return Object.values(definition.entries)[0];
    case 'literal':
      return definition.values[0];
    case 'string':
      return 'text';
    case 'number':
      return 7;
    case 'boolean':
      return true;
    case 'unknown':
      return { any: 'thing' };
    default:
      throw new Error(`No value is known for ${definition.type}.`);
  }
};

export const stores = Object.keys(rowSchemas) as StoreName[];

/** What a row is found by. */
const keyOf: Readonly<Partial<Record<StoreName, string>>> = {
  destinations: 'key',
  accountChoices: 'key',
  pages: 'tabId',
  dashboards: 'tabId',
  guides: 'platform',
};
export const keyNameOf = (store: StoreName): string =>
  keyOf[store] ?? (store === 'quarantine' ? 'key' : 'id');

/** Of these there is one row, whose key the schema names. */
export const isSingle = (store: StoreName): boolean => store === 'settings' || store === 'alerts';

export type AnyRow = Record<string, unknown>;

/** A whole row of a store, made from its schema, so that no kind of row can be forgotten. `n` tells them apart. */
export const anyRow = (store: StoreName, n: number): AnyRow => {
  const row = sampleOf(rowSchemas[store]) as AnyRow;
  if (isSingle(store)) return row;
  const isNumber = store === 'pages' || store === 'dashboards';
  return { ...row, [keyNameOf(store)]: isNumber ? n : `key ${n}` };
};

/** What a disk, another version or a bug of ours may leave in the place of a value. */
const GARBAGE: readonly unknown[] = [
  null,
  [],
  {},
  'garbage',
  '',
  -1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  true,
  new Date(0),
  new Uint8Array(3),
  'x'.repeat(100_000),
  10n,
];

type Path = readonly (string | number)[];

const pathsOf = (value: unknown, path: Path = []): Path[] => {
  if (typeof value !== 'object' || value === null) return [path];
  const members = Object.entries(value).flatMap(([name, member]) => pathsOf(member, [...path, name]));
  return path.length === 0 ? members : [path, ...members];
};

const put = (
  target: AnyRow,
  [name = '', ...rest]: Path,
  change: (parent: AnyRow, name: string) => void,
): void => (rest.length === 0 ? change(target, String(name)) : put(target[name] as AnyRow, rest, change));

export interface Damage {
  /** What was done to the row, and where. */
  what: string;
  row: AnyRow;
}

/** Every kind of damage at every place of a row but its key, without which a browser could not store it. */
export const damagesOf = (store: StoreName, row: AnyRow): Damage[] => {
  const inPlaces = pathsOf(row)
    .filter(([first, ...rest]) => rest.length > 0 || first !== keyNameOf(store))
    .flatMap((path): Damage[] => {
      const at = path.join('.');
      const damaged = (what: string, change: (parent: AnyRow, name: string) => void): Damage => {
        const copy = structuredClone(row);
        put(copy, path, change);
        return { what: `${at} ${what}`, row: copy };
      };
      return [
        damaged('missing', (parent, name) => delete parent[name]),
        ...GARBAGE.map((garbage, n) =>
          damaged(`garbage ${n}`, (parent, name) => {
            parent[name] = garbage;
          }),
        ),
      ];
    });
  const key = keyNameOf(store);
  const bare = { [key]: row[key], ...(store === 'quarantine' ? { store: row.store, at: row.at } : {}) };
  return [
    { what: 'of a newer version', row: { ...row, v: 2 } },
    { what: 'of no version', row: { ...row, v: undefined } },
    { what: 'emptied', row: bare },
    { what: 'of another kind', row: { ...bare, v: 1, nonsense: { deep: [1, 2, 3] } } },
    ...inPlaces,
  ];
};
