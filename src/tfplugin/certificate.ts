import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { bits, integer, octets, oid, sequence, set, tagged, time, utf8, yes } from './der.ts';

/** A certificate for this launch only. It is never written anywhere. */
export interface ThrowAwayCertificate {
  readonly der: Buffer;
  readonly certificatePem: string;
  readonly keyPem: string;
}

const DAY = 24 * 60 * 60 * 1000;

/** Self-signed for `localhost`, ECDSA P-256: what go-plugin's client checks, and 2 ms to make. */
export function makeCertificate(now: Date): ThrowAwayCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(oid('1.2.840.10045.4.3.2')); // ecdsa-with-SHA256
  const name = sequence(set(sequence(oid('2.5.4.3'), utf8('localhost'))));
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))), // version 3
    integer(serialNumber()),
    algorithm,
    name,
    // A day back, for clocks that are set right during a run; ten years on, because a run has no fixed length.
    sequence(time(new Date(now.getTime() - DAY)), time(new Date(now.getTime() + 3650 * DAY))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions())),
  );
  const der = sequence(body, algorithm, bits(sign('sha256', body, privateKey)));
  return {
    der,
    certificatePem: certificatePem(der),
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function extensions(): Buffer[] {
  return [
    // The client uses the certificate itself as its only authority, so it must be one.
    sequence(oid('2.5.29.19'), yes, octets(sequence(yes))), // basic constraints
    sequence(oid('2.5.29.15'), yes, octets(bits(Buffer.from([0x84]), 2))), // key usage: signature, certificate signing
    // extended key usage: server and client, as go-plugin's own
    sequence(oid('2.5.29.37'), octets(sequence(oid('1.3.6.1.5.5.7.3.1'), oid('1.3.6.1.5.5.7.3.2')))),
    sequence(oid('2.5.29.17'), octets(sequence(tagged(0x82, Buffer.from('localhost'))))), // subject alternative name
  ];
}

function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  // A first byte of 0x01…0x7f: positive, and without a leading zero.
  bytes[0] = ((bytes[0] ?? 0) & 0x7e) | 1;
  return bytes;
}

/** The text form of a certificate. No line is empty, whatever its length: readers take that for the end of a header. */
export function certificatePem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
