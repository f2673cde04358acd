// What Terraform or OpenTofu manages, from whatever says so: the state file itself, the same pulled from a backend, or
// what `show -json` prints of it. One reader for every command.

import { engineCommand } from '../../engine-command.ts';
import { Problem } from '../../errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../canonical.ts';
import { KINDS, kindOf, parseDocument } from './document.ts';

/** One managed object as a state has it. */
export interface StateResource {
  /** With modules and keys: `module.a["x"].browserstack_team.t[0]`. */
  readonly address: string;
  readonly type: string;
  /** The provider configuration it belongs to, e.g. `browserstack.emea`; `undefined` where the state does not say. */
  readonly provider: string | undefined;
  readonly values: JsonObject;
}

/**
 * The managed resources of all modules.
 * @throws Problem `invalid_input` when the text is something else, naming what it is.
 */
export function readState(text: string, file: string): readonly StateResource[] {
  const json = parseDocument(text, file, 'a state');
  const kind = kindOf(json);
  switch (kind) {
    case 'state':
      return rawResources(json, file);
    case 'shown-state':
      return shownResources(json, file);
    case 'encrypted-state':
      throw notAState(
        file,
        `It is ${KINDS[kind]}, which only OpenTofu can read. Let it read it: tofu state pull | browserstack-iac … --state -`,
      );
    case 'old-state':
      throw notAState(
        file,
        `It is ${KINDS[kind]} (${String(json.version)}). Let the engine read it: ${engineCommand('show -json | browserstack-iac … --state -')}`,
      );
    default:
      throw notAState(file, `It is ${KINDS[kind]}. ${WHAT_TO_GIVE}`);
  }
}

const WHAT_TO_GIVE = `Give the state file itself, or pipe it: ${engineCommand('state pull | browserstack-iac … --state -')}`;

/** `terraform show -json`: modules in modules. */
function shownResources(json: JsonObject, file: string): readonly StateResource[] {
  const values = json.values === undefined ? {} : anObject(json.values, 'values', file);
  const open: Json[] = values.root_module === undefined ? [] : [values.root_module];
  const found: StateResource[] = [];
  for (let module = open.pop(); module !== undefined; module = open.pop()) {
    const { resources, child_modules: children } = anObject(module, 'a module', file);
    open.push(...aList(children, 'child_modules', file));
    for (const item of aList(resources, 'resources', file)) {
      const { address, type, mode, values: own, deposed_key: deposed } = anObject(item, 'a resource', file);
      // What is only waiting to be deleted is not what the address stands for.
      if (mode !== 'managed' || deposed !== undefined) continue;
      found.push({
        address: aText(address, 'address', file),
        type: aText(type, 'type', file),
        provider: undefined,
        values: anObject(own ?? {}, `values of ${String(address)}`, file),
      });
    }
  }
  return found;
}

/** The file itself, version 4: resources with their instances. */
function rawResources(json: JsonObject, file: string): readonly StateResource[] {
  return aList(json.resources, 'resources', file).flatMap((item) => {
    const { module, mode, type, name, provider, instances } = anObject(item, 'a resource', file);
    if (mode !== 'managed') return [];
    const base = [module, type, name]
      .filter((part) => part !== undefined)
      .map((part) => aText(part, 'a name', file));
    return aList(instances, 'instances', file).flatMap((one): readonly StateResource[] => {
      const instance = anObject(one, 'an instance', file);
      if (instance.deposed !== undefined) return [];
      const key = instance.index_key;
      return [
        {
          address: `${base.join('.')}${key === undefined ? '' : `[${JSON.stringify(key)}]`}`,
          type: aText(type, 'type', file),
          // OpenTofu writes it per instance where a provider has `for_each`.
          provider: configurationOf(instance.provider ?? provider),
          values: anObject(instance.attributes ?? {}, 'attributes', file),
        },
      ];
    });
  });
}

/** `provider["registry.terraform.io/browserstack-iac/browserstack"].emea` is `browserstack.emea`. */
function configurationOf(provider: Json | undefined): string | undefined {
  if (typeof provider !== 'string') return undefined;
  const match = /provider\["(?:[^"]*\/)?([^"/]+)"\](.*)$/u.exec(provider);
  return match === null ? undefined : `${match[1]}${match[2]}`;
}

function anObject(json: Json, what: string, file: string): JsonObject {
  if (isJsonObject(json)) return json;
  throw malformed(what, 'an object', file);
}

function aList(json: Json | undefined, what: string, file: string): readonly Json[] {
  if (json === undefined || json === null) return [];
  if (Array.isArray(json)) return json;
  throw malformed(what, 'a list', file);
}

function aText(json: Json | undefined, what: string, file: string): string {
  if (typeof json === 'string') return json;
  throw malformed(what, 'text', file);
}

function malformed(what: string, shape: string, file: string): Problem {
  return notAState(
    file,
    `It begins like one, but ${what} is not ${shape}: it was changed by hand, or cut off.`,
  );
}

function notAState(file: string, detail: string): Problem {
  return new Problem({ code: 'invalid_input', summary: `${file} is not a state`, detail });
}
