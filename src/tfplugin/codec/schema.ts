import type { IdentitySchema } from '../../lifecycle/resource.ts';
import type { FunctionSignature } from '../../provider/provider.ts';
import type { AnyAttribute, Attributes, Nesting } from '../../schema/attribute.ts';
import type { Block, Schema } from '../../schema/schema.ts';
import {
  type Function_Parameter,
  type FunctionMessage,
  type ResourceIdentitySchema,
  type Schema_Attribute,
  type Schema_Block,
  type Schema_NestedBlock,
  Schema_NestedBlock_NestingMode,
  Schema_Object_NestingMode,
  type Schema as SchemaMessage,
  StringKind,
} from '../generated/tfplugin6.ts';
import { typeToJson } from './type-json.ts';

const nestingModes = {
  single: Schema_Object_NestingMode.SINGLE,
  list: Schema_Object_NestingMode.LIST,
  set: Schema_Object_NestingMode.SET,
  map: Schema_Object_NestingMode.MAP,
} satisfies Record<Nesting, unknown>;

const blockNestingModes = {
  single: Schema_NestedBlock_NestingMode.SINGLE,
  list: Schema_NestedBlock_NestingMode.LIST,
  set: Schema_NestedBlock_NestingMode.SET,
} satisfies Record<Block['nesting'], unknown>;

export function toSchema(schema: Schema): SchemaMessage {
  const version = schema.version ?? 0;
  return { version, block: { ...toBlock(schema), version } };
}

export function toIdentitySchema({ version, attributes }: IdentitySchema): ResourceIdentitySchema {
  const identityAttributes = Object.entries(attributes).map(([name, { type, options }]) => ({
    name,
    type: Buffer.from(typeToJson(type)),
    requiredForImport: 'required' in options,
    optionalForImport: !('required' in options),
    description: options.description,
  }));
  return { version, identityAttributes };
}

export function toFunction(signature: FunctionSignature): FunctionMessage {
  return {
    parameters: signature.parameters.map(toParameter),
    variadicParameter: signature.variadic === undefined ? undefined : toParameter(signature.variadic),
    return: { type: Buffer.from(typeToJson(signature.returns)) },
    summary: signature.summary,
    description: signature.description,
    descriptionKind: StringKind.MARKDOWN,
    deprecationMessage: '',
  };
}

function toParameter(parameter: FunctionSignature['parameters'][number]): Function_Parameter {
  return {
    name: parameter.name,
    type: Buffer.from(typeToJson(parameter.type)),
    allowNullValue: parameter.allowNull ?? false,
    allowUnknownValues: parameter.allowUnknown ?? false,
    description: parameter.description,
    descriptionKind: StringKind.MARKDOWN,
  };
}

function toBlock(schema: Pick<Schema, 'description' | 'attributes' | 'blocks' | 'deprecated'>): Schema_Block {
  return {
    version: 0,
    attributes: toAttributes(schema.attributes),
    blockTypes: Object.entries(schema.blocks ?? {}).map(toNestedBlock),
    ...described(schema.description, schema.deprecated),
  };
}

function toNestedBlock([typeName, block]: [string, Block]): Schema_NestedBlock {
  return {
    typeName,
    block: toBlock(block),
    nesting: blockNestingModes[block.nesting],
    minItems: block.minItems ?? 0,
    maxItems: block.maxItems ?? 0,
  };
}

function toAttributes(attributes: Attributes): Schema_Attribute[] {
  return Object.entries(attributes).map(([name, attribute]) => toAttribute(name, attribute));
}

function toAttribute(name: string, { type, nested, options }: AnyAttribute): Schema_Attribute {
  return {
    name,
    // Exactly one of type and nestedType says what it is.
    ...(nested === undefined
      ? { type: Buffer.from(typeToJson(type)) }
      : {
          nestedType: {
            attributes: toAttributes(nested.attributes),
            nesting: nestingModes[nested.nesting],
          },
        }),
    required: 'required' in options,
    optional: 'optional' in options,
    // Where the user gives nothing, the provider fills in the default: that is what "computed" means there.
    computed: 'computed' in options || 'default' in options,
    sensitive: options.sensitive ?? false,
    writeOnly: 'writeOnly' in options && options.writeOnly === true,
    ...described(options.description, options.deprecated),
  };
}

/** The protocol of Terraform 1.14 knows *that* something is deprecated, so what to use instead stands in the text. */
function described(description: string, deprecated: string | undefined) {
  return {
    description: deprecated === undefined ? description : `${description}\n\n**Deprecated:** ${deprecated}`,
    descriptionKind: StringKind.MARKDOWN,
    deprecated: deprecated !== undefined,
  };
}
