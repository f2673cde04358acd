import { Problem } from '../errors.ts';
import type { Diagnostic, Provider } from '../provider/provider.ts';
import { impliedObject } from '../schema/attribute.ts';
import { impliedType, type Schema } from '../schema/schema.ts';
import type { Type } from '../schema/type.ts';
import type { ObjectValue } from '../schema/value.ts';
import type { Scrubber } from '../scrubber.ts';
import { type Scrub, toDiagnostics } from './codec/diagnostics.ts';
import { configFrom, objectFrom, toDynamicObject, toDynamicValue } from './codec/dynamic-value.ts';
import type {
  Diagnostic as DiagnosticMessage,
  DynamicValue,
  ResourceIdentityData,
} from './generated/tfplugin6.ts';
import { sensitiveStrings } from './log/sensitive.ts';

/** How objects of one schema are read and written. Whatever sensitive passes is registered with the scrubber. */
export class SchemaCodec {
  readonly type: Type;
  readonly #identity: Type | undefined;
  readonly #register: (value: unknown) => void;
  readonly #scrub: Scrub;

  constructor(schema: Schema, identity: Type | undefined, scrubber: Scrubber) {
    this.type = impliedType(schema);
    this.#identity = identity;
    this.#scrub = scrubber.scrub;
    const visit = sensitiveStrings(schema);
    this.#register = (value) => visit?.(value, (text) => scrubber.registerText(text));
  }

  config(message: DynamicValue | undefined): ObjectValue {
    const config = configFrom(message, this.type);
    this.#register(config);
    return config;
  }

  object(message: DynamicValue | undefined): ObjectValue | null {
    const object = objectFrom(message, this.type);
    this.#register(object);
    return object;
  }

  identity(message: ResourceIdentityData | undefined): { readonly identity?: ObjectValue } {
    if (this.#identity === undefined || message?.identityData === undefined) return {};
    const identity = objectFrom(message.identityData, this.#identity);
    return identity === null ? {} : { identity };
  }

  toDynamicValue(object: ObjectValue | null): DynamicValue {
    this.#register(object);
    return toDynamicObject(object, this.type);
  }

  toIdentity(identity: ObjectValue | null | undefined): ResourceIdentityData | undefined {
    if (this.#identity === undefined || identity === undefined || identity === null) return undefined;
    return { identityData: toDynamicValue(identity, this.#identity) };
  }

  toDiagnostics(diagnostics: readonly Diagnostic[]): DiagnosticMessage[] {
    return toDiagnostics(diagnostics, this.type, this.#scrub);
  }
}

type Kind = 'resources' | 'dataSources' | 'ephemeralResources' | 'actions' | 'listResources';

const kindNames: Record<Kind, string> = {
  resources: 'resource type',
  dataSources: 'data source',
  ephemeralResources: 'ephemeral resource type',
  actions: 'action',
  listResources: 'list resource type',
};

/** The shapes of one provider, made when first used: a launch uses few of them. */
export class SchemaCodecs {
  readonly #provider: Provider;
  readonly #scrubber: Scrubber;
  readonly #made = new Map<string, SchemaCodec>();

  constructor(provider: Provider, scrubber: Scrubber) {
    this.#provider = provider;
    this.#scrubber = scrubber;
  }

  provider(): SchemaCodec {
    return this.#codec('provider', this.#provider.schemas.provider, undefined);
  }

  /** The shape of one noun. Throws when there is none of that name. */
  of(kind: Kind, name: string): SchemaCodec {
    const schemas = this.#provider.schemas[kind];
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    if (schema === undefined)
      throw new Problem({
        code: 'not_found',
        summary: `Unknown ${kindNames[kind]}`,
        detail: `This provider has no ${kindNames[kind]} named ${JSON.stringify(name)}. Is another version of it installed than the configuration asks for?`,
      });
    return this.#codec(`${kind} ${name}`, schema, kind === 'resources' ? this.#identityOf(name) : undefined);
  }

  #identityOf(name: string): Type | undefined {
    const { identities } = this.#provider.schemas;
    const identity = Object.hasOwn(identities, name) ? identities[name] : undefined;
    return identity && impliedObject(identity.attributes);
  }

  #codec(key: string, schema: Schema, identity: Type | undefined): SchemaCodec {
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const codec = new SchemaCodec(schema, identity, this.#scrubber);
    this.#made.set(key, codec);
    return codec;
  }
}
