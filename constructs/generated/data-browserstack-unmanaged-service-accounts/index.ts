// https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/data-sources/unmanaged_service_accounts
// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface DataBrowserstackUnmanagedServiceAccountsConfig extends cdktf.TerraformMetaArguments {
  /**
  * User names of the accounts that are managed, e.g. `[for one in browserstack_service_account.all : one.username]`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/data-sources/unmanaged_service_accounts#managed DataBrowserstackUnmanagedServiceAccounts#managed}
  */
  readonly managed: string[];
}
export interface DataBrowserstackUnmanagedServiceAccountsDuplicates {
}

export function dataBrowserstackUnmanagedServiceAccountsDuplicatesToTerraform(struct?: DataBrowserstackUnmanagedServiceAccountsDuplicates): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}


export function dataBrowserstackUnmanagedServiceAccountsDuplicatesToHclTerraform(struct?: DataBrowserstackUnmanagedServiceAccountsDuplicates): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class DataBrowserstackUnmanagedServiceAccountsDuplicatesOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param complexObjectIndex the index of this item in the list
  * @param complexObjectIsFromSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectIndex: number, complexObjectIsFromSet: boolean) {
    super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
  }

  public get internalValue(): DataBrowserstackUnmanagedServiceAccountsDuplicates | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DataBrowserstackUnmanagedServiceAccountsDuplicates | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // identifier - computed: true, optional: false, required: false
  public get identifier() {
    return this.getStringAttribute('identifier');
  }

  // organization_level - computed: true, optional: false, required: false
  public get organizationLevel() {
    return this.getBooleanAttribute('organization_level');
  }

  // team - computed: true, optional: false, required: false
  public get team() {
    return this.getStringAttribute('team');
  }

  // username - computed: true, optional: false, required: false
  public get username() {
    return this.getStringAttribute('username');
  }
}

export class DataBrowserstackUnmanagedServiceAccountsDuplicatesList extends cdktf.ComplexList {

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param wrapsSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  constructor(protected terraformResource: cdktf.IInterpolatingParent, protected terraformAttribute: string, protected wrapsSet: boolean) {
    super(terraformResource, terraformAttribute, wrapsSet)
  }

  /**
  * @param index the index of the item to return
  */
  public get(index: number): DataBrowserstackUnmanagedServiceAccountsDuplicatesOutputReference {
    return new DataBrowserstackUnmanagedServiceAccountsDuplicatesOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}
export interface DataBrowserstackUnmanagedServiceAccountsServiceAccounts {
}

export function dataBrowserstackUnmanagedServiceAccountsServiceAccountsToTerraform(struct?: DataBrowserstackUnmanagedServiceAccountsServiceAccounts): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}


export function dataBrowserstackUnmanagedServiceAccountsServiceAccountsToHclTerraform(struct?: DataBrowserstackUnmanagedServiceAccountsServiceAccounts): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class DataBrowserstackUnmanagedServiceAccountsServiceAccountsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param complexObjectIndex the index of this item in the list
  * @param complexObjectIsFromSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectIndex: number, complexObjectIsFromSet: boolean) {
    super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
  }

  public get internalValue(): DataBrowserstackUnmanagedServiceAccountsServiceAccounts | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DataBrowserstackUnmanagedServiceAccountsServiceAccounts | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // identifier - computed: true, optional: false, required: false
  public get identifier() {
    return this.getStringAttribute('identifier');
  }

  // organization_level - computed: true, optional: false, required: false
  public get organizationLevel() {
    return this.getBooleanAttribute('organization_level');
  }

  // team - computed: true, optional: false, required: false
  public get team() {
    return this.getStringAttribute('team');
  }

  // username - computed: true, optional: false, required: false
  public get username() {
    return this.getStringAttribute('username');
  }
}

export class DataBrowserstackUnmanagedServiceAccountsServiceAccountsList extends cdktf.ComplexList {

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param wrapsSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  constructor(protected terraformResource: cdktf.IInterpolatingParent, protected terraformAttribute: string, protected wrapsSet: boolean) {
    super(terraformResource, terraformAttribute, wrapsSet)
  }

  /**
  * @param index the index of the item to return
  */
  public get(index: number): DataBrowserstackUnmanagedServiceAccountsServiceAccountsOutputReference {
    return new DataBrowserstackUnmanagedServiceAccountsServiceAccountsOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}

/**
* Represents a {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/data-sources/unmanaged_service_accounts browserstack_unmanaged_service_accounts}
*/
export class DataBrowserstackUnmanagedServiceAccounts extends cdktf.TerraformDataSource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "browserstack_unmanaged_service_accounts";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a DataBrowserstackUnmanagedServiceAccounts resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the DataBrowserstackUnmanagedServiceAccounts to import
  * @param importFromId The id of the existing DataBrowserstackUnmanagedServiceAccounts that should be imported. Refer to the {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/data-sources/unmanaged_service_accounts#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the DataBrowserstackUnmanagedServiceAccounts to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "browserstack_unmanaged_service_accounts", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/browserstack-iac/browserstack/0.1.0/docs/data-sources/unmanaged_service_accounts browserstack_unmanaged_service_accounts} Data Source
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options DataBrowserstackUnmanagedServiceAccountsConfig
  */
  public constructor(scope: Construct, id: string, config: DataBrowserstackUnmanagedServiceAccountsConfig) {
    super(scope, id, {
      terraformResourceType: 'browserstack_unmanaged_service_accounts',
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
    this._managed = config.managed;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // duplicates - computed: true, optional: false, required: false
  private _duplicates = new DataBrowserstackUnmanagedServiceAccountsDuplicatesList(this, "duplicates", false);
  public get duplicates() {
    return this._duplicates;
  }

  // managed - computed: false, optional: false, required: true
  private _managed?: string[]; 
  public get managed() {
    return cdktf.Fn.tolist(this.getListAttribute('managed'));
  }
  public set managed(value: string[]) {
    this._managed = value;
  }
  // Temporarily expose input value. Use with caution.
  public get managedInput() {
    return this._managed;
  }

  // missing - computed: true, optional: false, required: false
  public get missing() {
    return this.getListAttribute('missing');
  }

  // service_accounts - computed: true, optional: false, required: false
  private _serviceAccounts = new DataBrowserstackUnmanagedServiceAccountsServiceAccountsList(this, "service_accounts", false);
  public get serviceAccounts() {
    return this._serviceAccounts;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      managed: cdktf.listMapper(cdktf.stringToTerraform, false)(this._managed),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      managed: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._managed),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
