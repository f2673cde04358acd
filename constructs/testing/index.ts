// Tests of programs, as Terraform will see them: import from 'browserstack-iac/testing'.

import '../needs-cdktf';

export { type BrowserstackMatchers, type MatcherContext, type MatcherResult, matchers } from './matchers';
export { type Body, type SynthesizedStack, synth } from './synth';
