import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { type Call, parseJson, type Reply } from './exchange';

/**
 * `lib/upstack/openapi.yaml` as judge of both sides: of what a client sends, and of what our own Upstack answers.
 * Answers are held to more than the file says: they may hold nothing that it does not name.
 */

type Schema = Record<string, unknown>;
interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}
interface Operation {
  operationId: string;
  parameters?: (Parameter | Reference)[];
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, Response | Reference>;
}
interface Response {
  headers?: Record<string, unknown>;
  content?: Record<string, { schema: Schema }>;
}
interface Reference {
  $ref: string;
}

export interface Fault {
  /** JSON pointer into the body, or `header:…`, `query:…`, `path:…`. */
  pointer: string;
  code: string;
  /** Never holds the refused value. */
  detail: string;
}

export interface Route {
  operationId: string;
  params: Record<string, string>;
}

interface RequestVerdict {
  faults: Fault[];
  /** The decoded body. */
  body: unknown;
  query: Record<string, string | number>;
}

export interface Contract {
  routeOf(method: string, path: string): Route | undefined;
  /** Methods that the path has, for `Allow`. */
  methodsOf(path: string): string[];
  checkRequest(route: Route, call: Call): RequestVerdict;
  /** A whole `config` after a patch, by the schema of its type. */
  checkConfig(type: 'reddit' | 'pinterest', config: unknown): Fault[];
  takesIdempotencyKey(route: Route): boolean;
  /** Sentences; empty when the answer keeps to the contract. */
  checkReply(route: Route, reply: Reply): string[];
}

const contractFile = new URL('../../lib/upstack/openapi.yaml', import.meta.url);
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Every object that lists its properties admits no others. */
const sealed = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(sealed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, sealed(value)]));
  return copy.type === 'object' && copy.properties ? { additionalProperties: false, ...copy } : copy;
};

const mediaType = (value: string | string[] | undefined): string =>
  String(value ?? '')
    .split(';')[0]
    ?.trim()
    .toLowerCase() ?? '';

