// Which provider configuration of a stack is meant: a run works on one organization, a stack may hold several.

import { Problem } from '../../errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../canonical.ts';
import { literalBody } from './evaluate.ts';

/** How a person says which organization is meant. */
export interface OrganizationChoice {
  /** Its name, as in the argument `organization` of the provider block. */
  readonly organization?: string | undefined;
  /** A provider configuration, `browserstack.emea` or just `emea`. */
  readonly provider?: string | undefined;
}

/** One provider block. */
export interface ProviderConfiguration {
  /** What resources refer to it by: `browserstack`, or with its alias `browserstack.emea`. */
  readonly reference: string;
  readonly body: JsonObject;
}

/** All blocks of a provider, the default one first where there is one. */
export function providerConfigurations(
  blocks: readonly JsonObject[],
  name: string,
): readonly ProviderConfiguration[] {
  return blocks
    .map(({ alias, '//': _comment, ...body }) => ({
      reference: typeof alias === 'string' ? `${name}.${alias}` : name,
      body,
    }))
    .sort((a, b) => Number(a.reference !== name) - Number(b.reference !== name));
}

/** `browserstack.emea` for `emea`, `browserstack.emea` and `${browserstack.emea}`. */
export function providerReference(written: string, name: string): string {
  const bare = written
    .trim()
    .replace(/^\$\{(.*)\}$/u, '$1')
    .trim();
  return bare === name || bare.startsWith(`${name}.`) || bare === '' ? bare || name : `${name}.${bare}`;
}

/**
 * The configuration that this run is about: the one that was named, else the only one that resources use.
 * @param used References of all resources, each once.
 * @throws Problem `invalid_input` that names all there are, when there are several or none is meant.
 */
export function chooseProvider(
  configurations: readonly ProviderConfiguration[],
  used: readonly string[],
  { organization, provider }: OrganizationChoice,
  name: string,
): ProviderConfiguration {
  const known = withImplied(configurations, used, name);
  const candidates = known.filter(
    (one) =>
      (provider === undefined || one.reference === providerReference(provider, name)) &&
      (organization === undefined || isOf(one, organization)),
  );
  const inUse = candidates.filter(({ reference }) => used.includes(reference));
  const [only, ...others] = inUse.length > 0 ? inUse : candidates;
  if (only === undefined) throw noneMeant(known);
  if (others.length > 0 && inUse.length > 0) throw several(inUse);
  return only;
}

/** What resources use without declaring it is configured by the environment alone. */
function withImplied(
  configurations: readonly ProviderConfiguration[],
  used: readonly string[],
  name: string,
): readonly ProviderConfiguration[] {
  const declared = new Set(configurations.map(({ reference }) => reference));
  const implied = used.filter((reference) => !declared.has(reference));
  const all = [...configurations, ...implied.map((reference) => ({ reference, body: {} }))];
  return all.length > 0 ? all : [{ reference: name, body: {} }];
}

/** A block that names no organization may be of any: the credentials decide, and the guard checks them. */
function isOf({ body }: ProviderConfiguration, organization: string): boolean {
  const name = literalOf(body.organization);
  return name === undefined || name === organization;
}

function literalOf(json: Json | undefined): string | undefined {
  const { name } = literalBody({ name: json ?? null });
  return typeof name === 'string' ? name : undefined;
}

function titles(configurations: readonly ProviderConfiguration[]): string {
  return configurations
    .map(({ reference, body }) => {
      const organization = literalOf(body.organization);
      return organization === undefined ? reference : `${reference} (organization "${organization}")`;
    })
    .join(', ');
}

function several(configurations: readonly ProviderConfiguration[]): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: `There are ${configurations.length} organizations in this stack; name one`,
    detail: `Its resources use ${titles(configurations)}. Repeat the command with --organization NAME or --provider REFERENCE, and with the credentials of that organization.`,
    path: ['provider'],
  });
}

function noneMeant(configurations: readonly ProviderConfiguration[]): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: 'This stack has no such organization',
    detail: `There are ${titles(configurations)}.`,
    path: ['provider'],
  });
}

/** Terraform's JSON syntax allows one object or a list of them nearly everywhere. */
export function objectsIn(json: Json | undefined): readonly JsonObject[] {
  const items: readonly Json[] = Array.isArray(json) ? json : [json ?? null];
  return items.filter(isJsonObject);
}
