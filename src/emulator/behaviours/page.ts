import { type Behaviour, behaviourCatalogue, choicesOf } from './index.ts';

/** The reference page of all behaviours, in Markdown. */
export function behavioursPage(): string {
  const sections = behaviourCatalogue.map((behaviour: Behaviour) => {
    const strict =
      'strict' in behaviour && behaviour.strict !== undefined ? `, strict \`${behaviour.strict}\`` : '';
    return [
      `## ${behaviour.name}`,
      '',
      behaviour.question,
      '',
      `- Default: \`${behaviour.default}\`${strict}`,
      `- Takes: ${choicesOf(behaviour)}`,
      `- Why: ${behaviour.reason}`,
      `- Certainty: ${behaviour.certainty}; leans on: ${behaviour.source}`,
      '',
    ].join('\n');
  });
  return `${intro}\n${sections.join('\n')}`;
}

const intro = `# Behaviours

What BrowserStack's documentation leaves open, each a switch of the local BrowserStack. Turn one with
\`--behaviour name=value\` or \`createLocalBrowserStack({ behaviours: { 'name': 'value' } })\`. This page is generated.
`;
