// The review for machines, version 1: the shape is published as docs/review/review.schema.json and checked by tests.

import type { Change } from '../change.ts';
import type { Finding } from '../finding.ts';
import type { Review } from '../review.ts';
import { headline } from '../words/headline.ts';
import { remarkInWords } from '../words/remarks.ts';
import { plain } from './text.ts';

export const REVIEW_SCHEMA_ID = 'urn:browserstack-iac:review:1';

/** Which policy the findings are of. */
export interface PolicyFacts {
  readonly file: string | undefined;
  readonly sha256: string | undefined;
  readonly from: 'base' | 'head' | 'defaults';
  readonly changedHere: boolean;
}

export interface JsonOptions {
  readonly stack: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly planSha256: string | undefined;
  readonly tfplanSha256: string | undefined;
  readonly commit: string | undefined;
  readonly failOn: string;
  readonly exitCode: number;
  readonly policy: PolicyFacts;
}

export function reviewAsJson(review: Review, findings: readonly Finding[], options: JsonOptions): object {
  const { plan, cost, changes, hazards, diagnostics, refusals, verdict, counts, exposed } = review;
  return {
    $schema: REVIEW_SCHEMA_ID,
    version: 1,
    tool: options.tool,
    stack: options.stack,
    source: {
      engine: plan.engine,
      engine_version: plan.engineVersion ?? null,
      format_version: plan.formatVersion,
      timestamp: plan.timestamp?.toISOString() ?? null,
      plan_sha256: options.planSha256 ?? null,
      tfplan_sha256: options.tfplanSha256 ?? null,
      commit: options.commit ?? null,
      complete: plan.complete,
      applyable: plan.applyable,
      errored: plan.errored,
      mode: plan.mode,
      several_organizations: plan.severalOrganizations,
    },
    verdict,
    headline: plain(headline(review)),
    exit_code: options.exitCode,
    fail_on: options.failOn,
    counts,
    cost,
    changes: changes.map((change) => changeAsJson(change)),
    hazards,
    keys_in_state: exposed,
    refusals: refusals.map(({ address, name, code, summary, detail }) => ({
      address: address ?? null,
      name: name ?? null,
      code: code ?? null,
      summary,
      detail,
    })),
    unknowns: changes.flatMap(({ address, differences }) =>
      differences.filter(({ unknown }) => unknown).map(({ attribute }) => ({ address, attribute })),
    ),
    diagnostics: diagnostics.map(({ severity, code, summary, address }) => ({
      severity,
      code: code ?? null,
      summary,
      address: address ?? null,
    })),
    findings: findings.map(findingAsJson),
    policy: policyAsJson(options.policy, findings),
  };
}

function changeAsJson(change: Change): object {
  const { cause, generation, dueAt, lastRotatedAt, remarks } = change;
  return {
    id: change.id,
    kind: change.kind,
    level: change.level,
    type: change.type,
    address: change.address,
    previous_address: change.previousAddress ?? null,
    construct_path: change.shown === change.address ? null : change.shown,
    name: change.name,
    new_name: change.newName ?? null,
    identifier: change.identifier ?? null,
    team: change.team ?? null,
    team_known: change.team !== undefined,
    username: change.username ?? null,
    new_username: change.newUsername ?? null,
    generation: generation ?? null,
    rotated_at: lastRotatedAt?.toISOString() ?? null,
    rotation_due_at: dueAt?.toISOString() ?? null,
    cause: {
      code: cause.code,
      attributes: cause.attributes,
      triggers: cause.triggers,
      due_at: cause.dueAt?.toISOString() ?? null,
      overdue_days: cause.overdueDays ?? null,
      follows: cause.follows ?? null,
    },
    undo: change.undo,
    breaks: change.breaks,
    consumers: change.consumers,
    delivery: change.deliveries.map(({ address, fires, certain, kind }) => ({
      address,
      fires,
      certain,
      kind,
    })),
    blast: change.blast,
    differences: change.differences,
    remarks: remarks.map((remark) => ({ ...remark, message: plain(remarkInWords(remark)) })),
  };
}

function findingAsJson({
  rule,
  level,
  address,
  identifier,
  message,
  why,
  fix,
  controls,
  fingerprint,
  waived,
}: Finding): object {
  return {
    rule,
    level,
    address: address ?? null,
    identifier: identifier ?? null,
    message: plain(message),
    why,
    fix: plain(fix),
    controls,
    fingerprint,
    waived: waived ?? null,
  };
}

function policyAsJson(
  { file, sha256, from, changedHere }: PolicyFacts,
  findings: readonly Finding[],
): object {
  const count = (rule: string) => findings.filter((finding) => finding.rule === rule).length;
  return {
    file: file ?? null,
    sha256: sha256 ?? null,
    from,
    changed_in_this_change: changedHere,
    waivers: {
      used: findings.filter(({ waived }) => waived !== undefined).length,
      unused: count('waiver-unused'),
      expired: count('waiver-expired'),
    },
  };
}

/** One line, in which a log finds no command: `##` is written as JSON allows, and reads as the same. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value).replaceAll('##', '#\\u0023')}\n`;
}
