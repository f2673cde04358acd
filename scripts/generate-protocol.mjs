// Writes the protobuf codecs of proto/ into a directory (default: where they are committed). Works offline.
//   node scripts/generate-protocol.mjs [DIRECTORY]
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const bin = path.join(root, 'node_modules', '.bin');

/** Replaces `directory` by the codecs generated from proto/. */
export function generateProtocol(directory) {
  rmSync(directory, { recursive: true, force: true });
  execFileSync('buf', ['generate', '--output', path.resolve(directory)], {
    cwd: root,
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` },
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  generateProtocol(process.argv[2] ?? path.join(root, 'src', 'tfplugin', 'generated'));
