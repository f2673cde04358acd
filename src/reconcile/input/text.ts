// Bytes of a file, or of standard input, as text: whatever a shell made of them on the way.

import { engineCommand } from '../../engine-command.ts';
import { Problem } from '../../errors.ts';

/**
 * UTF-8 with or without a byte order mark, or UTF-16 as PowerShell's `>` writes it.
 * @throws Problem `invalid_input` for anything else, naming what it is where that can be told.
 */
export function decodeText(bytes: Uint8Array, file: string): string {
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]))
    throw unreadable(
      file,
      `It is an archive, as "plan -out" of the engine writes one. Give what the engine prints of it: ${engineCommand('show -json FILE')}`,
    );
  const encoding = encodingOf(bytes);
  try {
    // The decoder takes the byte order mark away.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw unreadable(file, `It is not text (as ${encoding.toUpperCase()} it has invalid bytes).`, cause);
  }
}

function encodingOf(bytes: Uint8Array): string {
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(bytes, [0xfe, 0xff])) return 'utf-16be';
  // JSON and HCL begin with a character of ASCII: a zero beside it is the other half of that character.
  if (bytes.length >= 2 && bytes[0] !== 0 && bytes[1] === 0) return 'utf-16le';
  if (bytes.length >= 2 && bytes[0] === 0 && bytes[1] !== 0) return 'utf-16be';
  return 'utf-8';
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

function unreadable(file: string, detail: string, cause?: unknown): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: `${file} cannot be read`,
    detail,
    ...(cause === undefined ? {} : { cause }),
  });
}
