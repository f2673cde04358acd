// A registry on this machine: the protocol of provider registries, and that of network mirrors, over TLS, from a
// directory of release files. Engines believe its certificate through SSL_CERT_FILE.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

export interface Registry {
  /** `localhost:PORT`, as a source in a configuration names it. */
  readonly host: string;
  /** What an engine needs in its environment. */
  readonly env: { readonly SSL_CERT_FILE: string };
  /** Paths that were asked for. */
  readonly asked: readonly string[];
  /** Offers one version more. */
  publish(version: string, directory: string): void;
  close(): Promise<void>;
}

const NAMESPACE = 'browserstack-iac/browserstack';

/**
 * @param published The directory of each version's files.
 * @param publicKey The ASCII-armored key that the checksums are signed with.
 */
export async function openRegistry(
  published: ReadonlyMap<string, string>,
  publicKey: { readonly id: string; readonly armor: string },
): Promise<Registry> {
  const versions = new Map(published);
  const directory = mkdtempSync(join(tmpdir(), 'browserstack-iac-registry-'));
  const [certificate, key] = [join(directory, 'certificate.pem'), join(directory, 'key.pem')];
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2'];
  execFileSync('openssl', [...request, ...subject, '-keyout', key, '-out', certificate], { stdio: 'pipe' });
  const asked: string[] = [];
  const server: Server = createServer(
    { cert: readFileSync(certificate), key: readFileSync(key) },
    (incoming, response) => {
      const path = incoming.url ?? '';
      asked.push(path);
      const answer = answerTo(path, versions, publicKey);
      if (answer === undefined) response.writeHead(404).end();
      else if (Buffer.isBuffer(answer)) response.end(answer);
      else response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // It listens on a port, so this is no path of a socket.
  const { port } = server.address() as AddressInfo;
  return {
    host: `localhost:${port}`,
    env: { SSL_CERT_FILE: certificate },
    asked,
    publish: (version, files) => void versions.set(version, files),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** JSON, a file, or `undefined` for what is not there. */
function answerTo(
  path: string,
  versions: ReadonlyMap<string, string>,
  publicKey: { readonly id: string; readonly armor: string },
): Buffer | object | undefined {
  if (path === '/.well-known/terraform.json') return { 'providers.v1': '/v1/providers/' };
  if (path === `/v1/providers/${NAMESPACE}/versions`) return { versions: listed(versions) };
  const download = /\/v1\/providers\/[\w/-]+\/([\d.]+)\/download\/(\w+)\/(\w+)$/u.exec(path);
  if (download !== null) {
    const [, version = '', os = '', arch = ''] = download;
    return packageOf({ version, os, arch }, versions, publicKey);
  }
  const file = /^\/(files|mirror\/[\w.:/-]+)\/([\w.+-]+)$/u.exec(path)?.[2];
  if (file === 'index.json')
    return { versions: Object.fromEntries([...versions.keys()].map((version) => [version, {}])) };
  const mirrored = versions.get(file?.replace(/\.json$/u, '') ?? '');
  if (mirrored !== undefined && file?.endsWith('.json'))
    return {
      archives: Object.fromEntries(
        zipsIn(mirrored).map((zip) => [platformOf(zip).join('_'), { url: `/files/${zip}` }]),
      ),
    };
  for (const directory of versions.values())
    if (file !== undefined && readdirSync(directory).includes(file))
      return readFileSync(join(directory, file));
  return undefined;
}

const zipsIn = (directory: string) => readdirSync(directory).filter((name) => name.endsWith('.zip'));

function platformOf(zip: string): readonly [os: string, arch: string] {
  const [os = '', arch = ''] = basename(zip, '.zip').split('_').slice(-2);
  return [os, arch];
}

function listed(versions: ReadonlyMap<string, string>) {
  return [...versions].map(([version, directory]) => ({
    version,
    protocols: ['6.0'],
    platforms: zipsIn(directory).map((zip) => {
      const [os, arch] = platformOf(zip);
      return { os, arch };
    }),
  }));
}

function packageOf(
  { version, os, arch }: { readonly version: string; readonly os: string; readonly arch: string },
  versions: ReadonlyMap<string, string>,
  { id, armor }: { readonly id: string; readonly armor: string },
) {
  const directory = versions.get(version);
  if (directory === undefined) return undefined;
  const prefix = `terraform-provider-browserstack_${version}`;
  const filename = `${prefix}_${os}_${arch}.zip`;
  const sums = readFileSync(join(directory, `${prefix}_SHA256SUMS`), 'utf8');
  return {
    protocols: ['6.0'],
    os,
    arch,
    filename,
    download_url: `/files/${filename}`,
    shasums_url: `/files/${prefix}_SHA256SUMS`,
    shasums_signature_url: `/files/${prefix}_SHA256SUMS.sig`,
    shasum: sums
      .split('\n')
      .find((line) => line.endsWith(filename))
      ?.split(' ')[0],
    signing_keys: {
      gpg_public_keys: [{ key_id: id, ascii_armor: armor, trust_signature: '', source: '', source_url: '' }],
    },
  };
}
