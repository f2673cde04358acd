// https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/key_delivery
// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface KeyDeliveryConfig extends cdktf.TerraformMetaArguments {
  /**
  * Field of the JSON object that holds the key.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/key_delivery#access_key_field KeyDelivery#access_key_field}
  */
  readonly accessKeyField?: string;
  /**
  * `idle_username` of a `browserstack_credential_pair`. A plan that would give a new key to the very account whose credential the store still holds is then refused.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/key_delivery#idle_username KeyDelivery#idle_username}
  */
  readonly idleUsername?: string;
  /**
  * `key_fingerprint` of the `browserstack_access_key` or `browserstack_credential_pair`: which key the store should hold. In state: the one that it was last seen to hold.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/key_delivery#key_fingerprint KeyDelivery#key_fingerprint}
  */
  readonly keyFingerprint: string;
  /**
  * The command that writes the secret again, for messages: `terraform apply -replace='vault_kv_secret_v2.payments'` (or tofu).
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/key_delivery#mend KeyDelivery#mend}
  */
  readonly mend?: string;
  /**
  * What messages call the store, e.g. `vault: secret/browserstack/payments`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/key_delivery#store KeyDelivery#store}
  */
  readonly store: string;
  /**
  * What the store holds now, read back by the store's own ephemeral resource: a JSON object with the user name and the key, or the bare key. Let the ephemeral resource refer to an attribute of the resource that writes the secret, one that is not known while that is new: so it is read after the write.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/key_delivery#stored_wo KeyDelivery#stored_wo}
  */
  readonly storedWo: string;
  /**
  * User name of the account whose key the store should hold.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/key_delivery#username KeyDelivery#username}
  */
  readonly username: string;
  /**
  * Field of the JSON object that holds the user name.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/key_delivery#username_field KeyDelivery#username_field}
  */
  readonly usernameField?: string;
}

/**
* Represents a {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/key_delivery browserstack_key_delivery}
*/
export class KeyDelivery extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "browserstack_key_delivery";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a KeyDelivery resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the KeyDelivery to import
  * @param importFromId The id of the existing KeyDelivery that should be imported. Refer to the {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/key_delivery#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the KeyDelivery to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "browserstack_key_delivery", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/resources/key_delivery browserstack_key_delivery} Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options KeyDeliveryConfig
  */
  public constructor(scope: Construct, id: string, config: KeyDeliveryConfig) {
    super(scope, id, {
      terraformResourceType: 'browserstack_key_delivery',
      terraformGeneratorMetadata: {
        providerName: 'browserstack',
        providerVersion: '0.1.0',
        providerVersionConstraint: '0.1.0'
      },
      provider: config.provider,
      dependsOn: config.dependsOn,
      count: config.count,
      lifecycle: config.lifecycle,
      provisioners: config.provisioners,
      connection: config.connection,
      forEach: config.forEach
    });
    this._accessKeyField = config.accessKeyField;
    this._idleUsername = config.idleUsername;
    this._keyFingerprint = config.keyFingerprint;
    this._mend = config.mend;
    this._store = config.store;
    this._storedWo = config.storedWo;
    this._username = config.username;
    this._usernameField = config.usernameField;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // access_key_field - computed: true, optional: true, required: false
  private _accessKeyField?: string; 
  public get accessKeyField() {
    return this.getStringAttribute('access_key_field');
  }
  public set accessKeyField(value: string) {
    this._accessKeyField = value;
  }
  public resetAccessKeyField() {
    this._accessKeyField = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get accessKeyFieldInput() {
    return this._accessKeyField;
  }

  // confirmed_at - computed: true, optional: false, required: false
  public get confirmedAt() {
    return this.getStringAttribute('confirmed_at');
  }

  // idle_username - computed: false, optional: true, required: false
  private _idleUsername?: string; 
  public get idleUsername() {
    return this.getStringAttribute('idle_username');
  }
  public set idleUsername(value: string) {
    this._idleUsername = value;
  }
  public resetIdleUsername() {
    this._idleUsername = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get idleUsernameInput() {
    return this._idleUsername;
  }

  // key_fingerprint - computed: false, optional: false, required: true
  private _keyFingerprint?: string; 
  public get keyFingerprint() {
    return this.getStringAttribute('key_fingerprint');
  }
  public set keyFingerprint(value: string) {
    this._keyFingerprint = value;
  }
  // Temporarily expose input value. Use with caution.
  public get keyFingerprintInput() {
    return this._keyFingerprint;
  }

  // mend - computed: false, optional: true, required: false
  private _mend?: string; 
  public get mend() {
    return this.getStringAttribute('mend');
  }
  public set mend(value: string) {
    this._mend = value;
  }
  public resetMend() {
    this._mend = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get mendInput() {
    return this._mend;
  }

  // store - computed: false, optional: false, required: true
  private _store?: string; 
  public get store() {
    return this.getStringAttribute('store');
  }
  public set store(value: string) {
    this._store = value;
  }
  // Temporarily expose input value. Use with caution.
  public get storeInput() {
    return this._store;
  }

  // stored_wo - computed: false, optional: false, required: true
  private _storedWo?: string; 
  public get storedWo() {
    return this.getStringAttribute('stored_wo');
  }
  public set storedWo(value: string) {
    this._storedWo = value;
  }
  // Temporarily expose input value. Use with caution.
  public get storedWoInput() {
    return this._storedWo;
  }

  // username - computed: false, optional: false, required: true
  private _username?: string; 
  public get username() {
    return this.getStringAttribute('username');
  }
  public set username(value: string) {
    this._username = value;
  }
  // Temporarily expose input value. Use with caution.
  public get usernameInput() {
    return this._username;
  }

  // username_field - computed: true, optional: true, required: false
  private _usernameField?: string; 
  public get usernameField() {
    return this.getStringAttribute('username_field');
  }
  public set usernameField(value: string) {
    this._usernameField = value;
  }
  public resetUsernameField() {
    this._usernameField = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get usernameFieldInput() {
    return this._usernameField;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      access_key_field: cdktf.stringToTerraform(this._accessKeyField),
      idle_username: cdktf.stringToTerraform(this._idleUsername),
      key_fingerprint: cdktf.stringToTerraform(this._keyFingerprint),
      mend: cdktf.stringToTerraform(this._mend),
      store: cdktf.stringToTerraform(this._store),
      stored_wo: cdktf.stringToTerraform(this._storedWo),
      username: cdktf.stringToTerraform(this._username),
      username_field: cdktf.stringToTerraform(this._usernameField),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      access_key_field: {
        value: cdktf.stringToHclTerraform(this._accessKeyField),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      idle_username: {
        value: cdktf.stringToHclTerraform(this._idleUsername),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      key_fingerprint: {
        value: cdktf.stringToHclTerraform(this._keyFingerprint),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      mend: {
        value: cdktf.stringToHclTerraform(this._mend),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      store: {
        value: cdktf.stringToHclTerraform(this._store),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      stored_wo: {
        value: cdktf.stringToHclTerraform(this._storedWo),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      username: {
        value: cdktf.stringToHclTerraform(this._username),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      username_field: {
        value: cdktf.stringToHclTerraform(this._usernameField),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
