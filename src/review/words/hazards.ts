import type { Hazard } from '../hazards.ts';
import { type Phrase, say } from '../phrase.ts';

/** What a hazard does, without a subject; none for what is not dangerous. */
export function hazardInWords(hazard: Hazard): readonly Phrase[] {
  switch (hazard.code) {
    case 'foreign_url':
      return [say`sends the administrator's key to ${hazard.host}`];
    case 'insecure_url':
      return [say`sends the administrator's key to ${hazard.host} in clear, without TLS`];
    case 'key_literal':
      return [say`an access key stands in the code, in provider ${hazard.provider}`];
    case 'key_default':
      return [say`an access key stands in the code, as the default of variable ${hazard.variable}`];
    case 'key_as_name':
      return [say`an access key stands where a name belongs, in ${hazard.address}`];
    case 'plan_runs_program':
      return [say`${hazard.address} runs a program while planning, with the credentials of the plan job`];
    case 'plan_sends_request':
      return [say`${hazard.address} sends a request while planning`];
    case 'apply_runs_command':
      return [say`${hazard.address} runs a command in the apply job, with its credentials`];
    case 'new_provider':
      return [say`the provider ${hazard.source} is new: its program runs while planning`];
    case 'provider_version':
      return [say`the provider ${hazard.source} gets another version: ${hazard.version}`];
    case 'new_module':
      return [
        say`module ${hazard.name} comes from ${hazard.source}, and what it does is not in this configuration`,
      ];
    case 'provider_pointed':
      return [
        say`the block of provider ${hazard.name} is new or changed: it may take the credentials of the job elsewhere`,
      ];
    case 'plan_reads_file':
      return [say`the plan reads a file of the machine that plans: ${hazard.call}`];
    case 'state_elsewhere':
      return [['the state, with everything in it, is kept elsewhere']];
    case 'url_not_known':
      return [["where the administrator's key is sent is not written in the configuration"]];
    case 'local_url':
    case 'unknown_url':
      return [];
  }
}
