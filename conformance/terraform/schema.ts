/** A type as Terraform writes it in JSON: `"string"`, or `["list", "string"]`, or `["object", {…}]`. */
export type TerraformType = string | [string, TerraformType | Record<string, TerraformType>];

export interface AttributeSchema {
  readonly type: TerraformType;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
}

export interface NestedBlockSchema {
  readonly nesting_mode: 'list' | 'set' | 'single';
  readonly min_items?: number;
  readonly max_items?: number;
  readonly block: BlockSchema;
}

export interface BlockSchema {
  readonly attributes: Record<string, AttributeSchema>;
  readonly block_types: Record<string, NestedBlockSchema>;
}

/** The schema of one provider, in the shape that `terraform providers schema -json` prints. */
export interface ProviderSchema {
  readonly provider: { readonly block: BlockSchema };
  readonly resource_schemas: Record<string, { readonly block: BlockSchema }>;
  readonly data_source_schemas: Record<string, { readonly block: BlockSchema }>;
}