const loadContract = (): Contract => {
  const text = readFileSync(contractFile, 'utf8');
  const document = parse(text) as {
    paths: Record<string, Record<string, unknown> & { parameters?: (Parameter | Reference)[] }>;
    components: Record<string, Record<string, unknown>>;
  };

  const resolve = <T>(value: T | Reference): T => {
    const reference = (value as Reference).$ref;
    if (reference === undefined) return value as T;
    const [section = '', name = ''] = reference.replace('#/components/', '').split('/');
    return document.components[section]?.[name] as T;
  };

  /** Schemas of the file under `$defs` of one root each for requests and answers. */
  const within = (root: string, schema: unknown): Schema =>
    JSON.parse(JSON.stringify(schema).replaceAll('"#/components/schemas/', `"${root}#/$defs/`)) as Schema;
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false });
  (addFormats as unknown as typeof addFormats.default)(ajv);
  const schemas = document.components.schemas;
  ajv.addSchema({ $id: 'request', $defs: within('request', schemas) });
  ajv.addSchema({ $id: 'reply', $defs: within('reply', sealed(schemas)) });

  const compiled = new Map<string, ValidateFunction>();
  const validator = (root: 'request' | 'reply', schema: Schema): ValidateFunction => {
    const key = root + JSON.stringify(schema);
    const validate = compiled.get(key) ?? ajv.compile(within(root, schema));
    compiled.set(key, validate);
    return validate;
  };

  const routes = Object.entries(document.paths).map(([template, item]) => {
    const names = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
    const pattern = new RegExp(`^${template.replace(/\{\w+\}/g, '([^/]+)')}$`);
    const operations = new Map<string, Operation>();
    for (const method of METHODS) {
      const operation = item[method] as Operation | undefined;
      if (operation)
        operations.set(method.toUpperCase(), {
          ...operation,
          parameters: [...(item.parameters ?? []), ...(operation.parameters ?? [])],
        });
    }
    return { names, pattern, operations };
  });
  const operationsById = new Map(
    routes.flatMap((route) =>
      [...route.operations.values()].map((operation) => [operation.operationId, operation] as const),
    ),
  );
  const operationOf = (route: Route): Operation => {
    const operation = operationsById.get(route.operationId);
    if (!operation) throw new Error(`The contract has no ${route.operationId}.`);
    return operation;
  };

  const faultsOf = (errors: readonly ErrorObject[] | null | undefined): Fault[] =>
    (errors ?? []).map((error) => {
      const extra = error.params.additionalProperty ?? error.params.missingProperty;
      return {
        pointer: error.instancePath + (typeof extra === 'string' ? `/${extra}` : ''),
        code: error.keyword,
        detail: error.message ?? error.keyword,
      };
    });

  /** Of a body that may be one of several kinds, only what is wrong with the kind that it says it is. */
  const bodyFaults = (schema: Schema, body: unknown): Fault[] => {
    const validate = validator('request', schema);
    if (validate(body)) return [];
    const errors = validate.errors;
    const branches = resolve<Schema>(schema as Schema | Reference).oneOf as
      | { properties?: { type?: { const?: unknown } } }[]
      | undefined;
    const type = (body as { type?: unknown } | null)?.type;
    const branch = branches?.find((one) => one.properties?.type?.const === type);
    if (branches && !branch) return [{ pointer: '/type', code: 'enum', detail: 'is not a known type' }];
    if (!branch) return faultsOf(errors);
    const narrow = validator('request', branch as Schema);
    narrow(body);
    return faultsOf(narrow.errors);
  };

  return {
    routeOf(method, path) {
      for (const route of routes) {
        const match = route.pattern.exec(path);
        const operation = match && route.operations.get(method);
        if (operation)
          return {
            operationId: operation.operationId,
            params: Object.fromEntries(
              route.names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')]),
            ),
          };
      }
      return undefined;
    },

    methodsOf: (path) =>
      routes.filter((route) => route.pattern.test(path)).flatMap((route) => [...route.operations.keys()]),

    checkRequest(route, call) {
      const operation = operationOf(route);
      const faults: Fault[] = [];
      const query: Record<string, string | number> = {};
      const known = new Set<string>();
      for (const reference of operation.parameters ?? []) {
        const parameter = resolve<Parameter>(reference);
        const raw =
          parameter.in === 'path'
            ? route.params[parameter.name]
            : parameter.in === 'query'
              ? (call.query.get(parameter.name) ?? undefined)
              : call.headers[parameter.name.toLowerCase()];
        const pointer = `${parameter.in}:${parameter.name}`;
        if (parameter.in === 'query') known.add(parameter.name);
        if (raw === undefined) {
          if (parameter.required) faults.push({ pointer, code: 'required', detail: 'is missing' });
          else if (parameter.in === 'query' && parameter.schema.default !== undefined)
            query[parameter.name] = parameter.schema.default as number;
          continue;
        }
        const value = parameter.schema.type === 'integer' && /^-?\d+$/.test(raw) ? Number(raw) : raw;
        const validate = validator('request', parameter.schema);
        if (!validate(value))
          faults.push(...faultsOf(validate.errors).map((fault) => ({ ...fault, pointer })));
        else if (parameter.in === 'query') query[parameter.name] = value;
      }
      for (const name of new Set(call.query.keys()))
        if (!known.has(name))
          faults.push({ pointer: `query:${name}`, code: 'unknown', detail: 'is not a known parameter' });

      if (!operation.requestBody) {
        if (call.body !== '') faults.push({ pointer: '', code: 'unexpected', detail: 'takes no body' });
        return { faults, body: undefined, query };
      }
      const type = mediaType(call.headers['content-type']);
      const content = operation.requestBody.content[type];
      if (!content) {
        const wanted = Object.keys(operation.requestBody.content).join(', ');
        faults.push({ pointer: 'header:Content-Type', code: 'enum', detail: `must be ${wanted}` });
        return { faults, body: undefined, query };
      }
      const body = parseJson(call.body);
      if (body === undefined) faults.push({ pointer: '', code: 'json', detail: 'is not JSON' });
      else faults.push(...bodyFaults(content.schema, body));
      return { faults, body, query };
    },

    checkConfig(type, config) {
      const name = type === 'reddit' ? 'RedditConfig' : 'PinterestConfig';
      const validate = validator('request', { $ref: `#/components/schemas/${name}` });
      validate(config);
      return faultsOf(validate.errors).map((fault) => ({ ...fault, pointer: `/config${fault.pointer}` }));
    },

    takesIdempotencyKey: (route) =>
      (operationOf(route).parameters ?? []).some(
        (reference) => resolve<Parameter>(reference).name === 'Idempotency-Key',
      ),

    checkReply(route, reply) {
      const operation = operationOf(route);
      const listed = operation.responses[String(reply.status)];
      const reference = listed ?? (reply.status >= 400 ? operation.responses.default : undefined);
      if (!reference) return [`${route.operationId} has no answer ${reply.status}.`];
      const response = resolve<Response>(reference);
      const sentences: string[] = [];
      const headers = Object.keys(reply.headers ?? {}).map((name) => name.toLowerCase());
      for (const name of Object.keys(response.headers ?? {}))
        if (!headers.includes(name.toLowerCase()))
          sentences.push(`${route.operationId} ${reply.status} lacks the header ${name}.`);
      if (!response.content) {
        if (reply.body) sentences.push(`${route.operationId} ${reply.status} has a body.`);
        return sentences;
      }
      const type = mediaType(reply.headers?.['content-type']);
      const content = response.content[type];
      if (!content) return [...sentences, `${route.operationId} ${reply.status} is ${type || 'untyped'}.`];
      const validate = validator('reply', content.schema);
      if (!validate(parseJson(String(reply.body))))
        for (const fault of faultsOf(validate.errors))
          sentences.push(`${route.operationId} ${reply.status} ${fault.pointer || '/'}: ${fault.detail}.`);
      return sentences;
    },
  };
};

let loaded: Contract | undefined;

/** Read and compiled once, since it knows nothing of a single sandbox. */
export const contract = (): Contract => {
  loaded ??= loadContract();
  return loaded;
};
