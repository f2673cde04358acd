// A synthesized stack brings its provider with it: links in its own plugin mirror, where Terraform looks first.

import { existsSync, mkdirSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Annotations, TerraformStack } from 'cdktf';
import { addCustomSynthesis } from 'cdktf/lib/synthesize/synthesizer';
import type { IConstruct } from 'constructs';

const SOURCE = 'browserstack-iac/browserstack';
/** Terraform looks below the one, OpenTofu below the other; which of them will run is not known at synthesis. */
const HOSTS = ['registry.terraform.io', 'registry.opentofu.org'] as const;

/** Beside the compiled constructs in the package; one floor up from the sources. */
const MIRRORS = [join(__dirname, '../provider-mirror'), join(__dirname, '../dist/provider-mirror')];

const wanted = new WeakMap<TerraformStack, boolean>();

/**
 * At synthesis, links the provider packages of this installation into the stack that `construct` stands in; or takes
 * the links away, when any caller of the same stack does not want them.
 */
export function linkProvider(construct: IConstruct, want: boolean): void {
  const stack = TerraformStack.of(construct);
  wanted.set(stack, want && (wanted.get(stack) ?? true));
  addCustomSynthesis(construct, {
    onSynthesize: ({ outdir, manifest }) => {
      const plugins = join(outdir, manifest.forStack(stack).workingDirectory, 'terraform.d/plugins');
      const places = HOSTS.map((host) => join(plugins, host, SOURCE));
      for (const place of places) rmSync(place, { recursive: true, force: true });
      if (!wanted.get(stack)) return;
      const packages = MIRRORS.map((mirror) => join(mirror, HOSTS[0], SOURCE)).find(existsSync);
      if (packages === undefined)
        Annotations.of(construct).addWarning(
          `The provider is not in ${MIRRORS[0]}, so Terraform and OpenTofu will ask their registries for it. In a clone, run "npm run build"; if you use a registry or a mirror of your own, set pluginMirror: false.`,
        );
      else for (const place of places) linkPackages(packages, place);
    },
  });
}

/** Terraform follows a link to a package, not one to a version: directories down to the version, then links. */
function linkPackages(from: string, to: string): void {
  for (const version of readdirSync(from)) {
    mkdirSync(join(to, version), { recursive: true });
    for (const platform of readdirSync(join(from, version))) {
      const link = join(to, version, platform);
      const target = realpathSync(join(from, version, platform));
      // Relative, so that a project can be moved, or mounted into a container, after it was synthesized.
      symlinkSync(relative(realpathSync(dirname(link)), target), link, 'junction');
    }
  }
}
