// The JSON of a plan in which so many keys rotate, as Terraform 1.11 writes it: every object stands in it four times.

export function fleetPlan(size: number): string {
  const indexes = Array.from({ length: size }, (_, index) => index);
  const accounts = indexes.map((i) => resource('browserstack_service_account', i, accountValues(i)));
  const before = indexes.map((i) => resource('browserstack_access_key', i, keyValues(i, 1)));
  const after = indexes.map((i) => resource('browserstack_access_key', i, keyValues(i, 2)));
  const changes = [
    ...indexes.map((i) => row('browserstack_access_key', i, ['update'], keyValues(i, 1), keyValues(i, 2))),
    ...indexes.map((i) =>
      row('browserstack_service_account', i, ['no-op'], accountValues(i), accountValues(i)),
    ),
  ];
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: { resources: [...after, ...accounts] } },
    resource_changes: changes,
    prior_state: { format_version: '1.0', values: { root_module: { resources: [...before, ...accounts] } } },
    configuration: {
      provider_config: {
        browserstack: {
          name: 'browserstack',
          full_name: 'registry.terraform.io/browserstack-iac/browserstack',
        },
      },
      root_module: {
        resources: [
          {
            address: 'browserstack_access_key.fleet',
            mode: 'managed',
            type: 'browserstack_access_key',
            name: 'fleet',
            expressions: {
              triggers: { constant_value: { quarter: '2' } },
              username: { references: ['each.value.username', 'each.value'] },
            },
            for_each_expression: { references: ['browserstack_service_account.fleet'] },
          },
          {
            address: 'browserstack_service_account.fleet',
            mode: 'managed',
            type: 'browserstack_service_account',
            name: 'fleet',
            expressions: { identifier: { references: ['each.key'] } },
          },
        ],
      },
    },
    timestamp: '2026-03-02T09:00:00Z',
    applyable: true,
    complete: true,
    errored: false,
  });
}

function accountValues(i: number) {
  return {
    consumers: [`GitHub: acme/service-${i}`],
    deletion_policy: 'delete',
    deletion_protection: true,
    identifier: `fleet-${i}`,
    organization_level: false,
    team: `Team ${i % 40}`,
    username: `fleet${i}_x7Zt1m`,
  };
}

function keyValues(i: number, generation: number) {
  const rotated = generation > 1;
  return {
    access_key: null,
    adopted_key_age: 'new',
    consumers: [`GitHub: acme/service-${i}`, `owner: team-${i % 40}@acme.test`],
    current_access_key: null,
    escrow_directory: null,
    escrow_recipient: null,
    escrowed_access_key: null,
    export_access_key: false,
    generation,
    jitter_days: null,
    ...(rotated ? {} : { key_fingerprint: i.toString(16).padStart(16, '0') }),
    minimum_age_days: null,
    on_external_rotation: 'adopt',
    rotate_after_days: 90,
    rotate_on_destroy: false,
    rotated_at: null,
    rotation_reason: rotated ? 'trigger "quarter" changed' : null,
    rotation_status: 'current',
    triggers: { quarter: String(generation) },
    username: `fleet${i}_x7Zt1m`,
    window: null,
  };
}

function place(type: string, i: number) {
  return {
    address: `${type}.fleet["fleet-${i}"]`,
    mode: 'managed',
    type,
    name: 'fleet',
    index: `fleet-${i}`,
    provider_name: 'registry.terraform.io/browserstack-iac/browserstack',
  };
}

function resource(type: string, i: number, values: object) {
  return { ...place(type, i), schema_version: 0, values, sensitive_values: { consumers: [false, false] } };
}

function row(type: string, i: number, actions: readonly string[], before: object, after: object) {
  const changes = actions[0] !== 'no-op';
  const unknown = { key_fingerprint: true, rotated_at: true, schedule_base: true, rotation_due_at: true };
  return {
    ...place(type, i),
    change: {
      actions,
      before,
      after,
      after_unknown: changes ? { ...unknown, consumers: [false, false], triggers: {} } : {},
      before_sensitive: { access_key: true },
      after_sensitive: { access_key: true },
    },
  };
}
