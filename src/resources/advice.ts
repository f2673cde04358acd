// Blocks and commands that messages advise, each written once. ADDRESS stands for what Terraform shows beside the
// message; OpenTofu takes the same commands as `tofu`. Indented lines are shown as they stand, to be copied.

import { engineCommand } from '../engine-command.ts';

/** The object keeps everything: only its address changes. */
export const MOVED = `
  moved {
    from = OLD_ADDRESS
    to   = NEW_ADDRESS
  }
`;

/** Without `lifecycle`, Terraform destroys and OpenTofu forgets; OpenTofu 1.8 and 1.9 do not know it. */
export const STOP_MANAGING = `
  removed {
    from = ADDRESS
    lifecycle {
      destroy = false
    }
  }

(OpenTofu 1.8 and 1.9: without the lifecycle block; Terraform before 1.7: no such block), or: ${engineCommand('state rm ADDRESS')}`;

/** Both ways to take over an object that exists. */
export function importing(id: string): string {
  return `
  import {
    to = ADDRESS
    id = ${hclText(id)}
  }

or: ${importCommand(id)}`;
}

/**
 * What create_before_destroy leaves over when the new object cannot be made beside the old one: Terraform would make the
 * new one first for ever.
 */
export const DEPOSED = `If create_before_destroy left a deposed object of it, take that out of the lifecycle, then: ${engineCommand('destroy -target=ADDRESS')}, which lists what depends on it and goes too, then apply.`;

export const UNTAINT = engineCommand('untaint ADDRESS');

/** The command alone, where a block would be too much. */
export function importCommand(id: string): string {
  return engineCommand(`import ADDRESS ${shellWord(id)}`);
}

/** Quoted for a configuration, where ${ and %{ begin a template. */
function hclText(text: string): string {
  return JSON.stringify(text).replaceAll('${', '$${').replaceAll('%{', '%%{');
}

/** As a shell takes it for one word. Names are quoted even where they need not be: the next one does. */
function shellWord(text: string): string {
  return /^\w+_\w+$/u.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
