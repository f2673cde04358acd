import * as cdktf from 'cdktf';
import type { Duration } from './duration';
import { argument, functionCall } from './synthesis/hcl';

/** The provider's functions. They ask nothing of BrowserStack. Terraform ≥ 1.8, OpenTofu ≥ 1.7. */
export class BrowserstackFunctions {
  /** The address of the Selenium hub with a credential in it, everything in it escaped. */
  public static hubUrl(username: string, accessKey: string): string {
    return invoke('hub_url', argument(username), argument(accessKey));
  }

  /** A credential as a JSON document with the fields `username` and `access_key`. */
  public static credentialJson(username: string, accessKey: string): string {
    return invoke('credential_json', argument(username), argument(accessKey));
  }

  /** The fingerprint of a key, as `keyFingerprint` of the constructs that rotate. */
  public static keyFingerprint(username: string, accessKey: string): string {
    return invoke('key_fingerprint', argument(username), argument(accessKey));
  }

  /**
   * When a key would be due, without a window.
   * @param since A date and time (RFC 3339) from which its age is counted.
   */
  public static rotationDueAt(username: string, since: string, maxAge: Duration, jitter: Duration): string {
    return invoke('rotation_due_at', argument(username), argument(since), maxAge.toDays(), jitter.toDays());
  }

  private constructor() {}
}

/** What cdktn has since it knows provider functions: it then checks which engines are meant. */
interface Cdktn {
  readonly TerraformProviderFunction?: {
    invoke(provider: string, name: string, args: readonly unknown[]): cdktf.IResolvable;
  };
}

function invoke(name: string, ...args: readonly unknown[]): string {
  const { TerraformProviderFunction: known } = cdktf as Cdktn;
  if (known !== undefined) return cdktf.Token.asString(known.invoke('browserstack', name, [...args]));
  return functionCall(`provider::browserstack::${name}`, ...args);
}
