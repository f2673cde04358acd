// https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs
// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface BrowserstackProviderConfig {
  /**
  * Access key of that user. Environment: `BROWSERSTACK_ACCESS_KEY`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs#access_key BrowserstackProvider#access_key}
  */
  readonly accessKey?: string;
  /**
  * What another identifier or team of a service account means. `replace` (default): another account, with another user name and key, because BrowserStack documents no call that changes one. `in_place`: the account is changed and keeps both, by a call that the API overview promises and no page describes; where the service does not know it, the error says how to go back. Environment: `BROWSERSTACK_ACCOUNT_CHANGES`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs#account_changes BrowserstackProvider#account_changes}
  */
  readonly accountChanges?: string;
  /**
  * Base URL of the API; `https://api.browserstack.com` unless given. Environment: `BROWSERSTACK_API_URL`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs#base_url BrowserstackProvider#base_url}
  */
  readonly baseUrl?: string;
  /**
  * Guard: how many managed objects of one kind may be missing from the list of BrowserStack before the list is doubted instead of believed, and the plan ends with an error. Unless given, a list is doubted that lacks two or more and shows nothing, or lacks five or more and most of them. Environment: `BROWSERSTACK_MAX_MISSING`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs#max_missing BrowserstackProvider#max_missing}
  */
  readonly maxMissing?: number;
  /**
  * How often a request is repeated that may be repeated, 5 unless given. Creating and rotating are never repeated blindly. Environment: `BROWSERSTACK_MAX_RETRIES`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs#max_retries BrowserstackProvider#max_retries}
  */
  readonly maxRetries?: number;
  /**
  * Guard: a plan that rotates more access keys than this is refused, with the list and the ways out. Each provider configuration (alias) counts for itself.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs#max_rotations_per_apply BrowserstackProvider#max_rotations_per_apply}
  */
  readonly maxRotationsPerApply?: number;
  /**
  * Seconds after which a call is given up instead of sent: waiting for its turn in the request budget counts, and so does waiting between repetitions. No limit unless given: a queue of 100 accounts takes more than 6 minutes. A request on its way is never cut off. Environment: `BROWSERSTACK_OPERATION_TIMEOUT`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs#operation_timeout BrowserstackProvider#operation_timeout}
  */
  readonly operationTimeout?: number;
  /**
  * Guard: the name of the organization these credentials must belong to. With another one nothing is touched.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs#organization BrowserstackProvider#organization}
  */
  readonly organization?: string;
  /**
  * Directory of the file through which all runs on this machine share the request budget of an organization; `$XDG_STATE_HOME/browserstack-iac/request-budget` (else `~/.local/state/…`, on Windows `%LOCALAPPDATA%`) unless given, `off` to share nothing. The file holds times and counts, no names and no keys. Beside it stands for at most a day what a run began and did not bring to its end (times and digests), so that the next one settles it instead of doing it again. Runs share a budget when they have the same `base_url` and the same `organization` (without one: the same `username`). Environment: `BROWSERSTACK_REQUEST_BUDGET_DIRECTORY`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs#request_budget_directory BrowserstackProvider#request_budget_directory}
  */
  readonly requestBudgetDirectory?: string;
  /**
  * Account-management requests that may be sent at once, 5 unless given (the documented limit of an organization). Environment: `BROWSERSTACK_REQUEST_BURST`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs#request_burst BrowserstackProvider#request_burst}
  */
  readonly requestBurst?: number;
  /**
  * Seconds to wait for one answer of the API, 30 unless given. Environment: `BROWSERSTACK_REQUEST_TIMEOUT`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs#request_timeout BrowserstackProvider#request_timeout}
  */
  readonly requestTimeout?: number;
  /**
  * Account-management requests per minute after the burst, 15 unless given (the documented limit of an organization). Environment: `BROWSERSTACK_REQUESTS_PER_MINUTE`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs#requests_per_minute BrowserstackProvider#requests_per_minute}
  */
  readonly requestsPerMinute?: number;
  /**
  * BrowserStack user name of an Owner or Admin (not the e-mail address). Environment: `BROWSERSTACK_USERNAME`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs#username BrowserstackProvider#username}
  */
  readonly username?: string;
  /**
  * Alias name
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs#alias BrowserstackProvider#alias}
  */
  readonly alias?: string;
}

