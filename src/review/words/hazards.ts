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
    case 'key_in_output':
    case 'local_url':
    case 'unknown_url':
      return [];
  }
}
