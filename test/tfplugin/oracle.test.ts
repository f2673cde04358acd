import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Provider } from '../../src/provider/provider.ts';
import { isWhollyKnown, type Value } from '../../src/schema/value.ts';
import { engine } from '../helpers/engine.ts';
import { ECHO_ADDRESS, echoProvider } from '../helpers/plugin/echo-provider.ts';
import { type Reattached, serveForReattach } from '../helpers/plugin/reattach.ts';
import { EchoWorkspace } from '../helpers/plugin/terraform-run.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { oracleValues, unknownValues } from './oracle-values.ts';

// Real Terraform makes the bytes and judges `echo(v) == v`. The provider notes what it understood.

describeWithTerraform('the oracle', () => {
  const workspace = new EchoWorkspace();
  const seen: Value[] = [];
  let served: Reattached;

  beforeAll(async () => {
    const provider: Provider = echoProvider();
    served = await serveForReattach(
      {
        ...provider,
        callFunction: async (name, args) => {
          seen.push(args[0] ?? null);
          return provider.callFunction(name, args);
        },
      },
      ECHO_ADDRESS,
    );
    Object.assign(workspace.env, served.env);
  });
  afterAll(() => {
    served.close();
    workspace.remove();
  });

  test('there are at least 150 values', () => {
    expect(new Set(oracleValues).size).toBeGreaterThanOrEqual(150);
  });

  test('every known value comes back equal, and of the same type', async () => {
    workspace.write(casesOf(oracleValues));
    await initialized(workspace);
    const { code, output } = await workspace.run('apply', '-auto-approve', '-input=false');
    expect(output).not.toContain('Error');
    expect(code).toBe(0);
    expect(await failures(workspace, oracleValues)).toEqual(
      // OpenTofu keeps a literal null handed to a dynamic parameter unknown, even after the apply.
      engine.name === 'OpenTofu' ? ['null'] : [],
    );
    expect(seen.every(isWhollyKnown)).toBe(true);
  });

  test('every value that is unknown while planning comes back as promised', async () => {
    seen.length = 0;
    workspace.write(
      `${casesOf(unknownValues)}\nresource "terraform_data" "later" {}\nlocals { id = terraform_data.later.id }\n`,
    );
    const { code, output } = await workspace.run('apply', '-auto-approve', '-input=false');
    expect(output).not.toContain('Error');
    expect(code).toBe(0);
    expect(await failures(workspace, unknownValues)).toEqual([]);
    // Otherwise nothing was unknown, and nothing was tried.
    expect(seen.some((value) => !isWhollyKnown(value))).toBe(true);
  });
});

function casesOf(values: readonly string[]): string {
  return values
    .map((value, index) => {
      const v = `local.v${index}`;
      const echoed = `provider::echo::echo(${v})`;
      const checks = [`${echoed} == ${v}`, `provider::echo::echo([${v}]) == [${v}]`];
      // Equality is not all: the text shows the type and every digit. Terraform sends -0 as 0.
      if (value !== '-0') checks.push(`jsonencode(${echoed}) == jsonencode(${v})`);
      return [
        `locals { v${index} = ${value.replace(/\bid\b/g, 'local.id')} }`,
        `output "c${index}" {\n  sensitive = true\n  value = ${checks.join(' && ')}\n}\n`,
      ].join('\n');
    })
    .join('');
}

async function failures(workspace: EchoWorkspace, values: readonly string[]): Promise<string[]> {
  const { output } = await workspace.run('output', '-json');
  const results: Record<string, { value: unknown }> = JSON.parse(output);
  return values.filter((_value, index) => results[`c${index}`]?.value !== true);
}

async function initialized(workspace: EchoWorkspace): Promise<void> {
  const { code, output } = await workspace.run('init', '-input=false');
  if (code !== 0) throw new Error(output);
}
