import { chmod, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { Problem } from '../../errors.ts';
import { PROVIDER_ADDRESS, PROVIDER_SOURCE, REGISTRY_HOSTS } from '../../resources/index.ts';
import { defineCommand, flag, value } from '../command.ts';
import { unusable } from '../files.ts';
import type { Machine } from '../machine.ts';
import { envelope, jsonLine } from '../render/envelope.ts';

const DEFAULT_DIRECTORY = join('terraform.d', 'plugins');

const install = defineCommand({
  name: 'install',
  summary: 'put the Terraform provider where Terraform and OpenTofu look for it',
  details:
    'Copies the provider for every platform into a directory that Terraform and OpenTofu take as a mirror, below the name of either registry. Repeating it changes nothing.',
  options: {
    dir: value(
      '--dir <directory>',
      `where to (default: ./${DEFAULT_DIRECTORY}, read by "terraform init" and "tofu init" here)`,
    ),
    json: flag('--json', 'print what was installed as JSON'),
  },
  examples: [
    'browserstack-iac provider install',
    'browserstack-iac provider install --dir ~/.terraform.d/plugins',
  ],
  async run({ options }, machine) {
    const { version } = machine.surroundings;
    const source = join(machine.packageRoot, 'dist', 'provider-mirror', PROVIDER_ADDRESS, version);
    const directory = resolve(machine.cwd, options.dir ?? DEFAULT_DIRECTORY);
    const addresses = REGISTRY_HOSTS.map((host) => `${host}/${PROVIDER_SOURCE}`);
    const files = await filesUnder(source);
    if (files.length === 0) throw notBuilt(source);
    const changed = new Set<string>();
    for (const address of addresses)
      try {
        const target = join(directory, address, version);
        for (const file of files) if (await copied(join(source, file), join(target, file))) changed.add(file);
        await removeCachesBut(files, target);
      } catch (error) {
        throw unusable(`The provider cannot be installed in ${directory}`, error);
      }
    const platforms = [...new Set(files.map((file) => dirname(file)))].sort();
    const installed = { directory, addresses, version, platforms, changed: [...changed] };
    machine.stdout(
      options.json ? jsonLine(installedAsJson(installed)) : instructions(installed, options.dir, machine),
    );
    return 0;
  },
});

interface Installed {
  readonly directory: string;
  readonly addresses: readonly string[];
  /** Of the provider. */
  readonly version: string;
  readonly platforms: readonly string[];
  /** Files that were not there as they are now. */
  readonly changed: readonly string[];
}

function installedAsJson({ directory, addresses, version, platforms, changed }: Installed) {
  return envelope({ directory, addresses, provider_version: version, platforms, changed });
}

export const provider = defineCommand({
  name: 'provider',
  summary: 'install the Terraform provider',
  commands: [install],
});

/** Relative paths of all files; none when there is no such directory. */
async function filesUnder(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .sort();
}

/** Copies where content or mode differ; says whether it did. Terraform may be starting the old one just now. */
async function copied(from: string, to: string): Promise<boolean> {
  const [content, { mode }] = await Promise.all([readFile(from), stat(from)]);
  const present = await readFile(to).catch(() => undefined); // Absent or unreadable: written anew.
  if (present?.equals(content) && ((await stat(to)).mode & 0o777) === (mode & 0o777)) return false;
  await mkdir(dirname(to), { recursive: true });
  await writeFileAtomic(to, content, { mode: mode & 0o777 });
  await chmod(to, mode & 0o777); // The process mask may have taken the executable bits.
  return true;
}

/** Code caches of another build are of no use to this one, and each would make the package another. */
async function removeCachesBut(files: readonly string[], target: string): Promise<void> {
  const others = (await filesUnder(target)).filter(
    (file) => file.endsWith('.cache') && !files.includes(file),
  );
  for (const file of others) await rm(join(target, file));
}

function instructions(
  { directory, version, platforms, changed }: Installed,
  dir: string | undefined,
  { cwd }: Machine,
): string {
  const done = changed.length === 0 ? 'is there already' : 'has been installed';
  const where =
    dir === undefined
      ? 'Run "terraform init" (or "tofu init") in this directory.'
      : `Both engines look in ./terraform.d/plugins and ~/.terraform.d/plugins by themselves; for another directory add to ~/.terraformrc (OpenTofu: ~/.tofurc):

  provider_installation {
    filesystem_mirror {
      path    = "${directory}"
      include = ["${PROVIDER_SOURCE}"]
    }
    direct {
      exclude = ["${PROVIDER_SOURCE}"]
    }
  }`;
  return `Provider ${version} ${done} in ${relative(cwd, directory) || '.'} (${platforms.join(', ')}).

Write into your configuration:

  terraform {
    required_providers {
      browserstack = {
        source  = "${PROVIDER_SOURCE}"
        version = "${version}"
      }
    }
  }

${where}
`;
}

function notBuilt(source: string): Problem {
  return new Problem({
    code: 'not_found',
    summary: 'The provider is not built',
    detail: `There is nothing in ${source}. In a clone of the repository run "npm run build" first.`,
  });
}
