// A Terraform provider that has nothing but a schema: the one in schema.json beside the program.
//
// `terraform validate` and `terraform test` with mocked providers ask for no more, and neither reaches a cloud.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5/tf5server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// What `terraform providers schema -json` prints for one provider.
type providerSchema struct {
	Provider    typeSchema            `json:"provider"`
	Resources   map[string]typeSchema `json:"resource_schemas"`
	DataSources map[string]typeSchema `json:"data_source_schemas"`
}

type typeSchema struct {
	Block block `json:"block"`
}

type block struct {
	Attributes map[string]attribute   `json:"attributes"`
	Blocks     map[string]nestedBlock `json:"block_types"`
}

type attribute struct {
	Type     json.RawMessage `json:"type"`
	Required bool            `json:"required"`
	Optional bool            `json:"optional"`
	Computed bool            `json:"computed"`
}

type nestedBlock struct {
	Nesting string `json:"nesting_mode"`
	Min     int64  `json:"min_items"`
	Max     int64  `json:"max_items"`
	Block   block  `json:"block"`
}

// Whatever is not here is never asked for.
type stub struct {
	tfprotov5.ProviderServer
	schema tfprotov5.GetProviderSchemaResponse
}

func (s *stub) GetMetadata(context.Context, *tfprotov5.GetMetadataRequest) (*tfprotov5.GetMetadataResponse, error) {
	response := &tfprotov5.GetMetadataResponse{}
	for name := range s.schema.ResourceSchemas {
		response.Resources = append(response.Resources, tfprotov5.ResourceMetadata{TypeName: name})
	}
	for name := range s.schema.DataSourceSchemas {
		response.DataSources = append(response.DataSources, tfprotov5.DataSourceMetadata{TypeName: name})
	}
	return response, nil
}

func (s *stub) GetProviderSchema(context.Context, *tfprotov5.GetProviderSchemaRequest) (*tfprotov5.GetProviderSchemaResponse, error) {
	return &s.schema, nil
}

func (s *stub) GetResourceIdentitySchemas(context.Context, *tfprotov5.GetResourceIdentitySchemasRequest) (*tfprotov5.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov5.GetResourceIdentitySchemasResponse{}, nil
}

func (s *stub) PrepareProviderConfig(_ context.Context, request *tfprotov5.PrepareProviderConfigRequest) (*tfprotov5.PrepareProviderConfigResponse, error) {
	return &tfprotov5.PrepareProviderConfigResponse{PreparedConfig: request.Config}, nil
}

func (s *stub) ConfigureProvider(context.Context, *tfprotov5.ConfigureProviderRequest) (*tfprotov5.ConfigureProviderResponse, error) {
	return &tfprotov5.ConfigureProviderResponse{}, nil
}

func (s *stub) StopProvider(context.Context, *tfprotov5.StopProviderRequest) (*tfprotov5.StopProviderResponse, error) {
	return &tfprotov5.StopProviderResponse{}, nil
}

func (s *stub) ValidateResourceTypeConfig(context.Context, *tfprotov5.ValidateResourceTypeConfigRequest) (*tfprotov5.ValidateResourceTypeConfigResponse, error) {
	return &tfprotov5.ValidateResourceTypeConfigResponse{}, nil
}

func (s *stub) ValidateDataSourceConfig(context.Context, *tfprotov5.ValidateDataSourceConfigRequest) (*tfprotov5.ValidateDataSourceConfigResponse, error) {
	return &tfprotov5.ValidateDataSourceConfigResponse{}, nil
}

func schemasOf(types map[string]typeSchema) (map[string]*tfprotov5.Schema, error) {
	schemas := map[string]*tfprotov5.Schema{}
	for name, described := range types {
		converted, err := blockOf(described.Block)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		schemas[name] = &tfprotov5.Schema{Block: converted}
	}
	return schemas, nil
}

func blockOf(described block) (*tfprotov5.SchemaBlock, error) {
	result := &tfprotov5.SchemaBlock{}
	for _, name := range sorted(described.Attributes) {
		attribute := described.Attributes[name]
		parsed, err := tftypes.ParseJSONType(attribute.Type) //nolint:staticcheck // schemas come as Terraform prints them
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		result.Attributes = append(result.Attributes, &tfprotov5.SchemaAttribute{
			Name: name, Type: parsed, Required: attribute.Required, Optional: attribute.Optional, Computed: attribute.Computed,
		})
	}
	for _, name := range sorted(described.Blocks) {
		nested := described.Blocks[name]
		converted, err := blockOf(nested.Block)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		nesting, known := map[string]tfprotov5.SchemaNestedBlockNestingMode{
			"list":   tfprotov5.SchemaNestedBlockNestingModeList,
			"set":    tfprotov5.SchemaNestedBlockNestingModeSet,
			"single": tfprotov5.SchemaNestedBlockNestingModeSingle,
		}[nested.Nesting]
		if !known {
			return nil, fmt.Errorf("%s: nesting %q", name, nested.Nesting)
		}
		result.BlockTypes = append(result.BlockTypes, &tfprotov5.SchemaNestedBlock{
			TypeName: name, Block: converted, Nesting: nesting, MinItems: nested.Min, MaxItems: nested.Max,
		})
	}
	return result, nil
}

func sorted[V any](entries map[string]V) []string {
	names := make([]string, 0, len(entries))
	for name := range entries {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func read(file string) (*stub, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var described providerSchema
	if err := json.Unmarshal(text, &described); err != nil {
		return nil, err
	}
	provider, err := blockOf(described.Provider.Block)
	if err != nil {
		return nil, err
	}
	resources, err := schemasOf(described.Resources)
	if err != nil {
		return nil, err
	}
	dataSources, err := schemasOf(described.DataSources)
	if err != nil {
		return nil, err
	}
	return &stub{schema: tfprotov5.GetProviderSchemaResponse{
		Provider: &tfprotov5.Schema{Block: provider}, ResourceSchemas: resources, DataSourceSchemas: dataSources,
	}}, nil
}

func main() {
	program, err := os.Executable()
	if err != nil {
		panic(err)
	}
	provider, err := read(filepath.Join(filepath.Dir(program), "schema.json"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	name := strings.Split(strings.TrimPrefix(filepath.Base(program), "terraform-provider-"), "_")[0]
	if err := tf5server.Serve("registry.terraform.io/hashicorp/"+name, func() tfprotov5.ProviderServer { return provider }); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
