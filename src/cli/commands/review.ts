import { asPrinted } from '../../engine-command.ts';
import { defineCommand } from '../command.ts';
import { writeText } from '../files.ts';
import { paletteOf } from '../render/palette.ts';
import { assemble, assembleStatic } from '../review/assemble.ts';
import { explain } from '../review/explain.ts';
import { FORMATS, outputOf } from '../review/formats.ts';
import { readGiven } from '../review/input.ts';
import { reviewOptions } from '../review/options.ts';
import { postReview, postUnverified, summarize } from '../review/posting.ts';
import { makeIdentity, seal, verifyAndOpen } from '../review/sealing.ts';

const NO_TTY = { stdout: false, stderr: false };

export const review = defineCommand({
  name: 'review',
  summary: 'say what a plan breaks, for whom, why, whether it can be undone, and what to do instead',
  details:
    'Reads the JSON of a plan (Terraform 1.5 and later, OpenTofu 1.8 and later, or this tool) and calls nothing. Ends with 0 when the plan may be applied, 2 when it needs a person (verdict look or danger, see --fail-on; refused by the engine or by the policy; not whole), 1 when no review can be made.',
  arguments: [
    { syntax: '[plan]', description: `what ${asPrinted('show -json PLANFILE')}; "-" is standard input` },
    {
      syntax: '[head]',
      description: 'with --static: two cdk.tf.json or directories, base and head ("none": not there)',
    },
  ],
  options: reviewOptions,
  examples: [
    'terraform plan -out=tfplan -json > plan.jsonl; terraform show -json tfplan > plan.json',
    'browserstack-iac review plan.json --diagnostics plan.jsonl',
    'browserstack-iac review plan.json --format github --base origin/main > comment.md',
    'browserstack-iac review --static --gate base/cdk.tf.json head/cdk.tf.json',
    'browserstack-iac review --explain max-key-age',
  ],
  async run({ arguments: [plan, head], options }, machine) {
    const palette = paletteOf(machine);
    if (options.explain !== undefined) {
      machine.stdout(explain(options.explain, palette));
      return 0;
    }
    if (options.makeIdentity !== undefined) {
      await makeIdentity(options.makeIdentity, machine);
      return 0;
    }
    if (options.verify !== undefined) {
      await verifyAndOpen(options, machine);
      return 0;
    }
    const { post, request, author, untrusted } = options;
    const target = post && { forge: post, request, author };
    if (target !== undefined && untrusted !== undefined) {
      const { text } = await readGiven(machine, untrusted);
      await postUnverified(text, options.name ?? 'default', target, machine);
      return 0;
    }
    const outputs = options.output.map(outputOf);
    const { reviewed, code } = options.static
      ? await assembleStatic([plan, head], options, machine)
      : await assemble(plan, options, machine);
    for (const { format, file } of outputs)
      await writeText(machine, file, FORMATS[format](reviewed, paletteOf({ ...machine, isTTY: NO_TTY })));
    const format = options.json ? 'json' : (options.format ?? 'text');
    machine.stdout(FORMATS[format](reviewed, palette));
    if (options.seal !== undefined && reviewed.canBeApplied) await seal(reviewed, options, machine);
    if (options.summary) await summarize(reviewed, machine);
    if (target !== undefined) await postReview(reviewed, target, machine);
    return code;
  },
});
