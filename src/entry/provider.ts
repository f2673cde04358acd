// The provider's executable: started by Terraform or OpenTofu, several times per command.

import { systemClock as clock } from '../clock.ts';
import { createProvider } from '../provider/create-provider.ts';
import { PROVIDER_ADDRESS as address, browserstackProvider } from '../resources/index.ts';
import { Scrubber } from '../scrubber.ts';
import { createLogger, levelFrom } from '../tfplugin/log/logger.ts';
import { serve } from '../tfplugin/serve.ts';
import { processHost } from './host.ts';
import { surroundings } from './surroundings.ts';

const host = processHost();
const scrubber = new Scrubber();
const logger = createLogger({
  level: levelFrom(host.env),
  module: 'provider.browserstack',
  clock,
  scrub: scrubber.scrub,
  write: (line) => host.writeStderr(line),
});
const provider = createProvider(browserstackProvider(surroundings()), {
  clock,
  log: (level, message, fields) => logger.log(level, message, fields),
});
void serve({ provider, address, host, clock, scrubber });
