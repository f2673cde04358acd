// A synthesized stack brings its provider with it: links in its own plugin mirror, where Terraform looks first.

import { cpSync, existsSync, mkdirSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Annotations, TerraformStack } from 'cdktf';
import { addCustomSynthesis } from 'cdktf/lib/synthesize/synthesizer';
import type { IConstruct } from 'constructs';

const SOURCE = 'browserstack-iac/browserstack';
/** Terraform looks below the one, OpenTofu below the other; which of them will run is not known at synthesis. */
const HOSTS = ['registry.terraform.io', 'registry.opentofu.org'] as const;

/** Beside the compiled constructs in the package; one floor up from the sources. */
const MIRRORS = [join(__dirname, '../../provider-mirror'), join(__dirname, '../../dist/provider-mirror')];

/** How a synthesized stack gets the provider of this package. */
export enum PluginMirror {
  /** Links to this installation: for Terraform on the machine that synthesizes. */
  LINK = 'link',
  /**
   * Copies, so that the directory can be carried to another job or machine. As a tar file: other archives lose that the
   * provider may be executed.
   */
  COPY = 'copy',
  /** Not at all: from a registry, or a mirror of your own. */
  NONE = 'none',
}

/** Of several wishes for one stack the last of these counts. */
const ORDER = [PluginMirror.LINK, PluginMirror.COPY, PluginMirror.NONE];

const wanted = new WeakMap<TerraformStack, PluginMirror>();

/**
 * At synthesis, puts the provider packages of this installation into the stack that `construct` stands in, as its
 * organizations wish.
 * @param wish A boolean is what version 0.1.0 took.
 */
export function mirrorProvider(
  construct: IConstruct,
  wish: PluginMirror | boolean = PluginMirror.LINK,
): void {
  const stack = TerraformStack.of(construct);
  const mode = typeof wish !== 'boolean' ? wish : wish ? PluginMirror.LINK : PluginMirror.NONE;
  const others = wanted.get(stack) ?? PluginMirror.LINK;
  wanted.set(stack, ORDER.indexOf(mode) > ORDER.indexOf(others) ? mode : others);
  addCustomSynthesis(construct, {
    onSynthesize: ({ outdir, manifest }) => {
      const plugins = join(outdir, manifest.forStack(stack).workingDirectory, 'terraform.d/plugins');
      const places = HOSTS.map((host) => join(plugins, host, SOURCE));
      for (const place of places) rmSync(place, { recursive: true, force: true });
      const chosen = wanted.get(stack);
      if (chosen === PluginMirror.NONE) return;
      const packages = MIRRORS.map((mirror) => join(mirror, HOSTS[0], SOURCE)).find(existsSync);
      if (packages === undefined)
        Annotations.of(construct).addWarning(
          `The provider is not in ${MIRRORS[0]}, so Terraform and OpenTofu will ask their registries for it. In a clone, run "npm run build"; if you use a registry or a mirror of your own, set pluginMirror: PluginMirror.NONE.`,
        );
      else
        for (const place of places)
          placePackages(packages, place, chosen === PluginMirror.COPY ? copy : link);
    },
  });
}

/** Terraform follows a link to a package, not one to a version: directories down to the version, then the packages. */
function placePackages(from: string, to: string, put: (target: string, place: string) => void): void {
  for (const version of readdirSync(from)) {
    mkdirSync(join(to, version), { recursive: true });
    for (const platform of readdirSync(join(from, version)))
      put(realpathSync(join(from, version, platform)), join(to, version, platform));
  }
}

function link(target: string, place: string): void {
  // Relative, so that a project can be moved, or mounted into a container, after it was synthesized.
  symlinkSync(relative(realpathSync(dirname(place)), target), place, 'junction');
}

function copy(target: string, place: string): void {
  cpSync(target, place, { recursive: true });
}
