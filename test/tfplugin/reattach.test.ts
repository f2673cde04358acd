import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ObjectValue } from '../../src/schema/value.ts';
import { ECHO_ADDRESS, echoProvider } from '../helpers/plugin/echo-provider.ts';
import { type Reattached, serveForReattach } from '../helpers/plugin/reattach.ts';
import { EchoWorkspace } from '../helpers/plugin/terraform-run.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';

describeWithTerraform('a provider served inside the test', () => {
  const workspace = new EchoWorkspace();
  const configured: ObjectValue[] = [];
  let served: Reattached;

  beforeAll(async () => {
    served = await serveForReattach(
      echoProvider(
        {},
        {
          configure: async (config) => {
            configured.push(config);
            return { diagnostics: [] };
          },
        },
      ),
      ECHO_ADDRESS,
    );
    Object.assign(workspace.env, served.env);
  });
  afterAll(() => {
    served.close();
    workspace.remove();
  });

  test('plans without a launch or an installed package', async () => {
    workspace.write('resource "echo_thing" "a" { name = "a" }\n');
    expect((await workspace.run('init', '-input=false')).code).toBe(0);
    expect((await workspace.run('plan', '-detailed-exitcode')).code).toBe(2);
    expect((await workspace.run('plan', '-detailed-exitcode')).code).toBe(2);
    expect(served.calls.count).toBe(0);
  });

  test('trap 52: all aliases share this one provider, so the last configuration wins', async () => {
    configured.length = 0;
    workspace.write(
      ['one', 'two']
        .map(
          (name) =>
            `provider "echo" {\n  alias = "${name}"\n  note = "${name}"\n}\nresource "echo_thing" "${name}" {\n  provider = echo.${name}\n  name = "${name}"\n}\n`,
        )
        .join(''),
    );
    expect((await workspace.run('plan')).code).toBe(0);
    expect(configured.map(({ note }) => note).sort()).toEqual(['one', 'two']);
  });
});
