// What the difference of two configurations would do before anybody can look at a plan: while planning, with the
// credentials of the plan job in its environment; and what the apply job would run. Only what is new or changed counts:
// the base branch was looked at before.

import type { PlanTimeHazard } from '../hazards.ts';
import { isObject, type JsonObject } from '../plan/json.ts';
import { bodies, labelledOnce, labelledTwice, provisionersOf } from './blocks.ts';
import { fileReadsIn } from './file-reads.ts';
import type { Side } from './side.ts';

/** Data sources whose reading runs a program, or sends what they are given somewhere. */
const RUNNING: ReadonlySet<string> = new Set(['external', 'local_command', 'shell_script']);
const SENDING: ReadonlySet<string> = new Set(['http', 'terracurl_request', 'curl']);

/** Providers whose code may run in the plan job, besides those of the base branch. */
const TRUSTED =
  /^(?:registry\.(?:terraform|opentofu)\.(?:io|org)\/)?(?:browserstack-iac|hashicorp)\/[a-z0-9-]+$/u;

export function planTimeHazards(base: Side, head: Side): readonly PlanTimeHazard[] {
  return [
    ...urls(base, head),
    ...reading(base, head),
    ...provisioners(base, head),
    ...requiredProviders(base, head),
    ...providerBlocks(base, head),
    ...modules(base, head),
    ...backends(base, head),
    ...fileReads(base, head),
  ];
}

/** What is in the second list and not, exactly so, in the first one. */
function added<T>(
  before: readonly T[],
  after: readonly T[],
  of: (one: T) => unknown = (one) => one,
): readonly T[] {
  const known = new Set(before.map((one) => JSON.stringify(of(one))));
  return after.filter((one) => !known.has(JSON.stringify(of(one))));
}

/** Data sources, also those of checks, and ephemeral resources: all of them are read while planning. */
function reading(base: Side, head: Side): readonly PlanTimeHazard[] {
  const read = ({ all }: Side) => {
    const checks = labelledOnce(all, 'check').map(({ body }) => body);
    return [
      ...labelledTwice(all, 'data'),
      ...labelledTwice(checks, 'data'),
      ...labelledTwice(all, 'ephemeral'),
    ];
  };
  return added(read(base), read(head)).flatMap(({ type, name }): readonly PlanTimeHazard[] => {
    const address = `data.${type}.${name}`;
    if (RUNNING.has(type)) return [{ code: 'plan_runs_program', address }];
    return SENDING.has(type) ? [{ code: 'plan_sends_request', address }] : [];
  });
}

function provisioners(base: Side, head: Side): readonly PlanTimeHazard[] {
  const run = ({ all }: Side) =>
    labelledTwice(all, 'resource').flatMap(({ type, name, body }) =>
      provisionersOf(body).map((one) => ({ address: `${type}.${name}`, ...one })),
    );
  const addresses = added(run(base), run(head)).map(({ address }) => address);
  return [...new Set(addresses)].map((address) => ({ code: 'apply_runs_command', address }));
}

interface Required {
  readonly source: string;
  readonly version: string;
}

/** A provider is a program: a new one, or one from elsewhere, runs while planning. */
function requiredProviders(base: Side, head: Side): readonly PlanTimeHazard[] {
  const before = required(base);
  const known = new Set(before.map(({ source }) => source));
  return added(before, required(head)).flatMap(({ source, version }): readonly PlanTimeHazard[] => {
    if (known.has(source)) return [{ code: 'provider_version', source, version }];
    return TRUSTED.test(source) ? [] : [{ code: 'new_provider', source }];
  });
}

function required({ all }: Side): readonly Required[] {
  return bodies(all, 'terraform').flatMap(({ required_providers: given }) =>
    (Array.isArray(given) ? given : [given]).filter(isObject).flatMap((byName) =>
      Object.entries(byName).map(([name, one]) => {
        const { source, version } = isObject(one) ? one : { source: undefined, version: one };
        const written = typeof source === 'string' ? source : `hashicorp/${name}`;
        return { source: written, version: String(version ?? '') };
      }),
    ),
  );
}

/** Another provider that is pointed elsewhere takes its own credentials there. Ours has a rule of its own. */
function providerBlocks(base: Side, head: Side): readonly PlanTimeHazard[] {
  const others = ({ all }: Side) =>
    labelledOnce(all, 'provider').filter(({ name }) => name !== 'browserstack');
  const configured = added(others(base), others(head)).filter(({ body }) =>
    Object.keys(body).some((key) => key !== 'alias'),
  );
  return [...new Set(configured.map(({ name }) => name))].map((name) => ({ code: 'provider_pointed', name }));
}

/** What a module of another place does is not in this configuration. */
function modules(base: Side, head: Side): readonly PlanTimeHazard[] {
  const called = ({ all }: Side) =>
    labelledOnce(all, 'module').map(({ name, body: { source, version } }) => ({
      name,
      source: [source, version].filter((part) => part !== undefined).join(' '),
    }));
  const local = /^\.\.?\//u;
  return added(called(base), called(head))
    .filter(({ source }) => !local.test(source))
    .map(({ name, source }) => ({ code: 'new_module', name, source }));
}

/** The state, with everything in it, would be kept elsewhere. A local one is a file of the job, and goes with it. */
function backends(base: Side, head: Side): readonly PlanTimeHazard[] {
  const kept = ({ files }: Side) =>
    bodies(files, 'terraform').flatMap(({ backend, cloud }) =>
      [backend, cloud].filter((one) => one !== undefined),
    );
  return added(kept(base), kept(head)).length === 0 ? [] : [{ code: 'state_elsewhere' }];
}

/** A literal is judged by its host; a template that nobody can judge is told when it is new. */
function urls(base: Side, head: Side): readonly PlanTimeHazard[] {
  const pointed = ({ all }: Side) =>
    labelledOnce(all, 'provider')
      .filter(({ name }) => name === 'browserstack')
      .flatMap(({ body: { base_url: url } }: { readonly body: JsonObject }) =>
        url === undefined ? [] : [url],
      );
  const isTemplate = (url: unknown) => typeof url === 'string' && url.includes('${');
  return added(pointed(base), pointed(head)).some(isTemplate) ? [{ code: 'url_not_known' }] : [];
}

function fileReads(base: Side, head: Side): readonly PlanTimeHazard[] {
  return added(fileReadsIn(base.all), fileReadsIn(head.all)).map((call) => ({
    code: 'plan_reads_file',
    call,
  }));
}
