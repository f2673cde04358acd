import { Problem } from '../../errors.ts';
import { defineCommand, flag, type ValuesOf, value, values } from '../command.ts';
import { writeText } from '../files.ts';
import type { Machine } from '../machine.ts';
import { jsonLine } from '../render/envelope.ts';
import { paletteOf } from '../render/palette.ts';
import { scanAsJson, scanAsText } from '../render/scan.ts';
import { scanAsSarif } from '../render/scan-sarif.ts';
import { type KnownKey, keysInList, keysInStates, unique } from '../scan/known-keys.ts';
import { type Searched, searchFiles, searchHistory } from '../scan/places.ts';
import { Search } from '../scan/search.ts';
import { readStates, stateOption } from '../states.ts';

const options = {
  state: stateOption('whose keys are looked for'),
  keys: values('--keys <file>', 'what "keys --json" printed, which holds no key; repeatable'),
  history: flag(
    '--history',
    'everything that the git repository has kept, too: files, messages, what no branch has',
  ),
  sarif: value('--sarif <file>', 'also write SARIF, for code scanning'),
  json: flag('--json', 'print as JSON'),
};

export const scan = defineCommand({
  name: 'scan',
  summary: 'find keys in files and in the history of a repository, offline and without knowing any key',
  details:
    'A fingerprint is an HMAC of a user name made with the key: every text of 20 letters and digits can be tried, in clear, in base64, after an escape, in UTF-16. Nothing is sent and no key is printed. In a git repository files that are ignored are left out; archives are not unpacked. A key that was rotated since is not found: it is dead. Ends with 2 when a key was found, 1 when something could not be searched.',
  arguments: [{ syntax: '[paths...]', description: 'files and directories (default: the current one)' }],
  options,
  examples: [
    'terraform state pull | browserstack-iac scan --state - --history',
    'browserstack-iac keys --json > keys.json; browserstack-iac scan --keys keys.json --sarif scan.sarif src',
  ],
  async run({ arguments: given, options: chosen }, machine) {
    const paths = given.length === 0 ? ['.'] : given;
    const known = await knownKeys(chosen, machine);
    const search = new Search(known);
    const searched: Searched[] = [];
    for (const path of paths) searched.push(await searchFiles(machine, path, search));
    if (chosen.history) for (const path of paths) searched.push(await searchHistory(machine, path, search));
    const result = { known: known.length, tokens: search.tokens, ...together(searched) };
    if (chosen.sarif !== undefined)
      await writeText(machine, chosen.sarif, scanAsSarif(result, machine.surroundings.version));
    machine.stdout(chosen.json ? jsonLine(scanAsJson(result)) : scanAsText(result, paletteOf(machine)));
    if (result.found.length > 0) return 2;
    return result.unread.length > 0 ? 1 : 0;
  },
});

/** @throws Problem where there is nothing to look for: silence would say that all is well. */
async function knownKeys(
  { state, keys }: ValuesOf<typeof options>,
  machine: Machine,
): Promise<readonly KnownKey[]> {
  const inStates = keysInStates(await readStates(machine, state, { accessKeyStdin: false }));
  const listed = await Promise.all(keys.map((file) => keysInList(machine, file)));
  const known = unique([...inStates, ...listed.flat()]);
  if (known.length > 0) return known;
  throw new Problem({
    code: 'invalid_input',
    summary: 'There is no key to look for',
    detail:
      state.length + keys.length > 0
        ? 'What was given manages no key. Give the state that does, or a list of all: browserstack-iac keys --json > keys.json, then --keys keys.json.'
        : 'Give the state that manages the keys (--state terraform.tfstate), or a list of all: browserstack-iac keys --json > keys.json, then --keys keys.json.',
    path: ['--state'],
  });
}

/** One place once, however many paths lead to it. */
function together(searched: readonly Searched[]): Searched {
  const found = new Map(
    searched
      .flatMap((one) => one.found)
      .map((one) => [JSON.stringify([one.file, one.commit, one.line, one.column, one.key.username]), one]),
  );
  return {
    found: [...found.values()],
    files: searched.reduce((sum, { files }) => sum + files, 0),
    objects: searched.reduce((sum, { objects }) => sum + objects, 0),
    unread: searched.flatMap(({ unread }) => unread),
    shallow: searched.some(({ shallow }) => shallow),
  };
}