/**
* Represents a {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs browserstack}
*/
export class BrowserstackProvider extends cdktf.TerraformProvider {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "browserstack";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a BrowserstackProvider resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the BrowserstackProvider to import
  * @param importFromId The id of the existing BrowserstackProvider that should be imported. Refer to the {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the BrowserstackProvider to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "browserstack", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs browserstack} Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options BrowserstackProviderConfig = {}
  */
  public constructor(scope: Construct, id: string, config: BrowserstackProviderConfig = {}) {
    super(scope, id, {
      terraformResourceType: 'browserstack',
      terraformGeneratorMetadata: {
        providerName: 'browserstack',
        providerVersion: '0.1.0',
        providerVersionConstraint: '0.1.0'
      },
      terraformProviderSource: 'browserstack-iac/browserstack'
    });
    this._accessKey = config.accessKey;
    this._accountChanges = config.accountChanges;
    this._baseUrl = config.baseUrl;
    this._maxMissing = config.maxMissing;
    this._maxRetries = config.maxRetries;
    this._maxRotationsPerApply = config.maxRotationsPerApply;
    this._operationTimeout = config.operationTimeout;
    this._organization = config.organization;
    this._requestBudgetDirectory = config.requestBudgetDirectory;
    this._requestBurst = config.requestBurst;
    this._requestTimeout = config.requestTimeout;
    this._requestsPerMinute = config.requestsPerMinute;
    this._username = config.username;
    this._alias = config.alias;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // access_key - computed: false, optional: true, required: false
  private _accessKey?: string; 
  public get accessKey() {
    return this._accessKey;
  }
  public set accessKey(value: string | undefined) {
    this._accessKey = value;
  }
  public resetAccessKey() {
    this._accessKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get accessKeyInput() {
    return this._accessKey;
  }

  // account_changes - computed: false, optional: true, required: false
  private _accountChanges?: string; 
  public get accountChanges() {
    return this._accountChanges;
  }
  public set accountChanges(value: string | undefined) {
    this._accountChanges = value;
  }
  public resetAccountChanges() {
    this._accountChanges = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get accountChangesInput() {
    return this._accountChanges;
  }

  // base_url - computed: false, optional: true, required: false
  private _baseUrl?: string; 
  public get baseUrl() {
    return this._baseUrl;
  }
  public set baseUrl(value: string | undefined) {
    this._baseUrl = value;
  }
  public resetBaseUrl() {
    this._baseUrl = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get baseUrlInput() {
    return this._baseUrl;
  }

  // max_missing - computed: false, optional: true, required: false
  private _maxMissing?: number; 
  public get maxMissing() {
    return this._maxMissing;
  }
  public set maxMissing(value: number | undefined) {
    this._maxMissing = value;
  }
  public resetMaxMissing() {
    this._maxMissing = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get maxMissingInput() {
    return this._maxMissing;
  }

  // max_retries - computed: false, optional: true, required: false
  private _maxRetries?: number; 
  public get maxRetries() {
    return this._maxRetries;
  }
  public set maxRetries(value: number | undefined) {
    this._maxRetries = value;
  }
  public resetMaxRetries() {
    this._maxRetries = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get maxRetriesInput() {
    return this._maxRetries;
  }

  // max_rotations_per_apply - computed: false, optional: true, required: false
  private _maxRotationsPerApply?: number; 
  public get maxRotationsPerApply() {
    return this._maxRotationsPerApply;
  }
  public set maxRotationsPerApply(value: number | undefined) {
    this._maxRotationsPerApply = value;
  }
  public resetMaxRotationsPerApply() {
    this._maxRotationsPerApply = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get maxRotationsPerApplyInput() {
    return this._maxRotationsPerApply;
  }

  // operation_timeout - computed: false, optional: true, required: false
  private _operationTimeout?: number; 
  public get operationTimeout() {
    return this._operationTimeout;
  }
  public set operationTimeout(value: number | undefined) {
    this._operationTimeout = value;
  }
  public resetOperationTimeout() {
    this._operationTimeout = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get operationTimeoutInput() {
    return this._operationTimeout;
  }

  // organization - computed: false, optional: true, required: false
  private _organization?: string; 
  public get organization() {
    return this._organization;
  }
  public set organization(value: string | undefined) {
    this._organization = value;
  }
  public resetOrganization() {
    this._organization = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get organizationInput() {
    return this._organization;
  }

  // request_budget_directory - computed: false, optional: true, required: false
  private _requestBudgetDirectory?: string; 
  public get requestBudgetDirectory() {
    return this._requestBudgetDirectory;
  }
  public set requestBudgetDirectory(value: string | undefined) {
    this._requestBudgetDirectory = value;
  }
  public resetRequestBudgetDirectory() {
    this._requestBudgetDirectory = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get requestBudgetDirectoryInput() {
    return this._requestBudgetDirectory;
  }

  // request_burst - computed: false, optional: true, required: false
  private _requestBurst?: number; 
  public get requestBurst() {
    return this._requestBurst;
  }
  public set requestBurst(value: number | undefined) {
    this._requestBurst = value;
  }
  public resetRequestBurst() {
    this._requestBurst = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get requestBurstInput() {
    return this._requestBurst;
  }

  // request_timeout - computed: false, optional: true, required: false
  private _requestTimeout?: number; 
  public get requestTimeout() {
    return this._requestTimeout;
  }
  public set requestTimeout(value: number | undefined) {
    this._requestTimeout = value;
  }
  public resetRequestTimeout() {
    this._requestTimeout = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get requestTimeoutInput() {
    return this._requestTimeout;
  }

  // requests_per_minute - computed: false, optional: true, required: false
  private _requestsPerMinute?: number; 
  public get requestsPerMinute() {
    return this._requestsPerMinute;
  }
  public set requestsPerMinute(value: number | undefined) {
    this._requestsPerMinute = value;
  }
  public resetRequestsPerMinute() {
    this._requestsPerMinute = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get requestsPerMinuteInput() {
    return this._requestsPerMinute;
  }

  // username - computed: false, optional: true, required: false
  private _username?: string; 
  public get username() {
    return this._username;
  }
  public set username(value: string | undefined) {
    this._username = value;
  }
  public resetUsername() {
    this._username = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get usernameInput() {
    return this._username;
  }

  // alias - computed: false, optional: true, required: false
  private _alias?: string; 
  public get alias() {
    return this._alias;
  }
  public set alias(value: string | undefined) {
    this._alias = value;
  }
  public resetAlias() {
    this._alias = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get aliasInput() {
    return this._alias;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      access_key: cdktf.stringToTerraform(this._accessKey),
      account_changes: cdktf.stringToTerraform(this._accountChanges),
      base_url: cdktf.stringToTerraform(this._baseUrl),
      max_missing: cdktf.numberToTerraform(this._maxMissing),
      max_retries: cdktf.numberToTerraform(this._maxRetries),
      max_rotations_per_apply: cdktf.numberToTerraform(this._maxRotationsPerApply),
      operation_timeout: cdktf.numberToTerraform(this._operationTimeout),
      organization: cdktf.stringToTerraform(this._organization),
      request_budget_directory: cdktf.stringToTerraform(this._requestBudgetDirectory),
      request_burst: cdktf.numberToTerraform(this._requestBurst),
      request_timeout: cdktf.numberToTerraform(this._requestTimeout),
      requests_per_minute: cdktf.numberToTerraform(this._requestsPerMinute),
      username: cdktf.stringToTerraform(this._username),
      alias: cdktf.stringToTerraform(this._alias),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      access_key: {
        value: cdktf.stringToHclTerraform(this._accessKey),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      account_changes: {
        value: cdktf.stringToHclTerraform(this._accountChanges),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      base_url: {
        value: cdktf.stringToHclTerraform(this._baseUrl),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      max_missing: {
        value: cdktf.numberToHclTerraform(this._maxMissing),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      max_retries: {
        value: cdktf.numberToHclTerraform(this._maxRetries),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      max_rotations_per_apply: {
        value: cdktf.numberToHclTerraform(this._maxRotationsPerApply),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      operation_timeout: {
        value: cdktf.numberToHclTerraform(this._operationTimeout),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      organization: {
        value: cdktf.stringToHclTerraform(this._organization),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      request_budget_directory: {
        value: cdktf.stringToHclTerraform(this._requestBudgetDirectory),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      request_burst: {
        value: cdktf.numberToHclTerraform(this._requestBurst),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      request_timeout: {
        value: cdktf.numberToHclTerraform(this._requestTimeout),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      requests_per_minute: {
        value: cdktf.numberToHclTerraform(this._requestsPerMinute),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      username: {
        value: cdktf.stringToHclTerraform(this._username),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      alias: {
        value: cdktf.stringToHclTerraform(this._alias),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
