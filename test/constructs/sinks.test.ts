import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { SecretSink } from '../../constructs/index.ts';
import { itNeeds } from '../helpers/engine.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { expectProofs, expectSinks, type SinkUnderTest } from './sink-contract.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld({}, { JENKINS_TOKEN: 't0ken' });
});
afterEach(() => world.close());

const both = ['ephemeral resources', 'write-only arguments'] as const;

/** An entry of a stand-in for a secret store. */
function stored(
  name: string,
  entry: string,
  sink: SinkUnderTest['sink'],
  recordsRefused = true,
): SinkUnderTest {
  const { contents } = world.stores;
  return {
    name,
    sink,
    recordsRefused,
    holds: () => contents.get(entry),
    overwrite: (text) => contents.set(entry, text),
  };
}

const stores = () => [
  stored(
    'vault',
    'kv/team/secret/browserstack/ci',
    SecretSink.vaultKv2({ mount: 'kv/team/secret' }).path('browserstack/ci'),
  ),
  stored(
    'secrets manager',
    'aws/browserstack-ci',
    SecretSink.awsSecretsManager().secret('browserstack-ci'),
    false,
  ),
  stored('ssm', 'ssm//browserstack/ci', SecretSink.awsSsm().parameter('/browserstack/ci')),
  stored(
    'google',
    'google/projects/p/secrets/ci',
    SecretSink.googleSecretManager().secret('projects/p/secrets/ci'),
    false,
  ),
  stored(
    'azure',
    'azure/browserstack-ci',
    SecretSink.azureKeyVault({ keyVaultId: '/vaults/v' }).secret('browserstack-ci'),
  ),
];

describeWithTerraform('sinks', () => {
  itNeeds(...both)('that are read back', async () => {
    await expectSinks(world, stores());
  });

  itNeeds(...both)('that are read back show a refused write, and a change by hand', async () => {
    await expectProofs(world, stores());
  });

  itNeeds(...both)('that are not: Kubernetes, commands, and the tools of CI systems', async () => {
    const tools = join(world.directory, 'bin');
    mkdirSync(tools);
    const secrets = join(world.directory, 'secrets');
    mkdirSync(secrets);
    // `gh secret set NAME WHERE` and `glab variable VERB NAME WHERE …`, which read the value from standard input.
    const tool = (name: string, script: string) => {
      writeFileSync(join(tools, name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(tools, name), 0o755);
    };
    tool('gh', `[ "$1 $2" = "secret set" ] && cat > "${secrets}/gh-$3-$(echo "$4" | tr / _)"`);
    tool(
      'glab',
      `f="${secrets}/glab-$3-$(echo "$4" | tr / _)"; [ "$2" = set ] || [ -e "$f" ] || exit 1; cat > "$f"`,
    );
    const read = (name: string) =>
      existsSync(join(secrets, name)) ? readFileSync(join(secrets, name), 'utf8') : '';
    const halves = (kind: string, where: string) => () =>
      JSON.stringify({
        username: read(`${kind}-BROWSERSTACK_USERNAME-${where}`),
        access_key: read(`${kind}-BROWSERSTACK_ACCESS_KEY-${where}`),
      });
    const file = join(secrets, 'file');
    const jenkins = await jenkinsServer();
    const environment = { PATH: `${tools}${delimiter}${process.env.PATH}` };
    try {
      await expectSinks(world, [
        {
          name: 'kubernetes',
          sink: SecretSink.kubernetes({ namespace: 'ci' }).secret('browserstack'),
          holds: () => world.stores.contents.get('kubernetes/ci/browserstack'),
        },
        {
          name: 'command',
          sink: SecretSink.command({
            name: 'file',
            command: `printf '{"username":"%s","access_key":"%s"}' "$BROWSERSTACK_USERNAME" "$BROWSERSTACK_ACCESS_KEY" > "$FILE"`,
          }).with({ FILE: file }),
          holds: () => readFileSync(file, 'utf8'),
        },
        {
          name: 'github',
          sink: SecretSink.githubActions({ environment }).repository('acme/ci'),
          holds: halves('gh', '--repo=acme_ci'),
        },
        {
          name: 'gitlab',
          sink: SecretSink.gitlab({ environment }).project('acme/ci'),
          holds: halves('glab', '--repo=acme_ci'),
        },
        {
          name: 'jenkins',
          sink: SecretSink.jenkins({ environment: jenkins.environment }).credential('browserstack'),
          holds: jenkins.holds,
        },
      ]);
    } finally {
      jenkins.close();
    }
  });
});

/** What of Jenkins is called: the configuration of one credential. */
async function jenkinsServer() {
  let held: string | undefined;
  const server = createServer((request, response) => {
    const right =
      request.url === '/credentials/store/system/domain/_/credential/browserstack/config.xml' &&
      request.headers.authorization === `Basic ${btoa('deployer:t0ken')}`;
    request.setEncoding('utf8').on('data', (xml: string) => {
      const of = (tag: string) => new RegExp(`<${tag}>(.*)</${tag}>`, 'u').exec(xml)?.[1];
      if (right) held = JSON.stringify({ username: of('username'), access_key: of('password') });
    });
    request.on('end', () => response.writeHead(right ? 200 : 403).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    environment: {
      JENKINS_URL: `http://127.0.0.1:${port}`,
      JENKINS_USER: 'deployer',
    },
    holds: () => held,
    close: () => server.close(),
  };
}
